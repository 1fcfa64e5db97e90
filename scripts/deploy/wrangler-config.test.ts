import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { environment, projectNode, root, wrangler } from '../install.mjs';
import type { Settings } from './settings.ts';
import { complete, readBase, wranglerConfig } from './wrangler-config.ts';

const base = readBase(join(root, 'wrangler.toml'));

const configOf = (settings: Settings) => wranglerConfig(base, complete(settings, base));

const d1 = { name: 'foyer', id: '00000000-0000-4000-8000-000000000001' };

/** What wrangler says about a configuration, up to the upload. */
function tryOut(config: object): { status: number | null; output: string } {
  const scratch = mkdtempSync(join(tmpdir(), 'foyer-config-test-'));
  // Beside wrangler.toml, as its paths begin there; git ignores it.
  const file = join(root, `wrangler.deploy.test-${process.pid}.json`);
  // What is in the assets does not matter, and they may not be built.
  writeFileSync(
    file,
    JSON.stringify({ ...config, assets: { directory: scratch, binding: 'ASSETS' } }),
  );
  try {
    const args = ['deploy', '--dry-run', '--config', file, '--outdir', join(scratch, 'out')];
    const { status, stdout, stderr } = spawnSync(projectNode, [wrangler, ...args], {
      cwd: root,
      env: { ...environment, FORCE_COLOR: '0' },
      encoding: 'utf8',
    });
    return { status, output: stdout + stderr };
  } finally {
    rmSync(file);
    rmSync(scratch, { recursive: true });
  }
}

describe('the generated configuration', () => {
  test.each<[string, Settings]>([
    ['D1 on workers.dev', { d1 }],
    [
      'Postgres on a domain',
      {
        database: 'postgres',
        hyperdrive: { name: 'foyer', id: 'c'.repeat(32) },
        domain: 'chat.acme.example',
        email_from: 'chat@acme.example',
        jurisdiction: 'eu',
        account_id: 'a'.repeat(32),
        vars: { FOYER_OTHER: 'x' },
        rate_limits: { ADDRESS_LIMIT: { namespace_id: '2001', limit: 100 } },
      },
    ],
  ])('O14: wrangler warns of nothing: %s', (_, settings) => {
    const { status, output } = tryOut(configOf(settings));
    expect(output).not.toMatch(/warn/i);
    expect(status).toBe(0);
  });

  test('has what the environment `postgres` of wrangler.toml has, which serves `npm start`', () => {
    const { env } = base;
    const generated = configOf({ database: 'postgres' });
    for (const name of ['durable_objects', 'send_email', 'r2_buckets', 'ratelimits']) {
      expect(generated[name], name).toEqual(env?.postgres?.[name]);
    }
  });

  test('keeps what an operator of an earlier version wrote into wrangler.toml', () => {
    const edited = {
      ...base,
      vars: { FOYER_EMAIL_FROM: 'a@b.example', FOYER_PUBLIC_URL: 'https://b.example' },
      d1_databases: [
        { ...base.d1_databases[0], binding: 'DB', database_name: 'other', database_id: d1.id },
      ],
      r2_buckets: [{ binding: 'FILES', bucket_name: 'other-files' }],
      routes: [{ pattern: 'b.example', custom_domain: true }],
    };
    const config = wranglerConfig(edited, complete({}, edited));
    expect(config).toMatchObject({
      vars: edited.vars,
      d1_databases: [{ database_name: 'other', database_id: d1.id }],
      r2_buckets: edited.r2_buckets,
      routes: edited.routes,
      workers_dev: false,
    });
  });

  test('without a bucket has no binding for it', () => {
    expect(configOf({ bucket: false }).r2_buckets).toEqual([]);
  });
});

test('O14: the button asks for each secret, and says what each binding is', () => {
  const example = readFileSync(join(root, '.dev.vars.example'), 'utf8');
  const secrets = [...example.matchAll(/^(\w+)=/gm)].map(([, name]) => name);
  expect(secrets).toEqual(['FOYER_SECRET', 'FOYER_SETUP_CODE']);
  const { cloudflare } = z
    .object({ cloudflare: z.object({ bindings: z.record(z.string(), z.unknown()) }) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const bindings = [...base.d1_databases, ...base.r2_buckets].map(({ binding }) => binding);
  expect(Object.keys(cloudflare.bindings)).toEqual([...bindings, ...secrets]);
});
