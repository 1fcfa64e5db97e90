import { inArray, lt, or } from 'drizzle-orm';
import { lastIdle } from '../auth/agents-session.ts';
import { tables } from '../database/configured.ts';
import type { Database } from '../database/database.ts';
import { FORGOTTEN_AFTER } from '../features/accounts/guesses/brake.ts';

/** Rows of a table that one statement deletes, and statements of one sweep: the rest can wait. */
const ROWS = 500;
const STATEMENTS = 20;

const { countedMails, rateLimits, sessions, verifications } = tables;

/**
 * Deletes what has expired and what nobody asks for any more: sessions that ended by themselves,
 * unused links, counted mails, sign-in attempts of days ago. Each of a bounded number of statements stands alone, so
 * that a sweep may break off anywhere; the next one goes on.
 *
 * @returns how many rows went
 */
export async function sweep(db: Database, now: Date): Promise<number> {
  const expired = [
    {
      table: sessions,
      when: or(lt(sessions.expiresAt, now), lt(sessions.updatedAt, lastIdle(now.getTime()))),
    },
    { table: verifications, when: lt(verifications.expiresAt, now) },
    { table: countedMails, when: lt(countedMails.ends_at, now) },
    { table: rateLimits, when: lt(rateLimits.lastRequest, now.getTime() - FORGOTTEN_AFTER) },
  ];
  let gone = 0;
  for (const { table, when } of expired) {
    for (let statement = 0; statement < STATEMENTS; statement += 1) {
      const some = db.select({ id: table.id }).from(table).where(when).limit(ROWS);
      const rows = await db
        .delete(table)
        .where(inArray(table.id, some))
        .returning({ id: table.id });
      gone += rows.length;
      if (rows.length < ROWS) break;
    }
  }
  return gone;
}
