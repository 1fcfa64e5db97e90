import { sql } from 'drizzle-orm';
import type { Preferences } from '../../protocol/resources/preferences.ts';
import type { Kit } from '../kit.ts';

/** People who answer: better-auth's tables, and what belongs to a person and to no organization. */
export function userTables(kit: Kit) {
  const users = kit.table(
    'users',
    {
      id: kit.uuid().primaryKey(),
      name: kit.text().notNull(),
      /** Unique: the person's address, or a stand-in where `claimedEmail` holds it. */
      email: kit.text().notNull().unique(),
      /** Whether this person proved by mail that the address is theirs. */
      emailVerified: kit.flag('email_verified').notNull().default(false),
      /** The address that the person gave without proof (worker/features/addresses), or null. */
      claimedEmail: kit.text('claimed_email'),
      image: kit.text(),
      createdAt: kit.time('created_at').notNull(),
      updatedAt: kit.time('updated_at').notNull(),
      twoFactorEnabled: kit.flag('two_factor_enabled').notNull().default(false),
    },
    // Only rows with a claim are in it, so that the others pay for no index row.
    (table) => [
      kit
        .index('users_claimed_email')
        .on(table.claimedEmail)
        .where(sql`${table.claimedEmail} IS NOT NULL`),
    ],
  );

  /** The second factors, as better-auth encrypts them. */
  const twoFactors = kit.table(
    'two_factors',
    {
      id: kit.uuid().primaryKey(),
      secret: kit.text().notNull(),
      backupCodes: kit.text('backup_codes').notNull(),
      userId: kit
        .uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      verified: kit.flag().notNull().default(true),
      failedVerificationCount: kit.integer('failed_verification_count').notNull().default(0),
      lockedUntil: kit.time('locked_until'),
      /** The last step of 30 s whose code was used, counted since 1970: no code works twice. */
      lastStep: kit.integer('last_step'),
    },
    (table) => [kit.index('two_factors_user').on(table.userId)],
  );

  /** Passkeys: public keys with which people sign in (worker/features/passkeys). */
  const passkeys = kit.table(
    'passkeys',
    {
      id: kit.uuid().primaryKey(),
      user_id: kit
        .uuid()
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      /** What the authenticator calls it, in base64url. */
      credential_id: kit.text().notNull().unique(),
      /** SPKI in base64url. */
      public_key: kit.text().notNull(),
      /** COSE's number: -7 or -257. */
      algorithm: kit.integer().notNull(),
      /** How often the authenticator had signed when it was last used; 0 where it does not count. */
      sign_count: kit.long().notNull(),
      name: kit.text().notNull(),
      created_at: kit.time().notNull(),
      last_used_at: kit.time(),
    },
    (table) => [kit.index('passkeys_user').on(table.user_id)],
  );

  /** What somebody chose for their own dashboard; protocol/resources/preferences.ts says what there is. */
  const userPreferences = kit.table('user_preferences', {
    user_id: kit
      .uuid()
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    preferences: kit.json<Preferences>().notNull(),
  });

  /** Pictures of people, small as they are; the id is random, and all that it takes to see one. */
  const userPictures = kit.table('user_pictures', {
    user_id: kit
      .uuid()
      .primaryKey()
      .references(() => users.id, { onDelete: 'cascade' }),
    id: kit.text().notNull().unique(),
    type: kit.text().notNull(),
    /** The image in base64. */
    data: kit.text().notNull(),
  });

  const sessions = kit.table(
    'sessions',
    {
      id: kit.uuid().primaryKey(),
      token: kit.text().notNull().unique(),
      userId: kit
        .uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      activeOrganizationId: kit.uuid('active_organization_id'),
      /** Not `inet`: better-auth writes an empty text where it knows none. */
      ipAddress: kit.text('ip_address'),
      userAgent: kit.text('user_agent'),
      expiresAt: kit.time('expires_at').notNull(),
      createdAt: kit.time('created_at').notNull(),
      updatedAt: kit.time('updated_at').notNull(),
    },
    (table) => [kit.index('sessions_user').on(table.userId)],
  );

  const accounts = kit.table(
    'accounts',
    {
      id: kit.uuid().primaryKey(),
      accountId: kit.text('account_id').notNull(),
      providerId: kit.text('provider_id').notNull(),
      userId: kit
        .uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      accessToken: kit.text('access_token'),
      refreshToken: kit.text('refresh_token'),
      idToken: kit.text('id_token'),
      accessTokenExpiresAt: kit.time('access_token_expires_at'),
      refreshTokenExpiresAt: kit.time('refresh_token_expires_at'),
      scope: kit.text(),
      password: kit.text(),
      createdAt: kit.time('created_at').notNull(),
      updatedAt: kit.time('updated_at').notNull(),
    },
    (table) => [kit.index('accounts_user').on(table.userId)],
  );

  const verifications = kit.table(
    'verifications',
    {
      id: kit.uuid().primaryKey(),
      identifier: kit.text().notNull(),
      value: kit.text().notNull(),
      expiresAt: kit.time('expires_at').notNull(),
      createdAt: kit.time('created_at').notNull(),
      updatedAt: kit.time('updated_at').notNull(),
    },
    (table) => [kit.index('verifications_identifier').on(table.identifier)],
  );

  /** Tries at passwords and codes (worker/features/accounts), by keyed hashes and ids. */
  const rateLimits = kit.table('rate_limits', {
    id: kit.uuid().primaryKey(),
    key: kit.text().notNull().unique(),
    count: kit.integer().notNull(),
    lastRequest: kit.long('last_request').notNull(),
  });

  /** Mails that count against a quota, one row each (worker/features/mail-quota). */
  const countedMails = kit.table('counted_mails', {
    /** A keyed hash of what the quota belongs to, the period and the mail's number in it. */
    id: kit.text().primaryKey(),
    /** When the period ends, and the row may go. */
    ends_at: kit.time().notNull(),
  });

  return {
    users,
    twoFactors,
    passkeys,
    userPreferences,
    userPictures,
    sessions,
    accounts,
    verifications,
    rateLimits,
    countedMails,
  };
}
