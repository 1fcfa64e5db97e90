import { and, type Column, eq, type SQL, sql } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import type { ColumnSet, RecordWrite, Row } from './update-sets.ts';

const { conversations } = tables;

/** Rows that a statement updates from: a table, and what its columns are called. */
type Source = { table: SQL; id: SQL; was: SQL; values: SQL[] };

/**
 * Updates rows on Postgres: one statement after the other, rows in the order of their ids, so that two
 * writers lock alike. A statement that fails leaves the others, which the versions allow. Updates stay
 * HOT. What was done with the conversations is written before: where an update fails, the same comes
 * again, and changes nothing.
 *
 * @returns the ids of the rows that were as guessed
 */
export async function updateOnPostgres(
  db: Database,
  organization: string,
  sets: readonly ColumnSet[],
  record: RecordWrite,
): Promise<string[]> {
  await record;
  const hit: string[] = [];
  for (const { columns, rows } of sets) {
    const { table, id, was, values } = recordsOf(columns, rows);
    const answer = await db
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
    hit.push(...answer.map((row) => row.id));
  }
  return hit;
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

/** A value as the column would write it, within JSON. */
function jsonOf(column: Column, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const written = column.mapToDriverValue(value);
  return column.getSQLType() === 'jsonb' ? JSON.parse(String(written)) : written;
}
