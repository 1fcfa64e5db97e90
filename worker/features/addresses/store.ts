import { and, asc, eq, exists, isNull, ne, or, sql } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import type { Database, Write } from '../../database/database.ts';

const { accounts, members, users } = tables;

/**
 * Which account has which e-mail address. An account that proved its address by mail has it in
 * `users.email`, which is unique. An account that only names an address has it in `claimed_email`,
 * which any number of accounts may share, and a stand-in in `email`. Accounts from before this rule
 * have their address in `email` without proof: they keep it until somebody proves it.
 */

/** The domain of stand-ins. No mail reaches `.invalid` (RFC 2606). */
const STAND_IN_DOMAIN = 'unproven.invalid';

/** Accounts of one address that a password is tried on. Each costs a hash. */
const MAX_ACCOUNTS = 5;

/** An account's address, proven or not: what people see. */
export const shownAddress = sql<string>`coalesce(${users.claimedEmail}, ${users.email})`;

/** What `users.email` holds for an account whose address is only claimed. */
export function standIn(userId: string): string {
  return `${userId}@${STAND_IN_DOMAIN}`;
}

export type AddressAccount = {
  user_id: string;
  /** What better-auth finds the account by. */
  key: string;
  proven: boolean;
  password: string | null;
  /** In how many organizations the account is: 0, 1, or 2 for more. */
  memberships: number;
};

/**
 * The accounts that have or name an address: the one that holds it first, then those of members that
 * claim it, the oldest first, at most five. An account that claims it and is in no organization is
 * left out: nobody can use it.
 */
export async function findAccountsOf(db: Database, email: string): Promise<AddressAccount[]> {
  const rows = await db
    .select({
      user_id: users.id,
      key: users.email,
      proven: users.emailVerified,
      password: accounts.password,
      memberships: sql<number>`(SELECT count(*) FROM ${members} WHERE ${members.userId} = ${users.id})`,
    })
    .from(users)
    .leftJoin(accounts, and(eq(accounts.userId, users.id), eq(accounts.providerId, 'credential')))
    .where(or(eq(users.email, email), and(eq(users.claimedEmail, email), isMember(db))))
    // The holder has no claim; both databases are told where that sorts.
    .orderBy(
      sql`CASE WHEN ${users.claimedEmail} IS NULL THEN 0 ELSE 1 END`,
      asc(users.createdAt),
      asc(users.id),
    )
    .limit(MAX_ACCOUNTS);
  return rows.map((row) => ({ ...row, memberships: Math.min(2, Number(row.memberships)) }));
}

/**
 * Takes an address from an account that holds it without proof. The account keeps its name for it,
 * its password and its memberships. To be written as one with what proves the address.
 */
export function displaceUnproven(db: Database, email: string, butUserId: string): Write {
  return db
    .update(users)
    .set({
      claimedEmail: email,
      email: sql`CAST(${users.id} AS TEXT) || ${`@${STAND_IN_DOMAIN}`}`,
      updatedAt: new Date(),
    })
    .where(and(eq(users.email, email), eq(users.emailVerified, false), ne(users.id, butUserId)));
}

/** Makes an address an account's own, proven by mail, where it is still reached by `key`. */
export function giveProven(db: Database, userId: string, key: string, email: string) {
  return db
    .update(users)
    .set({ email, emailVerified: true, claimedEmail: null, updatedAt: new Date() })
    .where(and(eq(users.id, userId), eq(users.email, key)));
}

/** Says whether the address that an account holds is proven. One that it only claims never is. */
export async function setProven(db: Database, userId: string, proven: boolean): Promise<void> {
  await db
    .update(users)
    .set({ emailVerified: proven, updatedAt: new Date() })
    .where(and(eq(users.id, userId), proven ? isNull(users.claimedEmail) : undefined));
}

function isMember(db: Database) {
  return exists(db.select({ id: members.id }).from(members).where(eq(members.userId, users.id)));
}
