import { type Column, eq, exists, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { databaseKind, tables } from '../database/configured.ts';
import type { Database } from '../database/database.ts';
import type { ActivityRow } from './row.ts';

const { activity, organizations } = tables;

/**
 * The write of activities of one organization, however many: one statement with one parameter for all of
 * them. What is there already stays as it is, so that the same may be written again. It writes nothing
 * where the organization is gone.
 *
 * @returns null where there is none
 */
export function recordRows(db: Database, rows: readonly ActivityRow[]) {
  const [first] = rows;
  if (!first) return null;
  const { organization_id: organization, ...columns } = getTableColumns(activity);
  const isThere = exists(
    db
      .select({ id: organizations.id })
      .from(organizations)
      .where(eq(organizations.id, first.organization_id)),
  );
  const given = JSON.stringify(rows.map((row) => valuesOf(columns, row)));
  return db
    .insert(activity)
    .select(
      sql`SELECT ${sql.param(first.organization_id, organization)}, ${from(columns, given)} WHERE ${isThere}`,
    )
    .onConflictDoNothing()
    .returning({ id: activity.id });
}

/** The columns of the rows that a JSON text has, in the order of the table. */
function from(columns: Record<string, Column>, given: string): SQL {
  const names = Object.keys(columns);
  if (databaseKind === 'postgres') {
    const shape = Object.entries(columns).map(
      ([name, column]) => sql`${sql.identifier(name)} ${sql.raw(column.getSQLType())}`,
    );
    const all = names.map((name) => sql`given.${sql.identifier(name)}`);
    return sql`${sql.join(all, sql`, `)}
      FROM jsonb_to_recordset(${given}::jsonb) AS given(${sql.join(shape, sql`, `)})`;
  }
  const all = names.map((name) => sql`json_extract(given.value, ${`$.${name}`})`);
  return sql`${sql.join(all, sql`, `)} FROM json_each(${given}) AS given`;
}

/** The values as the columns write them, within JSON. */
function valuesOf(columns: Record<string, Column>, row: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => {
      const value = row[name];
      if (value === null || value === undefined) return [name, null];
      const written = column.mapToDriverValue(value);
      return [name, column.getSQLType() === 'jsonb' ? JSON.parse(String(written)) : written];
    }),
  );
}
