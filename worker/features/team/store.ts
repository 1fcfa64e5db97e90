import { and, eq, exists, inArray, ne, sql } from 'drizzle-orm';
import type { MemberRole } from '../../../protocol/resources/member.ts';
import { memberRole } from '../../../protocol/resources/member.ts';
import type { Recorder } from '../../activity/record-store.ts';
import { tables } from '../../database/configured.ts';
import { type Database, type Write, writeAll } from '../../database/database.ts';
import { shownAddress } from '../addresses/store.ts';

const { departmentMembers, departments, invitations, members, organizations, sessions, users } =
  tables;

export type MemberRow = {
  id: string;
  user_id: string;
  role: MemberRole;
  name: string;
  /** The address of the account, proven or not. */
  email: string;
};

/** Somebody of the organization, by the membership's id. */
export async function findMember(
  db: Database,
  organizationId: string,
  id: string,
): Promise<MemberRow | null> {
  const [row] = await db
    .select({
      id: members.id,
      user_id: users.id,
      role: members.role,
      name: users.name,
      email: shownAddress,
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(isMember(organizationId, id));
  return row ? { ...row, role: memberRole.parse(row.role) } : null;
}

/**
 * Gives a member another role. Invitations of theirs that the new role could not make end with it.
 *
 * @param ends the roles that somebody of the new one may not give
 * @returns false, with nothing changed, where the organization would be left without an owner
 */
export async function changeRole(
  db: Database,
  organizationId: string,
  { id, user_id }: Pick<MemberRow, 'id' | 'user_id'>,
  role: MemberRole,
  ends: readonly MemberRole[],
  record?: Recorder,
): Promise<boolean> {
  const hasRole = sql`EXISTS (SELECT 1 FROM ${members} WHERE ${and(
    isMember(organizationId, id),
    eq(members.role, role),
  )})`;
  await writeAll(db, [
    hold(db, organizationId),
    db
      .update(members)
      .set({ role })
      .where(
        and(
          isMember(organizationId, id),
          role === 'owner' ? undefined : leavesAnOwner(organizationId, id),
        ),
      ),
    ...(record ? [record(hasRole)] : []),
    ...(ends.length > 0
      ? [
          db
            .update(invitations)
            .set({ status: 'canceled' })
            .where(
              and(
                pendingOf(organizationId, user_id),
                inArray(invitations.role, [...ends]),
                hasRole,
              ),
            ),
        ]
      : []),
  ]);
  return (await findMember(db, organizationId, id))?.role === role;
}

/**
 * Takes somebody out of the organization: their membership, the departments they served, their
 * sessions here, and the invitations they sent that nobody has accepted yet.
 *
 * @returns false, with nothing changed, where the organization would be left without an owner
 */
export async function removeMember(
  db: Database,
  organizationId: string,
  { id, user_id }: Pick<MemberRow, 'id' | 'user_id'>,
  record?: Recorder,
): Promise<boolean> {
  const may = and(isMember(organizationId, id), leavesAnOwner(organizationId, id));
  const isGone = sql`NOT EXISTS (SELECT 1 FROM ${members} WHERE ${and(
    eq(members.organizationId, organizationId),
    eq(members.userId, user_id),
  )})`;
  await writeAll(db, [
    hold(db, organizationId),
    ...(record ? [record(exists(db.select().from(members).where(may)))] : []),
    db.delete(members).where(may),
    db
      .delete(departmentMembers)
      .where(
        and(
          eq(departmentMembers.organization_id, organizationId),
          eq(departmentMembers.user_id, user_id),
          isGone,
        ),
      ),
    db.delete(sessions).where(and(sessionsHere(organizationId, user_id), isGone)),
    db
      .update(invitations)
      .set({ status: 'canceled' })
      .where(and(pendingOf(organizationId, user_id), isGone)),
  ]);
  return (await findMember(db, organizationId, id)) === null;
}

/** Ends all that somebody's browsers have open here. */
export async function endSessions(
  db: Database,
  organizationId: string,
  userId: string,
  record?: Recorder,
): Promise<void> {
  await writeAll(db, [
    db.delete(sessions).where(sessionsHere(organizationId, userId)),
    ...(record ? [record()] : []),
  ]);
}

/** Sets the departments that a member serves. Unknown ids are ignored. */
export async function serveDepartments(
  db: Database,
  organizationId: string,
  userId: string,
  departmentIds: readonly string[],
  record?: Recorder,
): Promise<void> {
  await writeAll(db, [
    db
      .delete(departmentMembers)
      .where(
        and(
          eq(departmentMembers.organization_id, organizationId),
          eq(departmentMembers.user_id, userId),
        ),
      ),
    ...servingDepartments(db, organizationId, userId, departmentIds),
    ...(record ? [record()] : []),
  ]);
}

/** The writes that make a member serve departments beside those that they serve. Unknown ids are ignored. */
export function servingDepartments(
  db: Database,
  organizationId: string,
  userId: string,
  departmentIds: readonly string[],
): Write[] {
  return departmentIds.map((id) =>
    db.insert(departmentMembers).select(
      sql`SELECT ${departments.organization_id}, ${departments.id},
          ${sql.param(userId, departmentMembers.user_id)}
          FROM ${departments} WHERE ${and(
            eq(departments.organization_id, organizationId),
            eq(departments.id, id),
          )}`,
    ),
  );
}

/** Sets whether the organization's agents see only the departments that they serve. */
export async function restrictAgents(
  db: Database,
  organizationId: string,
  restricted: boolean,
  record?: Recorder,
): Promise<void> {
  await writeAll(db, [
    db
      .update(organizations)
      .set({ restrict_agents: restricted })
      .where(eq(organizations.id, organizationId)),
    ...(record ? [record()] : []),
  ]);
}

/** Whether the organization's agents see only the departments that they serve. */
export async function findRestriction(db: Database, organizationId: string): Promise<boolean> {
  const [row] = await db
    .select({ restricted: organizations.restrict_agents })
    .from(organizations)
    .where(eq(organizations.id, organizationId));
  return row?.restricted ?? false;
}

/** What somebody is in an organization; null for one who is no member of it. */
export async function findRole(
  db: Database,
  organizationId: string,
  userId: string,
): Promise<MemberRole | null> {
  const [row] = await db
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
  return row ? memberRole.parse(row.role) : null;
}

/** What a member is called; null for one who is no member of the organization. */
export async function findMemberName(
  db: Database,
  organizationId: string,
  userId: string,
): Promise<string | null> {
  const [row] = await db
    .select({ name: users.name })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, organizationId), eq(members.userId, userId)));
  return row?.name ?? null;
}

