import { and, eq, gt, isNull, lt, or, sql } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import { uuidv7 } from '../../kernel/ids.ts';
import {
  FORGOTTEN_AFTER,
  FREE_TRIES,
  pauseAfter,
  pauseInSql,
  WRONG_GUESSES_WITHIN,
} from './guesses/brake.ts';

const { rateLimits, twoFactors, verifications } = tables;

/** How a try went: the tries so far with this one, or milliseconds to wait before the next. */
export type Counted = { tries: number } | { wait: number };

/**
 * Counts an attempt before it is made. One statement decides and counts: of many at once no more pass than
 * one after the other would.
 */
export async function countTry(db: Database, key: string, now: number): Promise<Counted> {
  const forgotten = sql`${rateLimits.lastRequest} <= ${now - FORGOTTEN_AFTER}`;
  const pause = sql.raw(pauseInSql('rate_limits.count'));
  const [counted] = await db
    .insert(rateLimits)
    .values({ id: uuidv7(), key, count: 1, lastRequest: now })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        count: sql`CASE WHEN ${forgotten} THEN 1 ELSE ${rateLimits.count} + 1 END`,
        lastRequest: now,
      },
      // Without a pause no clock is asked: those of two machines differ.
      setWhere: sql`${rateLimits.count} < ${FREE_TRIES} OR ${rateLimits.lastRequest} + ${pause} <= ${now}`,
    })
    .returning({ tries: rateLimits.count });
  if (counted) return counted;
  const [row] = await db.select().from(rateLimits).where(eq(rateLimits.key, key));
  return { wait: row ? Math.max(1, row.lastRequest + pauseAfter(row.count) - now) : 1 };
}

/** Forgets the tries of these keys. */
export async function forgetTries(db: Database, ...keys: string[]): Promise<void> {
  await db.delete(rateLimits).where(or(...keys.map((key) => eq(rateLimits.key, key))));
}

/** The wrong guesses from an address, and when the first of them was; null without any. */
export async function readWrongGuesses(db: Database, key: string, now: number) {
  const [row] = await db
    .select({ count: rateLimits.count, since: rateLimits.lastRequest })
    .from(rateLimits)
    .where(and(eq(rateLimits.key, key), gt(rateLimits.lastRequest, now - WRONG_GUESSES_WITHIN)));
  return row ?? null;
}

/** Counts a wrong guess from an address. */
export async function countWrongGuess(db: Database, key: string, now: number): Promise<void> {
  const isOver = sql`${rateLimits.lastRequest} <= ${now - WRONG_GUESSES_WITHIN}`;
  await db
    .insert(rateLimits)
    .values({ id: uuidv7(), key, count: 1, lastRequest: now })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: {
        count: sql`CASE WHEN ${isOver} THEN 1 ELSE ${rateLimits.count} + 1 END`,
        lastRequest: sql`CASE WHEN ${isOver} THEN ${now} ELSE ${rateLimits.lastRequest} END`,
      },
    });
}

/** Whose second step a sign-in waits for, with the encrypted secret of their second factor. */
export async function findHalfway(db: Database, identifier: string, now: Date) {
  const [halfway] = await db
    .select({ userId: verifications.value })
    .from(verifications)
    .where(and(eq(verifications.identifier, identifier), gt(verifications.expiresAt, now)));
  if (!halfway) return null;
  const { userId } = halfway;
  const secret = await findFactor(db, userId);
  return secret === null ? null : { userId, secret };
}

/** The encrypted secret of a person's second factor, confirmed or not; null without one. */
export async function findFactor(db: Database, userId: string): Promise<string | null> {
  const [row] = await db
    .select({ secret: twoFactors.secret })
    .from(twoFactors)
    .where(eq(twoFactors.userId, userId));
  return row?.secret ?? null;
}

/**
 * Uses up the code of a step, and all before it. False where that step or a later one was used: of
 * two requests with one code at the same time, one gets true.
 */
export async function useStep(db: Database, secret: string, step: number): Promise<boolean> {
  const rows = await db
    .update(twoFactors)
    .set({ lastStep: step })
    .where(
      and(
        eq(twoFactors.secret, secret),
        or(isNull(twoFactors.lastStep), lt(twoFactors.lastStep, step)),
      ),
    )
    .returning({ id: twoFactors.id });
  return rows.length > 0;
}
