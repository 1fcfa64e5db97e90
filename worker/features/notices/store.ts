import { and, asc, eq, isNull, lt, sql } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import { uuidv7 } from '../../kernel/ids.ts';

const { members, users } = tables;

const { rateLimits } = tables;

/** Owners of one organization who get a notice. */
const MAX_OWNERS = 10;

/** The owners whose address takes mail: one that is only claimed may be a stranger's. */
export async function listOwners(
  db: Database,
  organizationId: string,
): Promise<{ id: string; email: string }[]> {
  return db
    .select({ id: users.id, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        eq(members.organizationId, organizationId),
        eq(members.role, 'owner'),
        isNull(users.claimedEmail),
      ),
    )
    .orderBy(asc(members.createdAt), asc(members.id))
    .limit(MAX_OWNERS);
}

/**
 * Counts a notice of a day (UTC), in a row that the nightly sweep deletes.
 *
 * @returns whether it is among the first `most` of the day, and may be sent
 */
export async function countNotice(
  db: Database,
  about: string,
  most: number,
  now: Date,
): Promise<boolean> {
  const lastRequest = now.getTime();
  const key = `notice:${about}:${now.toISOString().slice(0, 10)}`;
  const rows = await db
    .insert(rateLimits)
    .values({ id: uuidv7(), key, count: 1, lastRequest })
    .onConflictDoUpdate({
      target: rateLimits.key,
      set: { count: sql`${rateLimits.count} + 1`, lastRequest },
      setWhere: lt(rateLimits.count, most),
    })
    .returning({ id: rateLimits.id });
  return rows.length > 0;
}