/** What a department is called; null for one that is gone. */
export async function findDepartmentName(
  db: Database,
  organizationId: string,
  id: string,
): Promise<string | null> {
  const [row] = await db
    .select({ name: departments.name })
    .from(departments)
    .where(and(eq(departments.organization_id, organizationId), eq(departments.id, id)));
  return row?.name ?? null;
}

/** The names of the departments that somebody serves, and of those that are named by their ids. */
export async function departmentNames(
  db: Database,
  organizationId: string,
  userId: string,
  ids: readonly string[],
): Promise<{ served: string[]; named: string[]; servedIds: string[] }> {
  const [all, serving] = await Promise.all([
    db
      .select({ id: departments.id, name: departments.name })
      .from(departments)
      .where(eq(departments.organization_id, organizationId)),
    db
      .select({ id: departmentMembers.department_id })
      .from(departmentMembers)
      .where(
        and(
          eq(departmentMembers.organization_id, organizationId),
          eq(departmentMembers.user_id, userId),
        ),
      ),
  ]);
  const namesOf = (wanted: readonly string[]) =>
    all.flatMap(({ id, name }) => (wanted.includes(id) ? [name] : [])).sort();
  const servedIds = serving.map(({ id }) => id);
  return { served: namesOf(servedIds), named: namesOf(ids), servedIds };
}

/** In how many organizations somebody is. */
export async function countMemberships(db: Database, userId: string): Promise<number> {
  const rows = await db
    .select({ id: members.id })
    .from(members)
    .where(eq(members.userId, userId))
    .limit(2);
  return rows.length;
}

/**
 * Changes nothing, and holds the organization's row: two changes of its members at once come one
 * after the other, and the second sees what the first did. On D1 every batch does.
 */
function hold(db: Database, organizationId: string) {
  return db
    .update(organizations)
    .set({ name: sql`${organizations.name}` })
    .where(eq(organizations.id, organizationId));
}

/** That the member is no owner, or not the only one. */
function leavesAnOwner(organizationId: string, id: string) {
  // By its own name: the row beside which another owner is looked for is of the same table.
  return sql`(${members.role} <> 'owner' OR EXISTS (SELECT 1 FROM ${members} AS other
    WHERE other.organization_id = ${sql.param(organizationId, members.organizationId)}
    AND other.role = 'owner' AND other.id <> ${sql.param(id, members.id)}))`;
}

function isMember(organizationId: string, id: string) {
  return and(eq(members.organizationId, organizationId), eq(members.id, id));
}

/** The invitations that somebody sent and nobody has answered. */
function pendingOf(organizationId: string, userId: string) {
  return and(
    eq(invitations.organizationId, organizationId),
    eq(invitations.inviterId, userId),
    eq(invitations.status, 'pending'),
  );
}

function sessionsHere(organizationId: string, userId: string) {
  return and(eq(sessions.activeOrganizationId, organizationId), eq(sessions.userId, userId));
}

/**
 * Ends a person's sessions, in every organization.
 *
 * @param keep the id of a session that stays
 * @param record a write that takes effect together with the end of the sessions
 * @returns the sessions that ended, each with its organization
 */
export async function endSessionsEverywhere(
  db: Database,
  userId: string,
  { keep, record }: { keep?: string; record?: Write } = {},
): Promise<{ id: string; organization_id: string | null }[]> {
  const ending = and(
    eq(sessions.userId, userId),
    keep === undefined ? undefined : ne(sessions.id, keep),
  );
  const ended = await db
    .select({ id: sessions.id, organization_id: sessions.activeOrganizationId })
    .from(sessions)
    .where(ending);
  await writeAll(db, [db.delete(sessions).where(ending), ...(record ? [record] : [])]);
  return ended;
}
