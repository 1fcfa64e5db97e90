import type { tables } from '../../database/configured.ts';
import type { State } from '../state.ts';

/** Columns of a conversation's row. */
export type Columns = Partial<typeof tables.conversations.$inferInsert>;

/** What the database holds together: a conversation is closed exactly when it has a time of it. */
export function shelfOf({ status, shelf, closed_at }: State) {
  return { status, shelf, closed_at: date(closed_at) } satisfies Columns;
}

/** A time as every database holds it: what is before the year 1 is its beginning. */
export function date(time: string | null): Date | null {
  return time === null ? null : new Date(Math.max(Date.parse(time), FIRST_TIME));
}

const FIRST_TIME = Date.parse('0001-01-01T00:00:00.000Z');
