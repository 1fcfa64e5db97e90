import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import { uuidv7 } from '../../kernel/ids.ts';

const { rateLimits } = tables;

/**
 * Notes that something signed, which must work once, was used. Of two requests with it at the same time
 * one gets true: the row's key decides. The nightly sweep deletes the row a day later, so that what is
 * used up here must end by itself within a day.
 *
 * @param name tells what was used from everything else, as `challenge:…`
 * @param now milliseconds since 1970
 */
export async function useUp(db: Database, name: string, now: number): Promise<boolean> {
  const rows = await db
    .insert(rateLimits)
    .values({ id: uuidv7(), key: `once:${name}`, count: 1, lastRequest: now })
    .onConflictDoNothing()
    .returning({ id: rateLimits.id });
  return rows.length > 0;
}
