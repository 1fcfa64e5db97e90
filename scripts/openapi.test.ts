import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

/** What of the runtime the Worker's modules name as they load. */
vi.mock('cloudflare:workers', () => ({ env: { DB: {} }, DurableObject: class {} }));
vi.mock('cloudflare:email', () => ({ EmailMessage: class {} }));

type Worker = {
  app: { request(path: string, init: RequestInit, env: object): Promise<Response> };
};

const root = join(import.meta.dirname, '..');

test('A27: redocly finds no error in /api/openapi.json', async () => {
  // Its own types need those of workerd, which nothing here has.
  const { app } = await vi.importActual<Worker>('../worker/http/app.ts');
  const limit = { limit: async () => ({ success: true }) };
  const env = {
    FOYER_SECRET: 'a secret of 32 bytes or more, for tests only',
    ...{ ADDRESS_LIMIT: limit, VISITOR_LIMIT: limit, ATTEMPT_LIMIT: limit, MAIL_LIMIT: limit },
    // Nothing is asked of them.
    ...{ CONVERSATIONS: {}, INBOXES: {} },
  };
  const response = await app.request('/api/openapi.json', {}, env);
  expect(response.status).toBe(200);
  const folder = mkdtempSync(join(tmpdir(), 'foyer-openapi-'));
  try {
    const file = join(folder, 'openapi.json');
    writeFileSync(file, await response.text());
    const cli = join(root, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');
    const config = join(root, 'redocly.yaml');
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [cli, 'lint', file, '--config', config, '--format', 'stylish'],
      {
        encoding: 'utf8',
        env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      },
    );
    expect(status, `${stdout}\n${stderr}`).toBe(0);
    expect(stderr).toContain('valid');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
