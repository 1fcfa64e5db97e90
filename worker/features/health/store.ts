import { getTableColumns, getTableName, is, sql, Table } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';

const { migrationRecords, organizations, wranglerMigrations } = tables;

/** What was wrong with a table, by its name. */
export type TableFailure = { table: string; error: unknown };

/** The tables of this version. Those that record migrations are asked by `readMigrationState`. */
const looked = Object.values(tables).filter(
  (table) => is(table, Table) && table !== migrationRecords && table !== wranglerMigrations,
);

/**
 * Asks each table for all of its columns and no row: it fails where the table or a column is missing.
 *
 * @returns how many there are, and which failed
 */
export async function lookAtTables(
  db: Database,
): Promise<{ count: number; failures: TableFailure[] }> {
  const failures: TableFailure[] = [];
  await Promise.all(
    looked.map(async (table) => {
      try {
        await db.select(columnsOf(table)).from(table).where(sql`1 = 0`).limit(1);
      } catch (error) {
        failures.push({ table: getTableName(table), error });
      }
    }),
  );
  return { count: looked.length, failures };
}

/**
 * The columns with their table's name before them: SQLite takes a quoted name alone, where there is no
 * such column, for a text.
 */
function columnsOf(table: Table) {
  const names = Object.values(getTableColumns(table)).map(({ name }) => name);
  return Object.fromEntries(
    names.map((name) => [name, sql<unknown>`${table}.${sql.identifier(name)}`]),
  );
}

/** Whether the first owner exists. */
export async function hasOrganization(db: Database): Promise<boolean> {
  const rows = await db.select({ id: organizations.id }).from(organizations).limit(1);
  return rows.length > 0;
}

/** The region in which D1 answers, as `WEUR`; nothing on a machine without regions. */
export async function regionOf(database: D1Database): Promise<string | undefined> {
  const { meta } = await database.prepare('SELECT 1').run();
  return meta.served_by_region;
}
