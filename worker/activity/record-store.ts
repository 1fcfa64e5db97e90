import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../../protocol/conversation/actor.ts';
import type {
  ActivityValue,
  ActivityValues,
  SignInWay,
} from '../../protocol/resources/activity.ts';
import {
  ACTIVITY_KINDS,
  type ActivityField,
  type ActivityKind,
  type ActivitySubject,
  MAX_ACTIVITY_ITEMS,
  MAX_ACTIVITY_TEXT,
} from '../../protocol/resources/activity-kinds.ts';
import { tables } from '../database/configured.ts';
import { type Database, type Write, writeAll } from '../database/database.ts';
import { uuidv7 } from '../kernel/ids.ts';

const { activity, members, users } = tables;

/** In which organization something is done, and by whom. */
export type By = { organization_id: string; actor: Actor };

/** Something that is done. Of `before` and `after` only what differs is kept. */
export type Activity<Kind extends ActivityKind = ActivityKind> = {
  [Each in Kind]: {
    kind: Each;
    /** Of the thing that it is done to; left out for the organization itself. */
    subject?: { id: string; name?: string | null };
    before?: Values<Each>;
    after?: Values<Each>;
  };
}[Kind];

type Values<Kind extends ActivityKind> = Partial<Record<ActivityField<Kind>, ActivityValue>>;

/**
 * The write that puts an activity into the log. Whoever makes the change runs it with the change, in
 * one `writeAll`: both are there, or neither.
 *
 * @param when a condition that says whether the change takes effect, where that is not known before.
 *   Behind the change it asks for what is then; before a removal, for what is still there.
 */
export function recordActivity(db: Database, by: By, what: Activity, when?: SQL): Write {
  const { organization_id, id, ...row } = activityRow(by, what);
  if (!when) return db.insert(activity).values({ organization_id, id, ...row });
  return db.insert(activity).select(
    sql`SELECT ${sql.param(organization_id, activity.organization_id)},
      ${sql.param(id, activity.id)}, ${rest(row)} WHERE ${when}`,
  );
}

/**
 * The write of an activity that a store makes with its change, once it knows the condition under which
 * that takes effect.
 */
export type Recorder = (when?: SQL) => Write;

/** As `recordActivity`; null where of the values before and after none differs. */
export function recorderOfChange(db: Database, by: By, what: Activity): Recorder | undefined {
  const { before, after } = differing(what);
  if (!before && !after) return undefined;
  return (when) => recordActivity(db, by, what, when);
}

/** Records what has no write of its own, as an export: before it is done. */
export async function recordNow(db: Database, by: By, what: Activity): Promise<void> {
  await db.insert(activity).values(activityRow(by, what));
}

/** Records what a person does with their own account where no store of ours writes it: before it is. */
export async function recordOwnNow(
  db: Database,
  person: { id: string; name: string },
  kind: 'second_factor.added' | 'second_factor.removed' | 'sessions.ended',
): Promise<void> {
  await writeAll(db, [recordOfMember(db, person, { kind, subject: person })]);
}

/**
 * The same for what a person does with their own account: it is in the log of every organization that
 * they are a member of.
 */
export function recordOfMember(
  db: Database,
  { id: userId, name }: { id: string; name: string },
  what: Activity,
  when?: SQL,
): Write {
  const actor: Actor = { kind: 'agent', id: userId, name };
  const { id, organization_id: _, ...row } = activityRow({ organization_id: '', actor }, what);
  return db.insert(activity).select(
    sql`SELECT ${members.organizationId}, ${sql.param(id, activity.id)}, ${rest(row)}
      FROM ${members} WHERE ${and(eq(members.userId, userId), when)}`,
  );
}

/**
 * Records that somebody signs in. It is written before the session is: nobody is in without it. After
 * a password nothing is recorded of an account with a second factor, whose code has yet to follow.
 */
export async function recordSignIn(
  db: Database,
  organizationId: string,
  userId: string,
  way: SignInWay,
): Promise<void> {
  const [person] = await db
    .select({ name: users.name, two_factor: users.twoFactorEnabled })
    .from(users)
    .where(eq(users.id, userId));
  if (!person || (way === 'password' && person.two_factor)) return;
  const { name } = person;
  const by: By = { organization_id: organizationId, actor: { kind: 'agent', id: userId, name } };
  const subject = { id: userId, name };
  const row = activityRow(by, { kind: 'member.signed_in', subject, after: { way } });
  await db.insert(activity).values(row);
}

/** Whether two values are the same to the log. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The row of an activity: only the fields of its kind, and of them only what differs. */
export function activityRow({ organization_id, actor }: By, what: Activity) {
  const { area, subject: type } = ACTIVITY_KINDS[what.kind];
  const { before, after } = differing(what);
  const { id, name } = subjectOf(what, type, organization_id);
  return {
    organization_id,
    id: uuidv7(),
    area,
    kind: what.kind,
    actor,
    actor_id: 'id' in actor && actor.kind !== 'system' ? actor.id : null,
    subject_type: type,
    subject_id: id,
    subject_name: name,
    before,
    after,
  };
}

function subjectOf({ subject }: Activity, type: ActivitySubject, organizationId: string) {
  if (!subject) return { id: null, name: null };
  // Visitors' names are theirs: the log knows customers and conversations by their ids alone.
  const isNamed = type !== 'customer' && type !== 'conversation' && subject.id !== organizationId;
  return { id: subject.id, name: isNamed ? clipped(subject.name ?? null) : null };
}

/** What is kept of the values before and after; null where nothing is. */
function differing({ kind, before = {}, after = {} }: Activity) {
  const kept = {
    before: new Map<string, ActivityValue>(),
    after: new Map<string, ActivityValue>(),
  };
  const values = { before: new Map(Object.entries(before)), after: new Map(Object.entries(after)) };
  for (const field of ACTIVITY_KINDS[kind].fields ?? Object.keys({ ...before, ...after })) {
    const [old, next] = [values.before.get(field), values.after.get(field)];
    if (isSameValue(old, next)) continue;
    if (old !== undefined) kept.before.set(field, bounded(old));
    if (next !== undefined) kept.after.set(field, bounded(next));
  }
  return { before: valuesOf(kept.before), after: valuesOf(kept.after) };
}

function valuesOf(kept: Map<string, ActivityValue>): ActivityValues | null {
  return kept.size > 0 ? Object.fromEntries(kept) : null;
}

function bounded(value: ActivityValue): ActivityValue {
  if (typeof value === 'string') return clipped(value);
  if (!Array.isArray(value)) return value;
  const items = value.slice(0, MAX_ACTIVITY_ITEMS).map((item) => clipped(item) ?? '');
  return value.length > MAX_ACTIVITY_ITEMS ? [...items, '…'] : items;
}

function clipped(text: string | null): string | null {
  if (text === null || text.length <= MAX_ACTIVITY_TEXT) return text;
  // Not in the middle of a character.
  return `${text.slice(0, MAX_ACTIVITY_TEXT).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The columns behind the key, in the order of the table. */
function rest(row: Omit<typeof activity.$inferInsert, 'organization_id' | 'id'>): SQL {
  const columns = [
    sql.param(row.area, activity.area),
    sql.param(row.kind, activity.kind),
    sql.param(row.actor, activity.actor),
    sql.param(row.actor_id, activity.actor_id),
    sql.param(row.subject_type, activity.subject_type),
    sql.param(row.subject_id, activity.subject_id),
    sql.param(row.subject_name, activity.subject_name),
    sql.param(row.before, activity.before),
    sql.param(row.after, activity.after),
  ];
  return sql.join(columns, sql`, `);
}
