import { and, eq, lt, lte } from 'drizzle-orm';
import { toColumns } from '../../../drizzle/conversation-columns.ts';
import { recordRows } from '../../activity/batch-store.ts';
import type { ActivityRow } from '../../activity/row.ts';
import { tables } from '../../database/configured.ts';
import { type Database, isConstraint, openDatabase, writeAll } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { isConversation, itsCustomer } from '../../features/conversations/store/rows.ts';
import { sameJson } from '../../kernel/same-json.ts';
import type { Founding, State } from '../state/state.ts';
import type { Columns } from './columns.ts';
import { decide } from './decision.ts';
import { reportSetAside, writePiecemeal } from './piecemeal-store.ts';
import { restoreRow } from './restore-store.ts';
import { sortingWrites } from './sorting-store.ts';

const { conversations, widgetCustomers } = tables;

/**
 * Where a conversation object writes what the lists show of it (P7). Each write carries the state's
 * version and takes effect only on an older one, so it may run twice, late, or not at all.
 */
export interface Projection {
  /**
   * Brings the row to the state. A row that is gone is written whole again, its customer included. A
   * value that the database refuses is set aside and told in the log; the rest is written.
   *
   * @param guess what the row probably holds: when it does, only what differs is named, and an
   *   update pays only for the indexes whose columns it names; when not, a read decides
   * @param activity what was done with it, for the activity log; what is there already stays
   * @throws what the database fails with while it is away; never for a value that it refuses
   */
  write(
    founding: Founding,
    state: State,
    guess: State,
    activity?: readonly ActivityRow[],
  ): Promise<Projected>;
  /**
   * Brings the row to the state whatever it holds: compares every column, and writes the row again
   * where one differs, where it is older, or where it or its customer is gone. A newer one is left
   * alone. `right`: nothing differed. Errors as `write`.
   */
  rewrite(founding: Founding, state: State): Promise<Projected | 'right'>;
}

/**
 * `restored`: the row was gone. `set_aside`: it is gone, and cannot be written now; the next change
 * tries again.
 */
export type Projected = 'written' | 'restored' | 'set_aside';

/** The projection on the configured database; it opens the database again for each write. */
export function projectionOf(env: Env): Projection {
  return {
    write: (founding, state, guess, activity) =>
      project(openDatabase(env), founding, state, guess, activity),
    rewrite: (founding, state) => rewrite(openDatabase(env), founding, state),
  };
}

export async function project(
  db: Database,
  founding: Founding,
  state: State,
  guess: State,
  activity: readonly ActivityRow[] = [],
): Promise<Projected> {
  await record(db, founding, activity);
  if (await updateDifference(db, founding, state, guess)) return 'written';
  const { organization_id, id } = founding;
  switch (decide(await versionOf(db, founding), state.version)) {
    case 'newer':
      return 'written';
    case 'same':
      await replace(db, founding, state, []);
      return 'written';
    case 'older':
      await replace(db, founding, state, [wholeUpdate(db, founding, state)]);
      return 'written';
    case 'absent':
      if (!(await restoreRow(db, founding, state))) return 'set_aside';
      if ((await versionOf(db, founding)) === null) {
        reportSetAside({ organization_id, id }, { reason: 'another_open' });
        return 'set_aside';
      }
      await replace(db, founding, state, [wholeUpdate(db, founding, state)]);
      return 'restored';
  }
}

/** Writes activities alone. What the database refuses of them is set aside, and stops nothing. */
async function record(
  db: Database,
  founding: Founding,
  activity: readonly ActivityRow[],
): Promise<void> {
  const write = recordRows(db, activity);
  if (!write) return;
  try {
    await writeAll(db, [write]);
  } catch (error) {
    if (!isConstraint(error)) throw error;
    reportSetAside(founding, { reason: 'refused_by_database', error });
  }
}

async function rewrite(
  db: Database,
  founding: Founding,
  state: State,
): Promise<Projected | 'right'> {
  const [stored] = await db
    .select({ row: conversations, customer: widgetCustomers.id })
    .from(conversations)
    .leftJoin(widgetCustomers, itsCustomer)
    .where(isRow(founding));
  if (!stored) return project(db, founding, state, state);
  const { row, customer } = stored;
  if (row.widget_customer_id !== null && customer === null) await restoreRow(db, founding, state);
  if (row.version > state.version) return 'right';
  const columns = toColumns(state);
  const isRight = row.version === state.version && holds(row, columns);
  await replace(db, founding, state, isRight ? [] : [wholeUpdate(db, founding, state, lte)]);
  return isRight ? 'right' : 'written';
}

/** Whether a row has these values; of what is JSON, whatever the order of its keys. */
function holds(row: typeof conversations.$inferSelect, columns: Columns): boolean {
  const is = new Map<string, unknown>(Object.entries(row));
  return Object.entries(columns).every(
    ([key, value]) => !is.has(key) || sameJson(is.get(key), value),
  );
}

/** Writes what differs from the guess; whether the row was as guessed. */
async function updateDifference(
  db: Database,
  founding: Founding,
  state: State,
  guess: State,
): Promise<boolean> {
  if (guess.version >= state.version || !sameSorting(guess, state)) return false;
  try {
    const [done] = await db
      .update(conversations)
      .set(difference(toColumns(guess), toColumns(state)))
      .where(and(isRow(founding), eq(conversations.version, guess.version)))
      .returning({ version: conversations.version });
    return done !== undefined;
  } catch (error) {
    // One of the values is refused: which, the whole row finds out.
    if (isConstraint(error)) return false;
    throw error;
  }
}

/** @param than which versions it replaces: those below the state's, or that one too */
export function wholeUpdate(
  db: Database,
  founding: Founding,
  state: State,
  than: typeof lt | typeof lte = lt,
) {
  return db
    .update(conversations)
    .set(toColumns(state))
    .where(and(isRow(founding), than(conversations.version, state.version)));
}

/** Writes the row and what belongs beside it: together or, where a value is refused, one by one. */
async function replace(
  db: Database,
  founding: Founding,
  state: State,
  row: ReturnType<typeof wholeUpdate>[],
): Promise<void> {
  const beside = sortingWrites(db, founding, state);
  const [first, ...rest] = [...row, ...beside];
  if (!first) return;
  try {
    await writeAll(db, [first, ...rest]);
  } catch (error) {
    if (!isConstraint(error)) throw error;
    const columns = row.length > 0 ? toColumns(state) : null;
    await writePiecemeal(db, founding, columns, state.version, beside);
  }
}

async function versionOf(db: Database, founding: Founding): Promise<number | null> {
  const [row] = await db
    .select({ version: conversations.version })
    .from(conversations)
    .where(isRow(founding));
  return row?.version ?? null;
}

function isRow({ organization_id, id }: Founding) {
  return isConversation(organization_id, id);
}

/** Whether the two are found by the same labels and mentions. */
function sameSorting(a: State, b: State): boolean {
  const of = ({ label_ids, mentions }: State) => JSON.stringify([label_ids, mentions]);
  return of(a) === of(b);
}

export function difference(before: Columns, after: Columns): Columns {
  const was = new Map(Object.entries(before));
  return Object.fromEntries(
    Object.entries(after).filter(
      ([key, value]) => JSON.stringify(was.get(key)) !== JSON.stringify(value),
    ),
  );
}
