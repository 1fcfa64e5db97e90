import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { type Database, sqliteTables } from './dialects.ts';
import { storable } from './storable.ts';

/** D1's data where it is a file: as `wrangler dev` keeps it, and as Cloudflare exports it. */

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
export function localFile(folder: string): DatabaseSync {
  const databases = join(folder, 'v3', 'd1', 'miniflare-D1DatabaseObject');
  const [file, ...others] = readdirSync(databases).filter((name) =>
    /^[0-9a-f]{64}\.sqlite$/.test(name),
  );
  if (file === undefined || others.length > 0) {
    throw new Error(`${databases} has ${others.length > 0 ? 'several databases' : 'no database'}.`);
  }
  return new DatabaseSync(join(databases, file), { readOnly: true });
}

/**
 * Makes a database of what `wrangler d1 export` wrote, statement by statement: it may be larger
 * than memory.
 *
 * @param file where it is to be made
 */
export async function importExport(sqlFile: string, file: string): Promise<DatabaseSync> {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN');
  let statement = '';
  for await (const line of createInterface({ input: createReadStream(sqlFile, 'utf8') })) {
    // SQLite's own text ends at a NUL; Postgres would not take it either.
    statement += `${storable(line)}\n`;
    // A line may end within a text, which opens and closes with a quote and doubles those in it.
    if (!line.endsWith(';') || (statement.split("'").length - 1) % 2 === 1) continue;
    database.exec(statement);
    statement = '';
  }
  if (statement.trim() !== '') throw new Error(`${sqlFile} ends in the middle of a statement.`);
  database.exec('COMMIT');
  return database;
}
