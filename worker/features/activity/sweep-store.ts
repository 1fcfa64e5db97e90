import { and, asc, eq, exists, gt, inArray, lt, or } from 'drizzle-orm';
import { ACTIVITY_DAYS } from '../../../protocol/resources/activity-kinds.ts';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import { idAt } from '../../kernel/ids.ts';

const { activity, organizations } = tables;

/** Organizations that are asked for at once, rows that a statement deletes, and statements of a night. */
const ORGANIZATIONS = 100;
const ROWS = 500;
const STATEMENTS = 400;

const DAY = 86_400_000;

/**
 * Deletes activity that is older than its organization keeps it, in steps that stand alone: a sweep may
 * break off anywhere, and the next one goes on. What does not fit into a night goes with the next ones.
 *
 * @returns how many rows went
 */
export async function sweepActivity(
  db: Database,
  now: Date,
  statements = STATEMENTS,
): Promise<number> {
  let gone = 0;
  let left = statements;
  let after: string | undefined;
  while (left > 0) {
    const due = await organizationsWithOld(db, now, after);
    left -= 1;
    for (const { id, days } of due) {
      while (left > 0) {
        const count = await deleteSome(db, id, endOf(days, now));
        left -= 1;
        gone += count;
        if (count < ROWS) break;
      }
    }
    after = due.at(-1)?.id;
    if (due.length < ORGANIZATIONS) break;
  }
  return gone;
}

/** The organizations that have something to delete, by their ids, and for how long they keep it. */
async function organizationsWithOld(db: Database, now: Date, after: string | undefined) {
  // One for each span: a condition that names several would read all that an organization has.
  const hasOld = ACTIVITY_DAYS.map((days) => {
    const old = db
      .select({ id: activity.id })
      .from(activity)
      .where(
        and(eq(activity.organization_id, organizations.id), lt(activity.id, endOf(days, now))),
      );
    return and(eq(organizations.activity_days, days), exists(old));
  });
  const rows = await db
    .select({ id: organizations.id, days: organizations.activity_days })
    .from(organizations)
    .where(and(after === undefined ? undefined : gt(organizations.id, after), or(...hasOld)))
    .orderBy(asc(organizations.id))
    .limit(ORGANIZATIONS);
  return rows.flatMap(({ id, days }) => (days === null ? [] : [{ id, days }]));
}

async function deleteSome(db: Database, organizationId: string, end: string): Promise<number> {
  const own = eq(activity.organization_id, organizationId);
  const some = db
    .select({ id: activity.id })
    .from(activity)
    .where(and(own, lt(activity.id, end)))
    .orderBy(asc(activity.id))
    .limit(ROWS);
  const rows = await db
    .delete(activity)
    .where(and(own, inArray(activity.id, some)))
    .returning({ id: activity.id });
  return rows.length;
}

/** What was made before has a smaller id. */
const endOf = (days: number, now: Date) => idAt(new Date(now.getTime() - days * DAY));
