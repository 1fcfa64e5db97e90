import { and, desc, eq, exists, gt, sql } from 'drizzle-orm';
import { type Preferences, preferences } from '../../../protocol/resources/preferences.ts';
import { type Recorder, recordOfMember } from '../../activity/record-store.ts';
import { lastIdle } from '../../auth/agents-session.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';
import { displaceUnproven, giveProven, shownAddress } from '../addresses/store.ts';

const {
  accounts,
  members,
  organizations,
  sessions,
  twoFactors,
  userPictures,
  userPreferences,
  users,
} = tables;

/** What belongs to a person and to no organization. */

/** What somebody chose, with the defaults for the rest. */
export async function readPreferences(db: Database, userId: string): Promise<Preferences> {
  const [row] = await db
    .select({ preferences: userPreferences.preferences })
    .from(userPreferences)
    .where(eq(userPreferences.user_id, userId));
  return preferences.parse(row?.preferences ?? {});
}

/** Changes some of what somebody chose, by what it was; answers all of it. */
export async function changePreferences(
  db: Database,
  userId: string,
  change: (before: Preferences) => Partial<Preferences>,
): Promise<Preferences> {
  const before = await readPreferences(db, userId);
  const next = { ...before, ...change(before) };
  await db
    .insert(userPreferences)
    .values({ user_id: userId, preferences: next })
    .onConflictDoUpdate({ target: userPreferences.user_id, set: { preferences: next } });
  return next;
}

export async function rename(
  db: Database,
  person: { id: string; name: string },
  name: string,
): Promise<void> {
  const what = {
    kind: 'member.renamed',
    subject: person,
    before: { name: person.name },
    after: { name },
  } as const;
  await writeAll(db, [
    db.update(users).set({ name, updatedAt: new Date() }).where(eq(users.id, person.id)),
    recordOfMember(db, person, what),
  ]);
}

export type Person = {
  id: string;
  name: string;
  /** The address of the account, proven or not. */
  email: string;
  /** What better-auth finds the account by: the address, or a stand-in for one that is claimed. */
  key: string;
  proven: boolean;
  two_factor: boolean;
  created_at: Date;
  /** The hash of the password. */
  password: string | null;
};

/** An account by its id or by the address that it holds; claims of an address are not found by it. */
export async function findPerson(
  db: Database,
  where: { id: string } | { email: string },
): Promise<Person | null> {
  const [row] = await db
    .select({
      id: users.id,
      name: users.name,
      email: shownAddress,
      key: users.email,
      proven: users.emailVerified,
      two_factor: users.twoFactorEnabled,
      created_at: users.createdAt,
      password: accounts.password,
    })
    .from(users)
    .leftJoin(accounts, and(eq(accounts.userId, users.id), eq(accounts.providerId, 'credential')))
    .where('id' in where ? eq(users.id, where.id) : eq(users.email, where.email));
  return row ?? null;
}

/** Sets a password's hash, if it is still the one that was read; whether it was. */
export async function replacePassword(
  db: Database,
  person: { id: string; name: string },
  before: string,
  after: string,
  kind: 'password.changed' | 'password.reset',
): Promise<boolean> {
  const own = and(eq(accounts.userId, person.id), eq(accounts.providerId, 'credential'));
  // A hash is like no other: it is there only where this write put it there.
  const find = db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(own, eq(accounts.password, after)));
  await writeAll(db, [
    db
      .update(accounts)
      .set({ password: after, updatedAt: new Date() })
      .where(and(own, eq(accounts.password, before))),
    recordOfMember(db, person, { kind, subject: person }, exists(find)),
  ]);
  return (await find).length > 0;
}

/**
 * Makes an address somebody's proven one, if their account is still found by `key`; whether it was.
 * Another account that holds the address without proof loses it. A duplicate where another account
 * has proved it.
 */
export async function confirmAddress(
  db: Database,
  userId: string,
  key: string,
  email: string,
): Promise<boolean> {
  const isStill = await findPerson(db, { id: userId });
  if (isStill?.key !== key) return false;
  const subject = { id: userId, name: isStill.name };
  await writeAll(db, [
    displaceUnproven(db, email, userId),
    giveProven(db, userId, key, email),
    recordOfMember(db, subject, { kind: 'address.changed', subject }),
  ]);
  const now = await findPerson(db, { id: userId });
  return now?.key === email && now.proven;
}

/** The organizations that somebody is a member of. */
export async function organizationsOf(db: Database, userId: string): Promise<string[]> {
  const rows = await db
    .select({ id: members.organizationId })
    .from(members)
    .where(eq(members.userId, userId));
  return rows.map(({ id }) => id);
}

/** What the organizations are called that a person is a member of. */
export async function organizationNames(db: Database, userId: string): Promise<string[]> {
  const rows = await db
    .select({ name: organizations.name })
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .where(eq(members.userId, userId));
  return rows.map(({ name }) => name);
}

/** Takes somebody's second factor away; what they may do stays as it is. */
export async function removeSecondFactor(
  db: Database,
  userId: string,
  record: Recorder,
): Promise<void> {
  await writeAll(db, [
    db.delete(twoFactors).where(eq(twoFactors.userId, userId)),
    db.update(users).set({ twoFactorEnabled: false }).where(eq(users.id, userId)),
    record(),
  ]);
}

/** Somebody's sessions in an organization, the newest first. */
export async function listSessions(db: Database, organizationId: string, userId: string) {
  return db
    .select({
      id: sessions.id,
      user_agent: sessions.userAgent,
      ip_address: sessions.ipAddress,
      created_at: sessions.createdAt,
      used_at: sessions.updatedAt,
      expires_at: sessions.expiresAt,
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.userId, userId),
        eq(sessions.activeOrganizationId, organizationId),
        gt(sessions.expiresAt, new Date()),
        gt(sessions.updatedAt, lastIdle()),
      ),
    )
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(50);
}

/**
 * Ends one of a person's sessions in an organization, and records it in the same write. Answers
 * whether there was one. Of two requests at once, one records it.
 */
export async function endSession(
  db: Database,
  organizationId: string,
  person: { id: string; name: string },
  id: string,
): Promise<boolean> {
  const session = and(
    eq(sessions.id, id),
    eq(sessions.userId, person.id),
    eq(sessions.activeOrganizationId, organizationId),
  );
  const rows = await db.select({ id: sessions.id }).from(sessions).where(session);
  if (rows.length === 0) return false;
  const what = { kind: 'sessions.ended', subject: person } as const;
  await writeAll(db, [
    recordOfMember(db, person, what, sql`EXISTS (SELECT 1 FROM ${sessions} WHERE ${session})`),
    db.delete(sessions).where(session),
  ]);
  return true;
}

/** Keeps a picture in place of an earlier one, at an address that cannot be guessed. */
export async function setAvatar(
  db: Database,
  userId: string,
  avatar: { id: string; type: string; data: string; url: string } | null,
): Promise<void> {
  const image = db
    .update(users)
    .set({ image: avatar?.url ?? null })
    .where(eq(users.id, userId));
  if (!avatar) {
    await writeAll(db, [db.delete(userPictures).where(eq(userPictures.user_id, userId)), image]);
    return;
  }
  const { url: _, ...row } = avatar;
  await writeAll(db, [
    db
      .insert(userPictures)
      .values({ user_id: userId, ...row })
      .onConflictDoUpdate({ target: userPictures.user_id, set: row }),
    image,
  ]);
}

export async function findAvatar(db: Database, id: string) {
  const [row] = await db
    .select({ type: userPictures.type, data: userPictures.data })
    .from(userPictures)
    .where(eq(userPictures.id, id));
  return row ?? null;
}
