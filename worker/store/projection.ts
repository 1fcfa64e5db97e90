import { and, eq, lt } from 'drizzle-orm';
import type { Founding, State } from '../conversation/state.ts';
import type { Env } from '../env.ts';
import { conversations } from './configured.ts';
import { type Database, openDatabase, writeAll } from './database.ts';
import { sortingWrites } from './sorting.ts';

/**
 * Where a conversation object writes what the lists show of it (P7). Each write carries the state's
 * version and takes effect only on an older one, so it may run twice, late, or not at all.
 */
export interface Projection {
  /**
   * @param guess what the row probably holds: when it does, only what differs is named, and an
   *   update pays only for the indexes whose columns it names; when not, everything is
   */
  write(founding: Row, state: State, guess: State): Promise<void>;
}

/** Which row it is. */
type Row = Pick<Founding, 'organization_id' | 'id'>;

/** The projection on the configured database; it opens the database anew for each write. */
export function projectionOf(env: Env): Projection {
  return {
    write: (founding, state, guess) => project(openDatabase(env), founding, state, guess),
  };
}

async function project(
  db: Database,
  { organization_id, id }: Row,
  state: State,
  guess: State,
): Promise<void> {
  const own = and(eq(conversations.organization_id, organization_id), eq(conversations.id, id));
  const columns = toColumns(state);
  const sorted = sameSorting(guess, state);
  if (guess.version < state.version && sorted) {
    const [done] = await db
      .update(conversations)
      .set(difference(toColumns(guess), columns))
      .where(and(own, eq(conversations.version, guess.version)))
      .returning({ version: conversations.version });
    if (done) return;
  }
  const update = db
    .update(conversations)
    .set(columns)
    .where(and(own, lt(conversations.version, state.version)));
  await writeAll(db, [update, ...sortingWrites(db, { organization_id, id }, state)]);
}

/** Whether the two are found by the same labels and mentions. */
function sameSorting(a: State, b: State): boolean {
  const of = ({ label_ids, mentions }: State) => JSON.stringify([label_ids, mentions]);
  return of(a) === of(b);
}

type Columns = Partial<typeof conversations.$inferInsert>;

function toColumns(state: State) {
  const { assignee, rating, last_message_seq: _last, ...rest } = state;
  return {
    ...rest,
    rating: rating?.score ?? null,
    rating_comment: rating?.comment ?? null,
    assignee_id: assignee?.id ?? null,
    assignee_name: assignee?.name ?? null,
    snoozed_until: date(state.snoozed_until),
    last_message_at: date(state.last_message_at),
    waiting_since: date(state.waiting_since),
    first_response_at: date(state.first_response_at),
    closed_at: date(state.closed_at),
    activity_at: new Date(state.activity_at),
  } satisfies Columns;
}

function date(time: string | null): Date | null {
  return time === null ? null : new Date(time);
}

function difference(before: Columns, after: Columns): Columns {
  const was = new Map(Object.entries(before));
  return Object.fromEntries(
    Object.entries(after).filter(
      ([key, value]) => JSON.stringify(was.get(key)) !== JSON.stringify(value),
    ),
  );
}
