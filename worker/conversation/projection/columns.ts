import { storableTime } from '../../../drizzle/conversation-columns.ts';
import type { tables } from '../../database/configured.ts';
import type { State } from '../state/state.ts';

/** Columns of a conversation's row. */
export type Columns = Partial<typeof tables.conversations.$inferInsert>;

/** What the database holds together: a conversation is closed exactly when it has a time of it. */
export function shelfOf({ status, shelf, closed_at }: State) {
  return { status, shelf, closed_at: date(closed_at) } satisfies Columns;
}

/** A time as every database holds it. */
export function date(time: string | null): Date | null {
  return time === null ? null : storableTime(time);
}
