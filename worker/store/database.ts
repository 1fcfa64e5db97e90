import type { BatchItem } from 'drizzle-orm/batch';
import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import * as schema from '../../drizzle/schema.sqlite.ts';
import type { Env } from '../env.ts';

/**
 * The database as the queries see it. They are written once, against the SQLite tables, and use
 * nothing that only one driver has.
 */
export type Database = DrizzleD1Database<typeof schema>;

/** Opens the configured database; cheap, and made anew for each request. */
export function openDatabase(env: Env): Database {
  return drizzle(env.DB, { schema });
}

/** Which database this installation uses. */
export const DATABASE = 'd1';

/** Answers when the database does. */
export async function ping(db: Database): Promise<void> {
  await db.run('SELECT 1');
}

/** Runs writes that belong together: all of them take effect, or none. */
export async function writeAll(
  db: Database,
  writes: [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]],
): Promise<void> {
  await db.batch(writes);
}

/** Whether a write was refused because such a row exists already. */
export function isDuplicate(error: unknown): boolean {
  return messages(error).some((message) => message.includes('UNIQUE constraint failed'));
}

/** Whether the database broke a rule of ours with this write: a mistake, and not an outage. */
export function isConstraint(error: unknown): boolean {
  return messages(error).some((message) => message.includes('constraint failed'));
}

/** Whether the error comes from the database at all. */
export function isDatabaseError(error: unknown): boolean {
  return messages(error).some(
    (message) => message.startsWith('D1_ERROR') || message.startsWith('Failed query'),
  );
}

/** An error's messages with its causes': drizzle wraps what the driver threw. */
function messages(error: unknown): string[] {
  const found: string[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) found.push(cause.message);
  return found;
}
