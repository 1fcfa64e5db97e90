import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { type Database, sqliteTables } from './dialects.ts';

/** D1's data where it is a file, as `wrangler dev` keeps it. */

/** The queries on a file. Reads only: nothing here has writes to make. */
export function openSqlite(database: DatabaseSync): Database {
  const opened = drizzle(
    async (sql, params: SQLInputValue[]) => {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      return { rows: statement.all(...params) };
    },
    { schema: sqliteTables },
  );
  // Queries are built alike for every SQLite; only who runs them differs.
  return opened as unknown as Database;
}

/** The local D1 in a folder that `wrangler dev --persist-to` got. */
export function localFile(folder: string, { readOnly = true } = {}): DatabaseSync {
  const databases = databasesIn(folder);
  const [file, ...others] = filesIn(databases);
  if (file === undefined || others.length > 0) {
    throw new Error(`${databases} has ${others.length > 0 ? 'several databases' : 'no database'}.`);
  }
  // A Worker that runs beside this may be writing: wait for its transaction.
  return new DatabaseSync(join(databases, file), { readOnly, timeout: 15_000 });
}

/** Whether there is a local D1. */
export function hasLocalFile(folder: string): boolean {
  const databases = databasesIn(folder);
  return existsSync(databases) && filesIn(databases).length > 0;
}

function databasesIn(folder: string): string {
  return join(folder, 'v3', 'd1', 'miniflare-D1DatabaseObject');
}

function filesIn(databases: string): string[] {
  return readdirSync(databases).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
}
