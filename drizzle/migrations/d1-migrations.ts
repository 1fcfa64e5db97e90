import { DatabaseSync } from 'node:sqlite';
import { type Applied, compareMigrations } from './frozen.ts';
import { type MigrationFile, migrationFiles } from './migration-files.ts';
import { MigrationProblem, refuseDifferences } from './migration-problem.ts';

/**
 * What happens around wrangler's `d1 migrations apply`, which keeps the names of what it applied and
 * nothing else: `checkD1` before it, `recordD1` after it. Both reach the database through `Ask`, since
 * it is a file here and an account at Cloudflare there.
 */

/** Runs SQL, several statements where they are separated by semicolons; answers the last one's rows. */
export type Ask = (sql: string) => Promise<Record<string, unknown>[]>;

/** What SQLite says of a table, an index or a trigger. */
type Made = { name: string; table: string; sql: string };

/** `IS NOT NULL` leaves out the indexes that SQLite makes by itself. */
const SCHEMA = `SELECT name, tbl_name AS "table", sql FROM sqlite_master WHERE sql IS NOT NULL`;

/** Tables that are not the product's: SQLite's, Cloudflare's, wrangler's, ours, the parts of FTS5. */
const OTHERS = /^(?:sqlite_|_cf_|d1_migrations$|foyer_migrations$|search_documents_|search_index_)/;

/**
 * Looks whether this version's migrations can be applied to a D1, and its code used with it.
 *
 * @returns the names of the migrations that it lacks
 * @throws MigrationProblem where a migration was changed after it was applied, or its tables are not
 *   those of the migrations that it says it has
 */
export async function checkD1(
  ask: Ask,
  files: MigrationFile[] = migrationFiles('sqlite'),
): Promise<string[]> {
  const schema = (await ask(SCHEMA)).map(toMade);
  const applied = await appliedIn(ask, schema);
  const state = compareMigrations(files, applied);
  refuseDifferences(state, 'sqlite');
  // Hashes are kept since 0.4; what was applied before is compared by what it made.
  if (state.unrecorded.length > 0) refuseOtherTables(schema, applied, files);
  return state.missing;
}

/** Records the hash of each migration that the database has and this version brings. */
export async function recordD1(
  ask: Ask,
  files: MigrationFile[] = migrationFiles('sqlite'),
): Promise<void> {
  const rows = files.map(({ name, hash }) => `('${name}', '${hash}')`);
  await ask(
    'CREATE TABLE IF NOT EXISTS foyer_migrations (name TEXT PRIMARY KEY NOT NULL, hash TEXT NOT NULL) ' +
      `STRICT, WITHOUT ROWID; WITH brought (name, hash) AS (VALUES ${rows.join(', ')}) ` +
      'INSERT INTO foyer_migrations SELECT name, hash FROM brought ' +
      'WHERE name IN (SELECT name FROM d1_migrations) ON CONFLICT DO NOTHING',
  );
}

async function appliedIn(ask: Ask, schema: Made[]): Promise<Applied[]> {
  const has = (table: string) => schema.some(({ name }) => name === table);
  if (!has('d1_migrations')) return [];
  const rows = await ask(
    has('foyer_migrations')
      ? 'SELECT name, (SELECT hash FROM foyer_migrations AS kept WHERE kept.name = d1_migrations.name) AS hash FROM d1_migrations ORDER BY name'
      : 'SELECT name, NULL AS hash FROM d1_migrations ORDER BY name',
  );
  return rows.map(({ name, hash }) => ({
    name: String(name),
    hash: typeof hash === 'string' ? hash : null,
  }));
}

function toMade({ name, table, sql }: Record<string, unknown>): Made {
  return { name: String(name), table: String(table), sql: String(sql) };
}

/** @throws MigrationProblem where the tables are not those that the applied migrations make */
function refuseOtherTables(schema: Made[], applied: Applied[], files: MigrationFile[]): void {
  const names = new Set(applied.map(({ name }) => name));
  const database = new DatabaseSync(':memory:');
  for (const { name, text } of files) if (names.has(name)) database.exec(text);
  const expected = database.prepare(SCHEMA).all().map(toMade);
  database.close();
  const different = differing(schema, expected);
  if (different.length === 0) return;
  throw new MigrationProblem(
    'This database was created by a version of Foyer between two releases, or was changed by hand: ' +
      `it has the migrations up to ${applied.at(-1)?.name}, but its tables differ from what they create ` +
      `(${different.slice(0, 5).join(', ')}${different.length > 5 ? ', …' : ''}). Nothing was done. ` +
      'Go back to the version that made it, or start with an empty database. See docs/upgrading.md.',
  );
}

/** The tables of which two databases differ, sorted. */
function differing(actual: Made[], expected: Made[]): string[] {
  const described = (made: Made[]) =>
    new Map(
      made
        .filter(({ table }) => !OTHERS.test(table))
        .map(({ name, table, sql }) => [name, { table, sql: plain(sql) }]),
    );
  const [first, second] = [described(actual), described(expected)];
  const names = new Set([...first.keys(), ...second.keys()]);
  const tables = [...names]
    .filter((name) => first.get(name)?.sql !== second.get(name)?.sql)
    .map((name) => first.get(name)?.table ?? second.get(name)?.table ?? name);
  return [...new Set(tables)].sort();
}

/** A statement without what makes no difference: quotes around names, spaces. */
function plain(sql: string): string {
  return sql
    .replace(/[`"]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([(),]) ?/g, '$1')
    .trim();
}
