import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { failureOf, jsonOf, refused, wranglerAt } from './wrangler.ts';

const folder = mkdtempSync(join(tmpdir(), 'foyer-wrangler-test-'));

afterAll(() => rmSync(folder, { recursive: true }));

const database = { uuid: 'u', name: 'foyer', tables: [], migrations: [], setUp: false };

/** The stand-in as the program that wrangler is. */
function program(account: object) {
  const file = join(folder, `${crypto.randomUUID()}.json`);
  const empty = { databases: [], buckets: [], hyperdrives: [], workers: {}, migrations: [] };
  const more = { loggedIn: true, accounts: [], failures: [], calls: [] };
  writeFileSync(file, JSON.stringify({ ...empty, ...more, ...account }));
  const script = join(import.meta.dirname, 'wrangler-stand-in.ts');
  return { file, run: wranglerAt(process.execPath, script, { FOYER_STAND_IN: file }) };
}

describe('wrangler as a program', () => {
  test('O14: its answer, its errors and what it reads pass through', async () => {
    const { file, run } = program({
      databases: [database],
      workers: { foyer: { secrets: { FOYER_SETUP_CODE: 'x', FOYER_SECRET: 'y' }, versions: 1 } },
      failures: [{ command: 'r2 bucket list', message: 'Please enable R2', code: 10042 }],
    });
    const list = await run(['d1', 'list', '--json']);
    const rows = z.array(z.object({ uuid: z.string() }));
    expect(jsonOf(list, rows, 'd1 list')).toEqual([{ uuid: 'u' }]);
    const failed = await run(['r2', 'bucket', 'list']);
    expect([failed.ok, failureOf(failed).code]).toEqual([false, '10042']);
    expect(refused(failed, 'r2 bucket list').message).toContain('Please enable R2');
    await run(['secret', 'bulk', '--name', 'foyer'], { input: '{"FOYER_SETUP_CODE":null}' });
    const { workers } = z
      .object({ workers: z.object({ foyer: z.object({ secrets: z.unknown() }) }) })
      .parse(JSON.parse(readFileSync(file, 'utf8')));
    expect(workers.foyer.secrets).toEqual({ FOYER_SECRET: 'y' });
  });

  test('O14: an answer of another shape is said to be one', async () => {
    const { run } = program({ loggedIn: true });
    const answer = await run(['whoami', '--json']);
    expect(() => jsonOf(answer, z.array(z.string()), 'whoami')).toThrow(
      'gave an unexpected answer',
    );
  });
});
