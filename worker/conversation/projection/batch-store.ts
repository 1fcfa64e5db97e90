import { and, eq, inArray } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import { type Database, openForRequest, writeAll } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import type { RowChange } from '../../organization/commit/call.ts';
import type { Rows } from '../../organization/commit/rows.ts';
import { sortingWrites } from './sorting-store.ts';
import { project, wholeUpdate } from './store.ts';
import { recordOf, updateRows } from './update-store.ts';

const { conversations } = tables;

/**
 * Rows of several conversations of one organization at once (P7), on the configured database. It opens the
 * database for each batch, and leaves nothing open.
 */
export function rowsOf(env: Env): Rows {
  const during = async <Value>(work: (db: Database) => Promise<Value>): Promise<Value> => {
    const { database, close } = openForRequest(env);
    try {
      return await work(database);
    } finally {
      await close();
    }
  };
  return {
    update: (changes) => during((db) => updateRows(db, changes)),
    versions: (changes) => during((db) => versionsOf(db, changes)),
    statementsOf: ({ state }) => WHOLE_STATEMENTS + state.mentions.length,
    replace: (changes) => during((db) => replace(db, changes)),
    alone: ({ founding, state, guess, activity }) =>
      during((db) => project(db, founding, state, guess, activity)),
  };
}

/** The row, its labels and mentions that go, its labels that come; each mention is one more. */
const WHOLE_STATEMENTS = 4;

async function versionsOf(
  db: Database,
  changes: readonly RowChange[],
): Promise<Map<string, number>> {
  const [first] = changes;
  if (!first) return new Map();
  const rows = await db
    .select({ id: conversations.id, version: conversations.version })
    .from(conversations)
    .where(
      and(
        eq(conversations.organization_id, first.founding.organization_id),
        inArray(
          conversations.id,
          changes.map(({ founding }) => founding.id),
        ),
      ),
    );
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** A row that is newer or has this version already is left as it is; what belongs beside it follows the version. */
async function replace(db: Database, changes: readonly RowChange[]): Promise<void> {
  const record = recordOf(db, changes);
  const [first, ...rest] = [
    ...(record ? [record] : []),
    ...[...changes]
      .sort((a, b) => (a.founding.id < b.founding.id ? -1 : 1))
      .flatMap(({ founding, state }) => [
        wholeUpdate(db, founding, state),
        ...sortingWrites(db, founding, state),
      ]),
  ];
  if (first) await writeAll(db, [first, ...rest]);
}
