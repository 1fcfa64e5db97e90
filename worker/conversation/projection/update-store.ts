import { and, type Column, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { toColumns } from '../../../drizzle/conversation-columns.ts';
import { recordRows } from '../../activity/batch-store.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import { isConversation } from '../../features/conversations/store/rows.ts';
import type { RowChange } from '../../organization/commit/call.ts';
import { difference } from './store.ts';

const { conversations } = tables;

/** The most parameters of a statement on D1 (developers.cloudflare.com/d1/platform/limits). */
const MOST_PARAMETERS = 100;

/** A row to update: the version that it probably has, and its new values in the order of the columns. */
type Row = { id: string; was: number; values: unknown[] };

/** Rows whose changes name the same columns. */
type ColumnSet = { columns: Column[]; rows: Row[] };

/** Rows that a statement updates from: a table, and what its columns are called. */
type Source = { table: SQL; id: SQL; was: SQL; values: SQL[] };

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
  const { organization_id } = first.founding;
  const update = databaseKind === 'postgres' ? updateInTurn : updateInBatch;
  const record = recordOf(db, changes);
  const hit = await update(db, organization_id, columnSetsOf(changes), record);
  return new Set(hit.map(({ id }) => id));
}

/** The write of what was done with the conversations; null where nothing was. */
export function recordOf(db: Database, changes: readonly RowChange[]) {
  return recordRows(
    db,
    changes.flatMap(({ activity = [] }) => activity),
  );
}

type RecordWrite = ReturnType<typeof recordOf>;

/** On D1: all statements in one batch, which takes effect as a whole. */
async function updateInBatch(
  db: Database,
  organization: string,
  sets: readonly ColumnSet[],
  record: RecordWrite,
) {
  const updates = sets.flatMap(({ columns, rows }) => {
    // A row has two parameters besides its values, and the organization is one more.
    const size = Math.floor((MOST_PARAMETERS - 1) / (columns.length + 2));
    return chunks(rows, size).map((some) => {
      const [only, ...others] = some;
      return only && others.length === 0
        ? updateOne(db, organization, columns, only)
        : updateFrom(db, organization, columns, valuesOf(columns, some));
    });
  });
  const [first, ...rest] = record ? [...updates, record] : updates;
  return first ? (await db.batch([first, ...rest])).flat() : [];
}

/**
 * On Postgres: one statement after the other, rows in the order of their ids, so that two writers lock
 * alike. A statement that fails leaves the others, which the versions allow. Updates stay HOT. What was
 * done with the conversations is written before: where an update fails, the same comes again, and
 * changes nothing.
 */
async function updateInTurn(
  db: Database,
  organization: string,
  sets: readonly ColumnSet[],
  record: RecordWrite,
) {
  await record;
  const hit: { id: string }[] = [];
  for (const { columns, rows } of sets) {
    hit.push(...(await updateFrom(db, organization, columns, recordsOf(columns, rows))));
  }
  return hit;
}

function updateOne(db: Database, organization: string, columns: Column[], row: Row) {
  return db
    .update(conversations)
    .set(Object.fromEntries(columns.map(({ name }, index) => [name, row.values[index]])))
    .where(and(isConversation(organization, row.id), eq(conversations.version, row.was)))
    .returning({ id: conversations.id });
}

function updateFrom(db: Database, organization: string, columns: Column[], source: Source) {
  const { table, id, was, values } = source;
  return db
    .update(conversations)
    .set(Object.fromEntries(columns.map(({ name }, index) => [name, values[index]])))
    .from(table)
    .where(
      and(
        eq(conversations.organization_id, organization),
        eq(conversations.id, id),
        eq(conversations.version, was),
      ),
    )
    .returning({ id: conversations.id });
}

/** Rows as SQLite takes them: parameters, in columns that SQLite names by their numbers. */
function valuesOf(columns: readonly Column[], rows: readonly Row[]): Source {
  const lines = rows.map(({ id, was, values }) => {
    const written = columns.map((column, index) => sql`${sql.param(values[index], column)}`);
    return sql`(${sql.join([sql`${id}`, sql`${was}`, ...written], sql`, `)})`;
  });
  const at = (number: number) => sql.raw(`next.column${number}`);
  return {
    table: sql`(VALUES ${sql.join(lines, sql`, `)}) AS next`,
    id: at(1),
    was: at(2),
    values: columns.map((_, index) => at(index + 3)),
  };
}

/** Rows as Postgres takes them: one JSON text, whose types are the columns'. */
function recordsOf(columns: readonly Column[], rows: readonly Row[]): Source {
  const records = rows.map(({ id, was, values }) => ({
    ...Object.fromEntries(
      columns.map((column, index) => [column.name, jsonOf(column, values[index])]),
    ),
    // Names that no column has.
    'row.id': id,
    'row.was': was,
  }));
  const shape = [
    sql`"row.id" uuid`,
    sql`"row.was" bigint`,
    ...columns.map((column) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`),
  ];
  return {
    table: sql`(SELECT * FROM jsonb_to_recordset(${JSON.stringify(records)}::jsonb)
      AS given(${sql.join(shape, sql`, `)}) ORDER BY "row.id") AS next`,
    id: sql`next."row.id"`,
    was: sql`next."row.was"`,
    values: columns.map(({ name }) => sql`next.${sql.identifier(name)}`),
  };
}

function columnSetsOf(changes: readonly RowChange[]): ColumnSet[] {
  const { organization_id: _, id: __, ...own } = getTableColumns(conversations);
  const all = Object.entries(own);
  const sets = new Map<string, ColumnSet>();
  for (const { founding, state, guess } of changes) {
    const changed = new Map(Object.entries(difference(toColumns(guess), toColumns(state))));
    const columns = all.flatMap(([name, column]) => (changed.has(name) ? column : []));
    const key = columns.map(({ name }) => name).join();
    const set: ColumnSet = sets.get(key) ?? { columns, rows: [] };
    sets.set(key, set);
    const values = columns.map(({ name }) => changed.get(name));
    set.rows.push({ id: founding.id, was: guess.version, values });
  }
  return [...sets.values()];
}

/** A value as the column would write it, within JSON. */
function jsonOf(column: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const written = column.mapToDriverValue(value);
  return column.getSQLType() === 'jsonb' ? JSON.parse(String(written)) : written;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
