import { reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

/**
 * Begins with no objects, no files and nothing in D1, whatever the file before left behind: one that
 * still had something under way may have kept its database and its bucket.
 */
export async function empty(): Promise<void> {
  await reset();
  if (env.FILES) await emptyBucket(env.FILES);
  if (env.DB) await emptyDatabase(env.DB);
}

async function emptyBucket(bucket: R2Bucket): Promise<void> {
  for (;;) {
    const { objects, truncated } = await bucket.list();
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key));
    if (!truncated) return;
  }
}

async function emptyDatabase(database: D1Database): Promise<void> {
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
