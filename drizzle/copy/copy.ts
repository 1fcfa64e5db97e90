import { createHash } from 'node:crypto';
import { and, asc, count, eq, getTableColumns, getTableName, inArray, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { Client } from 'pg';
import { z } from 'zod';
import {
  type Database,
  openPostgres,
  postgresTables,
  sqliteTables,
  type Tables,
} from '../dialects.ts';
import { documentTerms } from '../search/terms.ts';
import { storable } from '../storable.ts';
import { type Copied, copyOrder, keyColumns } from './order.ts';

/**
 * Copies an installation's database from D1 to Postgres: every table, in batches by key, each in one
 * transaction with the note of how far it got, so that a copy that was interrupted goes on where it
 * was. Afterwards both are read again, and counts and checksums are compared.
 */

const ORDER = copyOrder();

const COMMA = sql.raw(', ');

type Row = Record<string, unknown>;
/** A row's place: UUIDs and numbers, which both databases order alike. */
type Key = (string | number)[];

export type Progress = { table: string; done: number; total: number };

type Options = {
  from: Database;
  /** A migrated Postgres. */
  to: string;
  /** Empties what is there first. */
  again?: boolean;
  /** Rows at a time; the widest table has 29 columns, and Postgres limits the parameters. */
  batch?: number;
  progress?: (progress: Progress) => void;
};

/**
 * @returns how many rows each table has, in both
 * @throws Error when the target has data that no unfinished copy explains, or when the two differ
 *   in the end, as when the source was written to meanwhile
 */
export async function copy(options: Options): Promise<Record<string, number>> {
  const client = new Client({ connectionString: options.to });
  await client.connect();
  try {
    await client.query('SET statement_timeout = 0');
    const target = openPostgres(client);
    await begin(client, target, options.again ?? false);
    for (const name of ORDER) await copyTable(client, target, name, options);
    const counts: Record<string, number> = {};
    for (const name of ORDER) counts[tableName(name)] = await compare(target, name, options);
    await client.query('DROP TABLE foyer_copy; DROP INDEX foyer_copy_documents');
    return counts;
  } finally {
    await client.end();
  }
}

/** Makes the note of how far the copy is, unless there is one. */
async function begin(client: Client, target: Database, again: boolean): Promise<void> {
  const unfinished = await client.query(`SELECT to_regclass('foyer_copy') AS note`);
  if (again) {
    const names = ORDER.map((name) => `"${tableName(name)}"`).join(', ');
    await client.query(`TRUNCATE ${names} CASCADE; DROP TABLE IF EXISTS foyer_copy`);
  } else if (unfinished.rows[0]?.note === null) {
    const { organizations } = postgresTables;
    const present = await target.select({ id: organizations.id }).from(organizations).limit(1);
    if (present.length > 0) {
      throw new Error(
        'The Postgres already has data. To replace it with the copy: npm run db:copy -- … --again',
      );
    }
  }
  await client.query(
    `CREATE TABLE IF NOT EXISTS foyer_copy (name text PRIMARY KEY, last jsonb, done integer NOT NULL);
     CREATE INDEX IF NOT EXISTS foyer_copy_documents ON search_documents (document)`,
  );
}

const key = z.array(z.union([z.string(), z.number()]));
const note = z.object({ last: key.nullable(), done: z.number() });

async function copyTable(
  client: Client,
  target: Database,
  name: Copied,
  { from, batch = 500, progress }: Options,
): Promise<void> {
  const saved = await client.query('SELECT last, done FROM foyer_copy WHERE name = $1', [name]);
  let { last, done } = note.parse(saved.rows[0] ?? { last: null, done: 0 });
  const [counted] = await from.select({ total: count() }).from(sqliteTables[name]);
  const total = counted?.total ?? 0;
  for (;;) {
    const rows = await read(from, sqliteTables, name, last, batch);
    const end = rows.at(-1);
    if (!end) break;
    last = keyOf(name, end);
    done += rows.length;
    await client.query('BEGIN');
    const whole = name === 'searchDocuments' ? await indexed(target, rows as Document[]) : rows;
    await target.insert(postgresTables[name]).values(whole.map(fitting) as never);
    await client.query(
      `INSERT INTO foyer_copy (name, last, done) VALUES ($1, $2, $3)
       ON CONFLICT (name) DO UPDATE SET last = excluded.last, done = excluded.done`,
      [name, JSON.stringify(last), done],
    );
    await client.query('COMMIT');
    progress?.({ table: tableName(name), done, total });
  }
}

type Document = Omit<typeof sqliteTables.searchDocuments.$inferSelect, 'terms'>;

/** Documents with their words, which are in each database's own notation, and unreadable in D1. */
async function indexed(target: Database, documents: Document[]): Promise<Row[]> {
  const { conversations, widgetCustomers } = postgresTables;
  const conversationRows = await target
    .select({
      id: conversations.id,
      full_name: widgetCustomers.full_name,
      email: widgetCustomers.email,
      phone: widgetCustomers.phone,
    })
    .from(conversations)
    .leftJoin(
      widgetCustomers,
      and(
        eq(widgetCustomers.organization_id, conversations.organization_id),
        eq(widgetCustomers.id, conversations.widget_customer_id),
      ),
    )
    .where(
      inArray(
        conversations.id,
        documents.map(({ conversation_id: id }) => id),
      ),
    );
  const customers = new Map(conversationRows.map((row) => [row.id, row]));
  return documents.map((document) => {
    const { organization_id, conversation_id, texts } = document;
    const person = customers.get(conversation_id);
    const customer = person ? [person.full_name, person.email, person.phone] : [];
    return { ...document, terms: documentTerms('postgres', organization_id, { texts, customer }) };
  });
}

/** The rows after a key, in the order of the keys. */
async function read(
  database: Database,
  tables: Tables,
  name: Copied,
  after: Key | null,
  limit: number,
): Promise<Row[]> {
  const table = tables[name];
  const { terms: _, ...columns }: Record<string, SQLiteColumn> = getTableColumns(table);
  const keys = Object.entries(columns)
    .filter(([column]) => keyColumns(name).includes(column))
    .map(([, column]) => column);
  // A comparison of rows, which the databases seek in the key's index.
  const place = keys.map((column, index) => sql.param(after?.[index], column));
  return database
    .select(columns)
    .from(table)
    .where(after ? sql`(${sql.join(keys, COMMA)}) > (${sql.join(place, COMMA)})` : undefined)
    .orderBy(...keys.map((column) => asc(column)))
    .limit(limit);
}

/** Reads a table in both, and compares what they have. */
async function compare(
  target: Database,
  name: Copied,
  { from, batch = 500 }: Options,
): Promise<number> {
  const [there, here] = await Promise.all([
    digest(from, sqliteTables, name, batch),
    digest(target, postgresTables, name, batch),
  ]);
  if (there.rows !== here.rows || there.hash !== here.hash) {
    throw new Error(
      `${tableName(name)} differs: ${there.rows} rows in D1 (${there.hash.slice(0, 12)}), ` +
        `${here.rows} in Postgres (${here.hash.slice(0, 12)}). Was D1 written to in the meantime? ` +
        'Copy again, with --again.',
    );
  }
  return here.rows;
}

async function digest(database: Database, tables: Tables, name: Copied, batch: number) {
  const hash = createHash('sha256');
  let last: Key | null = null;
  let rows = 0;
  for (;;) {
    const batchRows: Row[] = await read(database, tables, name, last, batch);
    const end = batchRows.at(-1);
    if (!end) return { rows, hash: hash.digest('hex') };
    for (const row of batchRows) hash.update(`${canonical(fitting(row))}\n`);
    rows += batchRows.length;
    last = keyOf(name, end);
  }
}

const address = z.union([z.ipv4(), z.ipv6()]);

/** The row as Postgres can hold it: no address that is none, no character that it does not know. */
function fitting(row: Row): Row {
  const { ip_address: ip } = row;
  if (ip === undefined || ip === null) return row;
  const parsed = address.safeParse(ip).data;
  // As Postgres writes an IPv6 address: in small letters and shortened.
  const short = parsed?.includes(':')
    ? new URL(`http://[${parsed}]`).hostname.slice(1, -1)
    : parsed;
  return { ...row, ip_address: short ?? null };
}

/** One spelling for what means the same: keys in order, dates as times, texts as they are stored. */
function canonical(value: unknown): string {
  if (value instanceof Date) return String(value.getTime());
  if (typeof value === 'string') return JSON.stringify(storable(value));
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join()}}`;
}

function keyOf(name: Copied, row: Row): Key {
  return key.parse(keyColumns(name).map((column) => row[column]));
}

function tableName(name: Copied): string {
  return getTableName(sqliteTables[name]);
}
