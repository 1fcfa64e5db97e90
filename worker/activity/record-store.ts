import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../../protocol/conversation/actor.ts';
import type { SignInWay } from '../../protocol/resources/activity.ts';
import { tables } from '../database/configured.ts';
import { type Database, type Write, writeAll } from '../database/database.ts';
import { type Activity, activityRow, type By, differing } from './row.ts';

const { activity, members, users } = tables;

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

/**
 * Records a change of a person's own account that better-auth writes, before it is written: after a
 * crash in between the log may have a change that was not made, but none is missing in it.
 */
export async function recordOwnNow(
  db: Database,
  person: { id: string; name: string },
  kind: 'second_factor.added' | 'second_factor.removed',
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
