import { and, desc, eq, exists, gt, or, type SQL } from 'drizzle-orm';
import type { MemberRole } from '../../../protocol/resources/member.ts';
import { memberRole } from '../../../protocol/resources/member.ts';
import { recordActivity } from '../../activity/record-store.ts';
import type { By } from '../../activity/row.ts';
import { tables } from '../../database/configured.ts';
import { type Database, type Write, writeAll } from '../../database/database.ts';
import { uuidv7 } from '../../kernel/ids.ts';
import { displaceUnproven, giveProven, standIn } from '../addresses/store.ts';
import { passkeyRow } from '../passkeys/store.ts';
import type { NewCredential } from '../passkeys/webauthn.ts';
import { servingDepartments } from '../team/store.ts';

const { accounts, invitations, members, organizations, passkeys, users } = tables;

export type InvitationRow = {
  id: string;
  organization: { id: string; name: string };
  email: string;
  role: MemberRole;
  status: string;
  /** The departments that the person serves once they have joined. */
  department_ids: string[];
  inviter: string;
  /** The inviter's role now; null for one who is no member any more. */
  inviter_role: MemberRole | null;
  expires_at: Date;
};

/** Invitations of an organization that may be pending at once, without the expired ones. */
export const MAX_INVITATIONS = 100;

const columns = {
  id: invitations.id,
  organization: { id: organizations.id, name: organizations.name },
  email: invitations.email,
  role: invitations.role,
  status: invitations.status,
  department_ids: invitations.department_ids,
  inviter: users.name,
  inviter_role: members.role,
  expires_at: invitations.expiresAt,
};

/** The condition that joins the inviter's membership. */
const asMember = and(
  eq(members.organizationId, invitations.organizationId),
  eq(members.userId, invitations.inviterId),
);

function toRow<Row extends { role: string | null; inviter_role: string | null }>(row: Row) {
  return {
    ...row,
    role: memberRole.parse(row.role),
    inviter_role: memberRole.nullable().parse(row.inviter_role),
  };
}

/** The pending invitations, newest first, including expired ones. */
export async function listInvitations(
  db: Database,
  organizationId: string,
): Promise<InvitationRow[]> {
  const rows = await db
    .select(columns)
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .innerJoin(users, eq(users.id, invitations.inviterId))
    .leftJoin(members, asMember)
    .where(and(eq(invitations.organizationId, organizationId), eq(invitations.status, 'pending')))
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(MAX_INVITATIONS);
  return rows.map(toRow);
}

export async function findInvitation(db: Database, id: string): Promise<InvitationRow | null> {
  const [row] = await db
    .select(columns)
    .from(invitations)
    .innerJoin(organizations, eq(organizations.id, invitations.organizationId))
    .innerJoin(users, eq(users.id, invitations.inviterId))
    .leftJoin(members, asMember)
    .where(eq(invitations.id, id));
  return row ? toRow(row) : null;
}

/** Invites an address; an earlier invitation of the same address ends. Answers its id. */
export async function invite(
  db: Database,
  organizationId: string,
  wanted: {
    email: string;
    role: MemberRole;
    department_ids?: string[];
    inviter_id: string;
    expires_at: Date;
  },
  by?: By,
): Promise<string> {
  const id = uuidv7();
  await writeAll(db, [
    db
      .update(invitations)
      .set({ status: 'canceled' })
      .where(
        and(
          eq(invitations.organizationId, organizationId),
          eq(invitations.email, wanted.email),
          eq(invitations.status, 'pending'),
        ),
      ),
    db.insert(invitations).values({
      id,
      organizationId,
      email: wanted.email,
      role: wanted.role,
      status: 'pending',
      department_ids: wanted.department_ids ?? [],
      inviterId: wanted.inviter_id,
      expiresAt: wanted.expires_at,
      createdAt: new Date(),
    }),
    ...(by ? [recordInvitation(db, by, 'invitation.sent', { id, ...wanted })] : []),
  ]);
  return id;
}

/** Gives a pending invitation a new end, and a new inviter. Returns whether there is one. */
export async function prolong(
  db: Database,
  organizationId: string,
  id: string,
  { expiresAt, inviterId }: { expiresAt: Date; inviterId: string },
  by: By,
): Promise<boolean> {
  return changePending(db, organizationId, id, by, 'invitation.resent', { expiresAt, inviterId });
}

/** Takes a pending invitation back; whether there was one. */
export async function revokeInvitation(
  db: Database,
  organizationId: string,
  id: string,
  by: By,
): Promise<boolean> {
  return changePending(db, organizationId, id, by, 'invitation.revoked', { status: 'canceled' });
}

