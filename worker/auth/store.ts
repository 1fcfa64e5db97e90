import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import { tables } from '../database/configured.ts';
import type { Database } from '../database/database.ts';
import { shownAddress } from '../features/addresses/store.ts';

const { departmentMembers, members, organizations, sessions, users } = tables;

const DAY = 24 * 60 * 60_000;

/**
 * Finds an agent's session with its person and organization: a row for each department that they serve
 * where it matters which, otherwise one row; none if the session has ended or the person is not a member.
 *
 * @param idleSince a session that was used last at this time or before it has ended
 */
export function findSession(database: Database, token: string, idleSince: Date) {
  let statement = statements.get(database);
  if (!statement) {
    statement = sessionStatement(database);
    statements.set(database, statement);
  }
  return statement.execute({ token, now: new Date(), idle_since: idleSince });
}

/** Each request of the dashboard asks it; on D1 the database, and so the statement, is made once. */
const statements = new WeakMap<Database, ReturnType<typeof sessionStatement>>();

function sessionStatement(database: Database) {
  return (
    database
      .select({
        user: {
          id: users.id,
          name: users.name,
          email: shownAddress,
          email_verified: users.emailVerified,
          image: users.image,
          two_factor: users.twoFactorEnabled,
        },
        session: { id: sessions.id, expires_at: sessions.expiresAt },
        used_at: sessions.updatedAt,
        organization: {
          id: organizations.id,
          name: organizations.name,
          slug: organizations.slug,
          restrict_agents: organizations.restrict_agents,
        },
        role: members.role,
        department_id: departmentMembers.department_id,
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .innerJoin(
        members,
        and(
          eq(members.organizationId, sessions.activeOrganizationId),
          eq(members.userId, sessions.userId),
        ),
      )
      .innerJoin(organizations, eq(organizations.id, members.organizationId))
      // A row for each department, where it matters which they are.
      .leftJoin(
        departmentMembers,
        and(
          eq(organizations.restrict_agents, true),
          eq(departmentMembers.organization_id, members.organizationId),
          eq(departmentMembers.user_id, members.userId),
        ),
      )
      .where(
        and(
          eq(sessions.token, sql.placeholder('token')),
          gt(sessions.expiresAt, sql.param(sql.placeholder('now'), sessions.expiresAt)),
          gt(sessions.updatedAt, sql.param(sql.placeholder('idle_since'), sessions.updatedAt)),
        ),
      )
      .prepare()
  );
}

/** Notes that a session is used: one write a day, however many requests there are. */
export async function noteUse(database: Database, id: string, used_at: Date): Promise<void> {
  const yesterday = new Date(Date.now() - DAY);
  if (used_at > yesterday) return;
  await database
    .update(sessions)
    .set({ updatedAt: new Date() })
    .where(and(eq(sessions.id, id), lte(sessions.updatedAt, yesterday)));
}

/** The organization that somebody has been with for longest. */
export async function findFirstOrganization(
  database: Database,
  userId: string,
): Promise<string | undefined> {
  const [first] = await database
    .select({ id: members.organizationId })
    .from(members)
    .where(eq(members.userId, userId))
    .orderBy(asc(members.createdAt), asc(members.id))
    .limit(1);
  return first?.id;
}
