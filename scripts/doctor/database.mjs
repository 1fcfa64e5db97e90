import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { failed, note, ok } from './findings.mjs';

/** @import { DatabaseSync } from 'node:sqlite' */
/** @import { Finding } from './findings.mjs' */

/**
 * The migrations of this checkout, and the local database. What the tables should be is found out by
 * applying the migrations that the database says it has to an empty one.
 */

/** Tables that keep a record of migrations; and those of SQLite and Cloudflare. */
const NOT_OURS = /^(?:d1_migrations|foyer_migrations|sqlite_.*|_cf_.*)$/;

const RESTORE =
  'Restore the file: git checkout drizzle. A change to the database needs a new migration.';
const RENEW =
  'If you do not need the data, delete the data folder; `npm start` creates a new one. See docs/upgrading.md for other ways.';

/**
 * @typedef {{ name: string, hash: string }} Migration
 * @typedef {{ name: string, text: string, hash: string }} MigrationFile
 */

/**
 * Whether the migrations of a folder are those that were released.
 * @param {string} drizzle the folder `drizzle` of a checkout
 * @param {'sqlite' | 'postgres'} kind
 * @returns {Finding[]}
 */
export function checkMigrationFiles(drizzle, kind) {
  /** @type {Record<string, Migration[]>} */
  const frozen = JSON.parse(readFileSync(join(drizzle, 'migrations', 'frozen.json'), 'utf8'));
  const files = new Map(migrationFiles(join(drizzle, kind)).map(({ name, hash }) => [name, hash]));
  return (frozen[kind] ?? []).flatMap(({ name, hash }) => {
    const file = `drizzle/${kind}/${name}`;
    const fileHash = files.get(name);
    if (fileHash === undefined) return failed(`${file} is missing.`, RESTORE);
    return fileHash === hash ? [] : failed(`${file} was changed after its release.`, RESTORE);
  });
}

/**
 * @param {string} folder
 * @returns {MigrationFile[]} in their order
 */
function migrationFiles(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return names.sort().map((name) => {
    const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    return { name, text, hash: createHash('sha256').update(text).digest('hex') };
  });
}

/**
 * The local D1 of a data folder: its migrations and its tables.
 * @param {string} folder as FOYER_DATA
 * @param {string} drizzle the folder `drizzle` of the checkout
 * @returns {Promise<Finding[]>}
 */
export async function checkLocalDatabase(folder, drizzle) {
  const file = localFile(folder);
  if (typeof file !== 'string') return file;
  const sqlite = await import('node:sqlite').catch(() => null);
  if (!sqlite) {
    return [
      note(
        `The local database was not checked: Node ${process.version} cannot open it.`,
        'Run `npm ci` first: the packages include a Node that can.',
      ),
    ];
  }
  /** @type {DatabaseSync | undefined} */
  let database;
  try {
    database = new sqlite.DatabaseSync(file, { readOnly: true });
    return compare(database, new sqlite.DatabaseSync(':memory:'), join(drizzle, 'sqlite'));
  } catch (error) {
    const message = error instanceof Error ? error.message : `${error}`;
    return [failed(`The local database cannot be read: ${message}.`, RENEW)];
  } finally {
    database?.close();
  }
}

/**
 * @param {string} folder
 * @returns {string | Finding[]} the file, or the finding that says why there is none
 */
function localFile(folder) {
  const databases = join(folder, 'v3', 'd1', 'miniflare-D1DatabaseObject');
  if (!existsSync(databases)) return [];
  const files = readdirSync(databases).filter((name) => /^[0-9a-f]{64}\.sqlite$/.test(name));
  const [file, ...more] = files;
  if (file === undefined) return [];
  if (more.length === 0) return join(databases, file);
  return [
    failed(
      `${databases} has ${files.length} databases, but Foyer uses only one.`,
      'wrangler.toml had another database_id before. Move the unused files away.',
    ),
  ];
}

/**
 * @param {DatabaseSync} database
 * @param {DatabaseSync} empty
 * @param {string} folder of the migrations
 * @returns {Finding[]}
 */
function compare(database, empty, folder) {
  const files = migrationFiles(folder);
  const filesByName = new Map(files.map((file) => [file.name, file]));
  const applied = names(database, 'd1_migrations');
  const hashes = hashesOf(database);
  /** @type {Finding[]} */
  const findings = [];
  for (const name of applied) {
    const file = filesByName.get(name);
    if (!file) {
      findings.push(
        failed(
          `The local database has the migration ${name} of another version.`,
          'Check out the version that the data belongs to, or use another folder: FOYER_DATA=… npm start',
        ),
      );
      continue;
    }
    empty.exec(file.text);
    const hash = hashes.get(name);
    if (hash !== undefined && hash !== file.hash) {
      findings.push(
        failed(
          `The migration ${name} was changed after it was applied to the local database.`,
          RESTORE,
        ),
      );
    }
  }
  const missing = files.filter(({ name }) => !applied.includes(name));
  if (missing.length > 0) {
    findings.push(
      note(
        `The local database lacks ${missing.map(({ name }) => name).join(', ')}.`,
        '`npm start` applies what is missing.',
      ),
    );
  }
  findings.push(...differences(tablesOf(empty), tablesOf(database)));
  if (findings.some(({ state }) => state !== 'note')) return findings;
  return [...findings, ok('The local database has the tables of its migrations.')];
}

/**
 * @param {Map<string, string[]>} expected columns and indexes by table
 * @param {Map<string, string[]>} actual
 * @returns {Finding[]}
 */
function differences(expected, actual) {
  return [...expected].flatMap(([table, parts]) => {
    const columns = actual.get(table);
    if (!columns) return failed(`The local database lacks the table ${table}.`, RENEW);
    const lost = parts.filter((part) => !columns.includes(part));
    return lost.length > 0
      ? failed(`The table ${table} of the local database lacks ${lost.join(', ')}.`, RENEW)
      : [];
  });
}

/**
 * @param {DatabaseSync} database
 * @returns {Map<string, string[]>}
 */
function tablesOf(database) {
  const tables = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
    .all()
    .map(({ name }) => `${name}`)
    .filter((name) => !NOT_OURS.test(name));
  return new Map(
    tables.map((table) => {
      const columns = database.prepare('SELECT name FROM pragma_table_xinfo(?)').all(table);
      const indexes = database
        .prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?`)
        .all(table);
      return [
        table,
        [
          ...columns.map(({ name }) => `the column ${name}`),
          ...indexes
            .filter(({ name }) => !NOT_OURS.test(`${name}`))
            .map(({ name }) => `the index ${name}`),
        ],
      ];
    }),
  );
}

/**
 * @param {DatabaseSync} database
 * @param {string} table
 * @returns {string[]}
 */
function names(database, table) {
  if (!hasTable(database, table)) return [];
  const rows = database.prepare(`SELECT name FROM ${table} ORDER BY name`).all();
  return rows.map(({ name }) => `${name}`);
}

/**
 * @param {DatabaseSync} database
 * @returns {Map<string, string>}
 */
function hashesOf(database) {
  if (!hasTable(database, 'foyer_migrations')) return new Map();
  const rows = database.prepare('SELECT name, hash FROM foyer_migrations').all();
  return new Map(rows.map(({ name, hash }) => [`${name}`, `${hash}`]));
}

/**
 * @param {DatabaseSync} database
 * @param {string} table
 */
function hasTable(database, table) {
  return (
    database.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`).get(table) !==
    undefined
  );
}