/** Changes a pending invitation, and records it; whether there is one. */
async function changePending(
  db: Database,
  organizationId: string,
  id: string,
  by: By,
  kind: 'invitation.resent' | 'invitation.revoked',
  change: Partial<typeof invitations.$inferInsert>,
): Promise<boolean> {
  const it = isPending(organizationId, id);
  const find = db
    .select({ id: invitations.id, email: invitations.email, role: invitations.role })
    .from(invitations)
    .where(it);
  const [row] = await find;
  if (!row) return false;
  await writeAll(db, [
    recordInvitation(db, by, kind, row, exists(find)),
    db.update(invitations).set(change).where(it),
  ]);
  return true;
}

function recordInvitation(
  db: Database,
  by: By,
  kind: 'invitation.sent' | 'invitation.resent' | 'invitation.revoked',
  { id, email, role }: { id: string; email: string; role: string | null },
  when?: SQL,
): Write {
  return recordActivity(db, by, { kind, subject: { id, name: email }, after: { role } }, when);
}

/** Uses an invitation up; false for one that was used, taken back or is past its time. */
export async function useUp(db: Database, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(invitations)
    .set({ status: 'accepted' })
    .where(
      and(
        eq(invitations.id, id),
        eq(invitations.status, 'pending'),
        gt(invitations.expiresAt, now),
      ),
    )
    .returning({ id: invitations.id });
  return rows.length > 0;
}

/** Makes an invitation that was used up usable again: what it was used for failed. */
export async function giveBack(db: Database, id: string): Promise<void> {
  await db.update(invitations).set({ status: 'pending' }).where(eq(invitations.id, id));
}

/** Whether somebody of the organization has or names this address. */
export async function isMemberAddress(
  db: Database,
  organizationId: string,
  email: string,
): Promise<boolean> {
  const rows = await db
    .select({ id: members.id })
    .from(users)
    .innerJoin(members, eq(members.userId, users.id))
    .where(
      and(
        eq(members.organizationId, organizationId),
        or(eq(users.email, email), eq(users.claimedEmail, email)),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** The person who joins: an existing account or a new one. */
export type Joiner =
  /** `proves`: the address that the account proved with it, and what it was found by. */
  | { user_id: string; proves?: { key: string; email: string } }
  | {
      name: string;
      email: string;
      /** The hash; null for an account with a passkey and without a password. */
      password: string | null;
      proven: boolean;
      /** Made for the id that the account gets. */
      passkey?: { user_id: string; name: string; credential: NewCredential };
    };

/**
 * Adds a person, with an account of their own where they have none, to an organization. A proven
 * address is taken from an account that holds it without proof. A duplicate where the account is a
 * member already, or another account has proved the address.
 *
 * @param departmentIds the departments that they serve from then on; unknown ones are left out
 */
export async function join(
  db: Database,
  organizationId: string,
  role: MemberRole,
  joiner: Joiner,
  departmentIds: readonly string[] = [],
): Promise<string> {
  const now = new Date();
  const stamps = { createdAt: now, updatedAt: now };
  const userId = userIdOf(joiner);
  const member = db
    .insert(members)
    .values({ id: uuidv7(), organizationId, userId, role, createdAt: now });
  const serving = servingDepartments(db, organizationId, userId, departmentIds);
  const joined = (name: string) =>
    recordActivity(
      db,
      { organization_id: organizationId, actor: { kind: 'agent', id: userId, name } },
      { kind: 'member.joined', subject: { id: userId, name }, after: { role } },
    );
  if ('user_id' in joiner) {
    const { proves } = joiner;
    const [person] = await db.select({ name: users.name }).from(users).where(eq(users.id, userId));
    await writeAll(db, [
      member,
      ...serving,
      joined(person?.name ?? ''),
      ...(proves
        ? [
            displaceUnproven(db, proves.email, userId),
            giveProven(db, userId, proves.key, proves.email),
          ]
        : []),
    ]);
    return userId;
  }
  const { name, email, password, proven, passkey } = joiner;
  const address = proven
    ? { email, emailVerified: true }
    : { email: standIn(userId), claimedEmail: email };
  const writes: [Write, ...Write[]] = [
    db.insert(users).values({ id: userId, name, ...address, ...stamps }),
    db.insert(accounts).values({
      id: uuidv7(),
      accountId: userId,
      providerId: 'credential',
      userId,
      password,
      ...stamps,
    }),
    member,
    ...serving,
    joined(name),
    ...(passkey
      ? [db.insert(passkeys).values(passkeyRow(userId, passkey.name, passkey.credential))]
      : []),
  ];
  await writeAll(db, proven ? [displaceUnproven(db, email, userId), ...writes] : writes);
  return userId;
}

function userIdOf(joiner: Joiner): string {
  if ('user_id' in joiner) return joiner.user_id;
  return joiner.passkey?.user_id ?? uuidv7();
}

function isPending(organizationId: string, id: string) {
  return and(
    eq(invitations.organizationId, organizationId),
    eq(invitations.id, id),
    eq(invitations.status, 'pending'),
  );
}
