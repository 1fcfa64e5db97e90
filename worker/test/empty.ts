import { reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

/**
 * Begins with nothing, whatever the file before left behind: one that still had something under
 * way may have kept its database.
 */
export async function empty(): Promise<void> {
  await reset();
  const { DB: database } = env;
  if (!database) return;
  const { results } = await database
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
       AND name NOT LIKE '_cf_%' AND name NOT LIKE 'search_documents_%' AND name <> 'd1_migrations'`,
    )
    .all<{ name: string }>();
  if (results.length === 0) return;
  await database.batch([
    database.prepare('PRAGMA defer_foreign_keys = ON'),
    ...results.map(({ name }) => database.prepare(`DELETE FROM "${name}"`)),
  ]);
}
