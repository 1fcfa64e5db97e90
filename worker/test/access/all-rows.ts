import { env } from 'cloudflare:workers';
import { getTableName, is, Table } from 'drizzle-orm';
import { z } from 'zod';
import { tables } from '../../database/configured.ts';
import { Connection } from '../../database/postgres.ts';

/**
 * What objects write by themselves, a moment after they were asked; where a widget was seen, noted
 * after the answer; what each request counts; and how far a job is.
 */
const BY_THEMSELVES: readonly unknown[] = [
  tables.conversations,
  tables.widgetCustomers,
  tables.conversationMentions,
  tables.searchDocuments,
  tables.widgetSettings,
  tables.rateLimits,
  tables.jobs,
];

/** Records of what migrations were applied: no request writes them, and a test may have none. */
const RECORDS: readonly unknown[] = [tables.migrationRecords, tables.wranglerMigrations];

/** What the organization's object records by itself: an agent's socket opened or closed. */
const CONDITIONS: Record<string, string> = {
  [getTableName(tables.activity)]: "WHERE kind <> 'member.status_changed'",
};
const conditionOf = (name: string) => CONDITIONS[name] ?? '';

const names = Object.values(tables)
  .filter((table) => is(table, Table) && ![...BY_THEMSELVES, ...RECORDS].includes(table))
  .map((table) => getTableName(table));

/**
 * Every row of every table but those that are written by themselves, as text by the table's name:
 * what must be the same after a refusal.
 */
export async function allRows(): Promise<Record<string, string>> {
  const { DB: database, HYPERDRIVE: hyperdrive } = env;
  if (database) {
    const tables = await database.batch(
      names.map((name) =>
        database.prepare(`SELECT * FROM "${name}" ${conditionOf(name)} ORDER BY 1, 2`),
      ),
    );
    return Object.fromEntries(
      tables.map(({ results }, index) => [names[index], JSON.stringify(results)]),
    );
  }
  if (!hyperdrive) throw new Error('There is no database.');
  const columns = names.map(
    (name) =>
      `(SELECT json_agg(t ORDER BY t::text)::text FROM "${name}" AS t ${conditionOf(name)}) AS "${name}"`,
  );
  const connection = new Connection(hyperdrive, false);
  const { rows } = answer.parse(await connection.query(`SELECT ${columns.join(', ')}`));
  return rows[0] ?? {};
}

const answer = z.object({
  rows: z.array(z.record(z.string(), z.string().nullable().transform(String))),
});
