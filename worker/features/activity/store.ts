import { and, type Column, desc, eq, gte, lt, ne, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { storedActor } from '../../../protocol/conversation/actor.ts';
import type { ActivityRecord, ActivitySettings } from '../../../protocol/resources/activity.ts';
import { ACTIVITY_KINDS, isActivityKind } from '../../../protocol/resources/activity-kinds.ts';
import { recordActivity } from '../../activity/record-store.ts';
import { type By, isSameValue } from '../../activity/row.ts';
import { tables } from '../../database/configured.ts';
import { decodeCursor, encodeCursor } from '../../database/cursor.ts';
import { type Database, writeAll } from '../../database/database.ts';
import { idAt, timeOf } from '../../kernel/ids.ts';

const { activity, organizations } = tables;

/**
 * Rows that a page with more than one filter looks through. One filter has an index, and a page reads
 * what it shows.
 */
const LOOKED_THROUGH = 1_000;

export type ActivityFilter = {
  /** An area, or one kind of activity. */
  kind?: string | undefined;
  /** An area that is left out. */
  without?: string | undefined;
  /** The id of the actor. */
  actor?: string | undefined;
  /** What it was done to, by its id. */
  subject?: string | undefined;
  from?: Date | undefined;
  /** Up to, and without, this time. */
  to?: Date | undefined;
};

/**
 * A page of an organization's activity, the newest first. It reads as many rows whether there are ten
 * thousand or a million. With `without`, or with two filters of `kind`, `actor` and `subject`, it looks through a bounded
 * number of rows, so that a page may be short or empty and yet have a next one.
 *
 * @throws FoyerError validation_failed for a cursor that is not one of this list's
 */
export async function listActivity(
  db: Database,
  organizationId: string,
  filter: ActivityFilter,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: ActivityRecord[]; next_cursor: string | null }> {
  const before = cursor === undefined ? undefined : decodeCursor(cursor, z.tuple([z.uuid()]))[0];
  const { lead, others } = conditions(filter);
  const within = and(
    eq(activity.organization_id, organizationId),
    lead,
    before === undefined ? undefined : lt(activity.id, before),
    filter.from && gte(activity.id, idAt(filter.from)),
    filter.to && lt(activity.id, idAt(filter.to)),
  );
  const newest = db.select().from(activity).where(within).orderBy(desc(activity.id));
  if (others.length === 0) {
    const rows = await newest.limit(limit + 1);
    return pageOf(rows, limit, null);
  }
  const some = newest.limit(LOOKED_THROUGH).as('newest');
  const rows = await db
    .select()
    .from(some)
    .where(and(...others.map((other) => other(some))))
    .orderBy(desc(some.id))
    .limit(limit + 1);
  if (rows.length > limit) return pageOf(rows, limit, null);
  // Where the looking ended, if there is more behind it.
  const [last] = await db
    .select({ id: activity.id })
    .from(activity)
    .where(within)
    .orderBy(desc(activity.id))
    .limit(1)
    .offset(LOOKED_THROUGH - 1);
  return pageOf(rows, limit, last?.id ?? null);
}

type Columns = Record<'area' | 'kind' | 'actor_id', Column>;

/** The condition that an index finds the rows by, and those that choose among what it finds. */
function conditions({ kind, without, actor, subject }: ActivityFilter) {
  const others: ((columns: Columns) => SQL)[] = [];
  if (without !== undefined) others.push((columns) => ne(columns.area, without));
  const conditions: SQL[] = [];
  if (subject !== undefined) conditions.push(eq(activity.subject_id, subject));
  if (actor !== undefined) {
    if (conditions.length === 0) conditions.push(eq(activity.actor_id, actor));
    else others.push((columns) => eq(columns.actor_id, actor));
  }
  if (kind !== undefined) {
    const area = isActivityKind(kind) ? ACTIVITY_KINDS[kind].area : kind;
    if (conditions.length === 0) conditions.push(eq(activity.area, area));
    else others.push((columns) => eq(columns.area, area));
    if (isActivityKind(kind)) others.push((columns) => eq(columns.kind, kind));
  }
  return { lead: conditions[0], others };
}

function pageOf(rows: (typeof activity.$inferSelect)[], limit: number, further: string | null) {
  const last = rows.length > limit ? rows[limit - 1]?.id : further;
  return {
    items: rows.slice(0, limit).map(toRecord),
    next_cursor: last ? encodeCursor([last]) : null,
  };
}

function toRecord(row: typeof activity.$inferSelect): ActivityRecord {
  const { id, area, kind, actor, subject_type, subject_id, subject_name, before, after } = row;
  return {
    id,
    at: timeOf(id).toISOString(),
    area,
    kind,
    actor: storedActor.parse(actor),
    subject: subject_type ? { type: subject_type, id: subject_id, name: subject_name } : null,
    before,
    after,
  };
}

/** How the organization keeps its activity; null for an organization that is gone. */
export async function readActivitySettings(
  db: Database,
  organizationId: string,
): Promise<ActivitySettings | null> {
  const [row] = await db
    .select({
      kept_days: organizations.activity_days,
      conversations: organizations.activity_conversations,
    })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  return row ?? null;
}

/** Changes it; what is left out stays. Answers what holds now. */
export async function changeActivitySettings(
  db: Database,
  by: By,
  change: Partial<ActivitySettings>,
): Promise<ActivitySettings | null> {
  const before = await readActivitySettings(db, by.organization_id);
  if (!before) return null;
  const after = { ...before, ...change };
  if (isSameValue(before, after)) return after;
  await writeAll(db, [
    db
      .update(organizations)
      .set({ activity_days: after.kept_days, activity_conversations: after.conversations })
      .where(eq(organizations.id, by.organization_id)),
    recordActivity(db, by, { kind: 'activity.settings_changed', before, after }),
  ]);
  return after;
}
