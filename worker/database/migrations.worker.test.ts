import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FROZEN } from '../../drizzle/migrations/frozen.ts';
import { databaseKind } from './configured.ts';
import { openDatabase } from './database.ts';
import { readMigrationState } from './migrations.ts';
import { Connection } from './postgres.ts';

const same = { missing: [], edited: [], newer: [], unrecorded: [] };
const kind = databaseKind === 'd1' ? 'sqlite' : 'postgres';
const frozen = FROZEN[kind];
const names = frozen.map(({ name }) => name);

const state = () => readMigrationState(openDatabase(env));

/** Runs a statement that no query of the Worker's makes. */
async function run(statement: string): Promise<void> {
  if (env.HYPERDRIVE) await new Connection(env.HYPERDRIVE, false).query(statement);
  else await env.DB.prepare(statement).run();
}

/** What the step that applies the migrations leaves behind. */
async function record(): Promise<void> {
  if (databaseKind === 'd1') {
    await run(
      'CREATE TABLE IF NOT EXISTS foyer_migrations (name TEXT PRIMARY KEY, hash TEXT NOT NULL)',
    );
  }
  await run('DELETE FROM foyer_migrations');
  for (const { name, hash } of frozen) {
    await run(`INSERT INTO foyer_migrations (name, hash) VALUES ('${name}', '${hash}')`);
  }
}

beforeEach(record);
afterEach(record);

test('O1: a database with the migrations of this version differs in nothing', async () => {
  expect(await state()).toEqual(same);
});

test('O1: a migration that was edited after it was applied is named', async () => {
  await run(`UPDATE foyer_migrations SET hash = 'another' WHERE name = '${names[1]}'`);
  expect(await state()).toEqual({ ...same, edited: [names[1]] });
});

test.runIf(databaseKind === 'd1')(
  'O1: what wrangler applied alone is there, and nobody knows with which text',
  async () => {
    await run('DROP TABLE foyer_migrations');
    expect(await state()).toEqual({ ...same, unrecorded: names });
  },
);

test('O13: what the database lacks and what a later version added are told apart', async () => {
  const table = databaseKind === 'd1' ? 'd1_migrations' : 'foyer_migrations';
  const last = names.at(-1);
  await run(`UPDATE ${table} SET name = '9999_later.sql' WHERE name = '${last}'`);
  const { missing, newer } = await state();
  expect({ missing, newer }).toEqual({ missing: [last], newer: ['9999_later.sql'] });
  await run(`UPDATE ${table} SET name = '${last}' WHERE name = '9999_later.sql'`);
});
