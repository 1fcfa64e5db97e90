import { type Column, getTableColumns } from 'drizzle-orm';
import { toColumns } from '../../../drizzle/conversation-columns.ts';
import { recordRows } from '../../activity/batch-store.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import type { RowChange } from '../../organization/commit/call.ts';
import { difference } from './store.ts';
import { updateOnD1 } from './update-d1-store.ts';
import { updateOnPostgres } from './update-postgres-store.ts';
import type { ColumnSet } from './update-sets.ts';

/**
 * Updates the rows of one organization's conversations that are as guessed. Rows that change in the same
 * columns share a statement, which names no other column: an update pays for each index whose columns
 * it names.
 *
 * @returns the ids of the rows that were as guessed
 */
export async function updateRows(
  db: Database,
  changes: readonly RowChange[],
): Promise<Set<string>> {
  const [first] = changes;
  if (!first) return new Set();
  const update = databaseKind === 'postgres' ? updateOnPostgres : updateOnD1;
  const { organization_id } = first.founding;
  return new Set(await update(db, organization_id, columnSetsOf(changes), recordOf(db, changes)));
}

/** The write of what was done with the conversations; null where nothing was. */
export function recordOf(db: Database, changes: readonly RowChange[]) {
  return recordRows(
    db,
    changes.flatMap(({ activity = [] }) => activity),
  );
}

const { organization_id: _, id: __, ...own } = getTableColumns(tables.conversations);
const COLUMNS = new Map<string, Column>(Object.entries(own));

function columnSetsOf(changes: readonly RowChange[]): ColumnSet[] {
  const sets = new Map<string, ColumnSet>();
  for (const { founding, state, guess } of changes) {
    const changed = Object.entries(difference(toColumns(guess), toColumns(state))).flatMap(
      ([name, value]) => {
        const column = COLUMNS.get(name);
        return column && value !== undefined ? [{ column, value }] : [];
      },
    );
    const columns = changed.map(({ column }) => column);
    const key = columns.map(({ name }) => name).join();
    const set: ColumnSet = sets.get(key) ?? { columns, rows: [] };
    sets.set(key, set);
    const values = changed.map(({ value }) => value);
    set.rows.push({ id: founding.id, was: guess.version, values });
  }
  return [...sets.values()];
}
