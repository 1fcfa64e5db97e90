import { and, asc, eq, exists, gt, lt, ne, sql } from 'drizzle-orm';
import { recordOfMember } from '../../activity/record-store.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';
import { uuidv7 } from '../../kernel/ids.ts';
import type { NewCredential } from './webauthn.ts';

const { accounts, passkeys, sessions } = tables;

/** Passkeys that one person may have: a few devices, with room for replacing them. */
export const MAX_PASSKEYS = 20;

export type Passkey = { id: string; name: string; created_at: Date; last_used_at: Date | null };

const shown = {
  id: passkeys.id,
  name: passkeys.name,
  created_at: passkeys.created_at,
  last_used_at: passkeys.last_used_at,
};

/** Somebody's passkeys, the oldest first. */
export function listPasskeys(
  db: Database,
  userId: string,
): Promise<(Passkey & { credential_id: string })[]> {
  return db
    .select({ ...shown, credential_id: passkeys.credential_id })
    .from(passkeys)
    .where(eq(passkeys.user_id, userId))
    .orderBy(asc(passkeys.created_at), asc(passkeys.id))
    .limit(MAX_PASSKEYS);
}

/** Whether somebody has a passkey. */
export async function hasPasskey(db: Database, userId: string): Promise<boolean> {
  const rows = await db
    .select({ id: passkeys.id })
    .from(passkeys)
    .where(eq(passkeys.user_id, userId))
    .limit(1);
  return rows.length > 0;
}

/** The row of a new passkey. */
export function passkeyRow(userId: string, name: string, credential: NewCredential) {
  return { id: uuidv7(), user_id: userId, name, ...credential, created_at: new Date() };
}

/**
 * Adds a passkey, and records it. A duplicate where a credential of this id is registered already, by
 * whomever.
 */
export async function addPasskey(
  db: Database,
  person: { id: string; name: string },
  name: string,
  credential: NewCredential,
): Promise<Passkey> {
  const { id, created_at, ...row } = passkeyRow(person.id, name, credential);
  const what = { kind: 'passkey.added', subject: person, after: { name } } as const;
  await writeAll(db, [
    db.insert(passkeys).values({ id, created_at, ...row }),
    recordOfMember(db, person, what),
  ]);
  return { id, name, created_at, last_used_at: null };
}

/** Renames one of somebody's passkeys; null where they have none of this id. */
export async function renamePasskey(
  db: Database,
  userId: string,
  id: string,
  name: string,
): Promise<Passkey | null> {
  const [row] = await db
    .update(passkeys)
    .set({ name })
    .where(and(eq(passkeys.id, id), eq(passkeys.user_id, userId)))
    .returning(shown);
  return row ?? null;
}

/**
 * Removes one of somebody's passkeys, and records it, unless it is the last one and they have no password: an account
 * keeps a way in.
 */
export async function removePasskey(
  db: Database,
  person: { id: string; name: string },
  id: string,
): Promise<'removed' | 'last' | 'missing'> {
  const userId = person.id;
  const others = db
    .select({ one: sql`1` })
    .from(passkeys)
    .where(and(eq(passkeys.user_id, userId), ne(passkeys.id, id)));
  const password = db
    .select({ one: sql`1` })
    .from(accounts)
    .where(and(eq(accounts.userId, userId), sql`${accounts.password} IS NOT NULL`));
  const own = and(eq(passkeys.id, id), eq(passkeys.user_id, userId));
  const may = and(own, sql`(EXISTS ${others} OR EXISTS ${password})`);
  const find = () => db.select({ name: passkeys.name }).from(passkeys).where(own);
  const [before] = await find();
  if (!before) return 'missing';
  const what = { kind: 'passkey.removed', subject: person, before } as const;
  await writeAll(db, [
    recordOfMember(db, person, what, exists(db.select().from(passkeys).where(may))),
    db.delete(passkeys).where(may),
  ]);
  return (await find()).length > 0 ? 'last' : 'removed';
}

/** The passkey that an authenticator answers for, with what its answer is checked with. */
export async function findCredential(db: Database, credentialId: string) {
  const [row] = await db
    .select({
      id: passkeys.id,
      user_id: passkeys.user_id,
      public_key: passkeys.public_key,
      algorithm: passkeys.algorithm,
    })
    .from(passkeys)
    .where(eq(passkeys.credential_id, credentialId));
  return row ?? null;
}

/**
 * Notes that a passkey was used. False where its authenticator counts and has not counted on: then
 * there are two of it, and one is a copy (WebAuthn, 6.1.1).
 */
export async function notePasskeyUse(
  db: Database,
  id: string,
  signCount: number,
): Promise<boolean> {
  const countsOn =
    signCount === 0 ? eq(passkeys.sign_count, 0) : lt(passkeys.sign_count, signCount);
  const rows = await db
    .update(passkeys)
    .set({ sign_count: signCount, last_used_at: new Date() })
    .where(and(eq(passkeys.id, id), countsOn))
    .returning({ id: passkeys.id });
  return rows.length > 0;
}

/** Whether a session began after this time. */
export async function beganAfter(db: Database, sessionId: string, time: Date): Promise<boolean> {
  const rows = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, sessionId), gt(sessions.createdAt, time)));
  return rows.length > 0;
}
