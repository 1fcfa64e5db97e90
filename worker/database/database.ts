import type { BatchItem } from 'drizzle-orm/batch';
import { drizzle } from 'drizzle-orm/d1';
import { type Database, openPostgres, sqliteTables } from '../../drizzle/dialects.ts';
import type { Env } from '../env.ts';
import { FoyerError } from '../kernel/errors.ts';
import { misconfiguration } from './bindings.ts';
import { tables } from './configured.ts';
import { Connection, type Statement, sqlState } from './postgres.ts';

const { organizations } = tables;

export type { Database } from '../../drizzle/dialects.ts';

/** A database with the connection behind it, which is closed when the work is done. */
export type Opened = { database: Database; close(): Promise<void> };

/** What D1 leaves to close. */
const nothing = async () => {};

/** Those on D1 hold no connection and are kept: drizzle reads the whole schema to make one. */
const databases = new WeakMap<D1Database, Database>();

/** The bindings behind the databases on D1. */
const bindings = new WeakMap<Database, D1Database>();

/** The connections behind the databases on Postgres. */
const connections = new WeakMap<Database, Connection>();

/**
 * Opens the configured database for a statement now and then: on Postgres each opens a connection
 * and closes it, so that there is nothing to close here and nothing that stays.
 *
 * @throws FoyerError unavailable where not exactly one database is bound
 */
export function openDatabase(env: Env): Database {
  return opened(env, false).database;
}

/** Opens it for the statements of one request, which share a connection until `close`. */
export function openForRequest(env: Env): Opened {
  return opened(env, true);
}

function opened(env: Env, keeps: boolean): Opened {
  const wrong = misconfiguration(env);
  if (wrong) throw new FoyerError('unavailable', { message: wrong });
  const { DB, HYPERDRIVE } = env;
  if (DB) return { database: onD1(DB), close: nothing };
  if (!HYPERDRIVE) throw new FoyerError('unavailable');
  const connection = new Connection(HYPERDRIVE, keeps);
  const database = openPostgres(connection);
  connections.set(database, connection);
  return { database, close: () => connection.close() };
}

function onD1(binding: D1Database): Database {
  const cached = databases.get(binding);
  if (cached) return cached;
  const database = drizzle(binding, { schema: sqliteTables });
  databases.set(binding, database);
  bindings.set(database, binding);
  return database;
}

/** Answers when the database does, and has its tables. */
export async function ping(db: Database): Promise<void> {
  await db.select({ id: organizations.id }).from(organizations).limit(1);
}

/** A write that was built and not yet run. */
export type Write = BatchItem<'sqlite'> & { toSQL(): Statement };

/**
 * Runs writes that belong together: all of them take effect, or none.
 *
 * @param options.alone whether no other may write in between: on D1 always so, on Postgres the
 *   loser of two at once fails (and may read again), at some cost
 */
export async function writeAll(
  db: Database,
  writes: [Write, ...Write[]],
  { alone = false }: { alone?: boolean } = {},
): Promise<void> {
  const connection = connections.get(db);
  try {
    if (!connection) {
      await db.batch(writes);
      return;
    }
    const statements = writes.map((write) => write.toSQL());
    await connection.transaction(statements, alone ? 'SERIALIZABLE' : 'READ COMMITTED');
  } catch (error) {
    throw new FailedWrites(writes, error);
  }
}

/**
 * Runs statements whose text is known on D1, in one batch, which takes effect as a whole. For what is
 * written so often that building it would take most of the time.
 *
 * @returns the rows that each answered
 */
export async function batchOnD1(
  db: Database,
  statements: readonly Statement[],
): Promise<unknown[][]> {
  const binding = bindings.get(db);
  if (!binding) throw new TypeError('This database is not on D1.');
  const prepared = statements.map(({ sql, params }) => binding.prepare(sql).bind(...params));
  return (await binding.batch(prepared)).map(({ results }) => results);
}

/** Which writes failed together: the database names none of them. */
class FailedWrites extends Error {
  /** The statements, without their parameters. */
  readonly query: string;

  constructor(writes: Write[], cause: unknown) {
    super('Failed query: writes that belong together', { cause });
    this.query = writes.map((write) => write.toSQL().sql).join(';\n');
  }
}

// What Postgres answers, by its classes: postgresql.org/docs/current/errcodes-appendix.html
const UNIQUE_VIOLATION = '23505';
/** Data that a column cannot hold, a broken rule, a statement that is wrong, a limit of the database. */
const MISTAKES = ['22', '23', '42', '54'];
/** The same in SQLite's words and in D1's. */
const MISTAKEN =
  /constraint failed|SQLITE_(?:CONSTRAINT|MISMATCH|TOOBIG|RANGE)|too big|D1_TYPE_ERROR/;

/** Whether a write was refused because such a row exists already. */
export function isDuplicate(error: unknown): boolean {
  return answers(error).some(
    (cause) =>
      sqlState(cause) === UNIQUE_VIOLATION || cause.message.includes('UNIQUE constraint failed'),
  );
}

/** What Postgres answers where a table or a column is not there. */
const ABSENT = ['42P01', '42703'];
/** The same in SQLite's words. */
const ABSENT_IN_WORDS = /no such (?:table|column)|has no column named/;

/**
 * Whether the database lacks a table or a column that this version uses: it waits for its migrations.
 * An outage, and not a mistake of the statement, which is right once they are applied.
 */
export function isBehind(error: unknown): boolean {
  return answers(error).some(
    (cause) => ABSENT.includes(sqlState(cause) ?? '') || ABSENT_IN_WORDS.test(cause.message),
  );
}

/** Whether a write broke a rule of the database: a mistake, and not an outage. */
export function isConstraint(error: unknown): boolean {
  if (isBehind(error)) return false;
  return answers(error).some(
    (cause) =>
      MISTAKES.includes(sqlState(cause)?.slice(0, 2) ?? '') || MISTAKEN.test(cause.message),
  );
}

/** Whether the error comes from the database at all. */
export function isDatabaseError(error: unknown): boolean {
  return causes(error).some(
    ({ message }) => message.startsWith('D1_ERROR') || message.startsWith('Failed query'),
  );
}

/** What the database itself said: drizzle's message repeats the statement's values, whatever they are. */
function answers(error: unknown): Error[] {
  return causes(error).filter(({ message }) => !message.startsWith('Failed query'));
}

/** An error with its causes: drizzle wraps what the driver threw. */
function causes(error: unknown): Error[] {
  const errors: Error[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) errors.push(cause);
  return errors;
}
