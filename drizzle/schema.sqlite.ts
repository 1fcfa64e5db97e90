import { sql } from 'drizzle-orm';
import {
  check,
  foreignKey,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Actor } from '../protocol/actor.ts';
import type { Mention } from '../protocol/conversation.ts';
import type { CustomerEvent } from '../protocol/customer-entry.ts';
import type { Preferences } from '../protocol/preferences.ts';
import type { CustomFields, PreChatField, SavedQuery } from '../protocol/resources.ts';
import type { DepartmentTranslations, WidgetTranslations } from '../protocol/translations.ts';

/**
 * The database on D1. Every tenant table's keys begin with organization_id (P6). All tables are
 * STRICT and WITHOUT ROWID (the migrations say so; drizzle cannot), which saves one billed row per
 * insert; `drizzle/migrations.test.ts` holds that and that migrations and schema agree.
 */

const id = () => text().notNull();
const time = () => integer({ mode: 'timestamp_ms' });

// People who answer: better-auth's tables.

export const users = sqliteTable(
  'users',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** Unique: the person's address, or a stand-in where `claimedEmail` holds it. */
    email: text().notNull().unique(),
    /** Whether this person proved by mail that the address is theirs. */
    emailVerified: integer('email_verified', { mode: 'boolean' }).notNull().default(false),
    /** The address that the person gave without proof (worker/features/addresses); else null. */
    claimedEmail: text('claimed_email'),
    image: text(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
    twoFactorEnabled: integer('two_factor_enabled', { mode: 'boolean' }).notNull().default(false),
  },
  // Only rows with a claim are in it, so that the others pay for no index row.
  (table) => [
    index('users_claimed_email')
      .on(table.claimedEmail)
      .where(sql`${table.claimedEmail} IS NOT NULL`),
  ],
);

/** The second factors, as better-auth encrypts them. */
export const twoFactors = sqliteTable(
  'two_factors',
  {
    id: text().primaryKey(),
    secret: text().notNull(),
    backupCodes: text('backup_codes').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    verified: integer({ mode: 'boolean' }).notNull().default(true),
    failedVerificationCount: integer('failed_verification_count').notNull().default(0),
    lockedUntil: integer('locked_until', { mode: 'timestamp_ms' }),
    /** The last step of 30 s whose code was used, counted since 1970: no code works twice. */
    lastStep: integer('last_step'),
  },
  (table) => [index('two_factors_user').on(table.userId)],
);

/** Passkeys: public keys with which people sign in (worker/features/passkeys). */
export const passkeys = sqliteTable(
  'passkeys',
  {
    id: text().primaryKey(),
    user_id: text()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** What the authenticator calls it, in base64url. */
    credential_id: text().notNull().unique(),
    /** SPKI in base64url. */
    public_key: text().notNull(),
    /** COSE's number: -7 or -257. */
    algorithm: integer().notNull(),
    /** How often the authenticator had signed when it was last used; 0 where it does not count. */
    sign_count: integer().notNull(),
    name: text().notNull(),
    created_at: time().notNull(),
    last_used_at: time(),
  },
  (table) => [index('passkeys_user').on(table.user_id)],
);

/** What somebody chose for their own dashboard; protocol/preferences.ts says what there is. */
export const userPreferences = sqliteTable('user_preferences', {
  user_id: text()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  preferences: text({ mode: 'json' }).$type<Preferences>().notNull(),
});

/** Pictures of people, small as they are; the id is random, and all that it takes to see one. */
export const userPictures = sqliteTable('user_pictures', {
  user_id: text()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  id: text().notNull().unique(),
  type: text().notNull(),
  /** The image in base64. */
  data: text().notNull(),
});

export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    token: text().notNull().unique(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    activeOrganizationId: text('active_organization_id'),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('sessions_user').on(table.userId)],
);

export const accounts = sqliteTable(
  'accounts',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: integer('access_token_expires_at', { mode: 'timestamp_ms' }),
    refreshTokenExpiresAt: integer('refresh_token_expires_at', { mode: 'timestamp_ms' }),
    scope: text(),
    password: text(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('accounts_user').on(table.userId)],
);

export const verifications = sqliteTable(
  'verifications',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer('updated_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('verifications_identifier').on(table.identifier)],
);

/** Tries at passwords and codes (worker/features/accounts), by keyed hashes and ids. */
export const rateLimits = sqliteTable('rate_limits', {
  id: text().primaryKey(),
  key: text().notNull().unique(),
  count: integer().notNull(),
  lastRequest: integer('last_request').notNull(),
});

/** Mails that count against a quota, one row each (worker/features/mail-quota). */
export const countedMails = sqliteTable('counted_mails', {
  /** A keyed hash of what the quota belongs to, the period and the mail's number in it. */
  id: text().primaryKey(),
  /** When the period ends, and the row may go. */
  ends_at: time().notNull(),
});

export const organizations = sqliteTable('organizations', {
  id: text().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  logo: text(),
  metadata: text(),
  createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  /** Whether agents see only the departments they serve, and what is assigned to them. */
  restrict_agents: integer({ mode: 'boolean' }).notNull().default(false),
});

export const members = sqliteTable(
  'members',
  {
    id: text().primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    uniqueIndex('members_organization_user').on(table.organizationId, table.userId),
    index('members_user').on(table.userId),
  ],
);

export const invitations = sqliteTable(
  'invitations',
  {
    id: text().primaryKey(),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    role: text(),
    status: text().notNull(),
    inviterId: text('inviter_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: integer('expires_at', { mode: 'timestamp_ms' }).notNull(),
    createdAt: integer('created_at', { mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('invitations_organization').on(table.organizationId)],
);

// What an organization sets.

export const widgetSettings = sqliteTable('widget_settings', {
  organization_id: text()
    .primaryKey()
    .references(() => organizations.id, { onDelete: 'cascade' }),
  /** What the embed names; says which organization, opens nothing. */
  public_key: text().notNull().unique(),
  /** Origins whose pages may show the widget; empty: any. */
  allowed_origins: text({ mode: 'json' }).$type<string[]>().notNull(),
  accent: text(),
  locale: text().notNull().default('en'),
  greeting: text(),
  /** The greeting in further languages. */
  translations: text({ mode: 'json' }).$type<WidgetTranslations>().notNull().default({}),
  theme: text({ enum: ['auto', 'light', 'dark'] })
    .notNull()
    .default('auto'),
  /** The launcher's side; null: where a line ends in the page's direction. */
  position: text({ enum: ['right', 'left'] }),
  launcher: text({ enum: ['icon', 'text'] })
    .notNull()
    .default('icon'),
  /** What a launcher with words says. */
  launcher_text: text(),
  /** Megabytes of files of one visitor in a day; null: what the installation allows. */
  visitor_file_megabytes: integer(),
  /** Who passes a human check before a conversation begins, where one is configured. */
  human_check: text({ enum: ['suspicion', 'always'] })
    .notNull()
    .default('suspicion'),
  /** When and on which origin the widget was opened last; written once a day. */
  seen_at: time(),
  seen_origin: text(),
});

/**
 * The secrets with which the organization's own servers vouch for people (worker/auth/identity.ts):
 * which are active. What they are is derived from their ids, and kept nowhere.
 */
export const identitySecrets = sqliteTable(
  'identity_secrets',
  {
    organization_id: id(),
    id: id(),
    created_at: time().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    foreignKey({ columns: [table.organization_id], foreignColumns: [organizations.id] }).onDelete(
      'cascade',
    ),
  ],
);

export const departments = sqliteTable(
  'departments',
  {
    organization_id: id(),
    id: id(),
    name: text().notNull(),
    description: text(),
    position: integer().notNull(),
    pre_chat_fields: text({ mode: 'json' }).$type<PreChatField[]>().notNull(),
    /** Its name, its description and its form in further languages. */
    translations: text({ mode: 'json' }).$type<DepartmentTranslations>().notNull().default({}),
    visible: integer({ mode: 'boolean' }).notNull().default(true),
    /** What visitors see of it while nobody who serves it is there. */
    offline: text({ enum: ['show', 'hide'] })
      .notNull()
      .default('show'),
    archived_at: time(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    foreignKey({ columns: [table.organization_id], foreignColumns: [organizations.id] }).onDelete(
      'cascade',
    ),
  ],
);

export const departmentMembers = sqliteTable(
  'department_members',
  {
    organization_id: id(),
    department_id: id(),
    user_id: id().references(() => users.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.department_id, table.user_id] }),
    // What one agent serves, asked with each of their requests where agents see only that.
    index('department_members_user').on(table.organization_id, table.user_id, table.department_id),
    foreignKey({
      columns: [table.organization_id, table.department_id],
      foreignColumns: [departments.organization_id, departments.id],
    }).onDelete('cascade'),
  ],
);

// People who ask.

/** A browser that wrote to an organization; the same visitor_id is the same customer. */
export const widgetCustomers = sqliteTable(
  'widget_customers',
  {
    organization_id: id(),
    id: id(),
    visitor_id: text().notNull(),
    /** The registered customer that this one became. */
    customer_id: text(),
    email: text(),
    full_name: text(),
    phone: text(),
    user_agent: text(),
    ip_address: text(),
    country: text(),
    city: text(),
    custom_fields: text({ mode: 'json' }).$type<CustomFields>().notNull(),
    first_seen_at: time().notNull(),
    last_seen_at: time().notNull(),
    total_conversations: integer().notNull().default(0),
    /** Since when the organization wishes to hear no more from this visitor. */
    blocked_at: time(),
    /** Session and visitor tokens that were made before are refused. */
    revoked_before: time(),
    /** Session tokens that were made before are refused; the visitor token opens a new session. */
    sessions_revoked_before: time(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    uniqueIndex('widget_customers_visitor').on(table.organization_id, table.visitor_id),
    // The list of customers, by who was here last.
    index('widget_customers_seen').on(table.organization_id, table.last_seen_at, table.id),
    foreignKey({ columns: [table.organization_id], foreignColumns: [organizations.id] }).onDelete(
      'cascade',
    ),
    foreignKey({
      columns: [table.organization_id, table.customer_id],
      foreignColumns: [customers.organization_id, customers.id],
    }),
  ],
);

/** A person whom the site itself knows and vouches for. */
export const customers = sqliteTable(
  'customers',
  {
    organization_id: id(),
    id: id(),
    external_id: text().notNull(),
    email: text(),
    full_name: text(),
    phone: text(),
    custom_fields: text({ mode: 'json' }).$type<CustomFields>().notNull(),
    created_at: time().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    uniqueIndex('customers_external').on(table.organization_id, table.external_id),
    foreignKey({ columns: [table.organization_id], foreignColumns: [organizations.id] }).onDelete(
      'cascade',
    ),
  ],
);

/**
 * The lists' view of the conversations. From `status` on, everything but `pre_chat_data` and the
 * page is the projection of the conversation object, which is the truth; `version` says which of
 * its states this is (P7).
 */
export const conversations = sqliteTable(
  'conversations',
  {
    organization_id: id(),
    id: id(),
    widget_customer_id: text(),
    customer_id: text(),
    previous_conversation_id: text(),
    pre_chat_data: text({ mode: 'json' }).$type<CustomFields>().notNull(),
    page_url: text(),
    referrer: text(),
    created_at: time().notNull(),

    department_id: id(),
    status: text({ enum: ['waiting', 'active', 'snoozed', 'closed'] }).notNull(),
    /** Which of the lists it is in. What they are ordered by begins with it. */
    shelf: text({ enum: ['open', 'snoozed', 'closed'] })
      .notNull()
      .default('open'),
    assignee_id: text(),
    assignee_name: text(),
    closed_reason: text({
      enum: ['resolved', 'department_changed', 'visitor_left', 'inactive', 'spam'],
    }),
    closed_by: text({ mode: 'json' }).$type<Actor>(),
    priority: text({ enum: ['low', 'normal', 'high', 'urgent'] })
      .notNull()
      .default('normal'),
    snoozed_until: time(),
    label_ids: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    mentions: text({ mode: 'json' }).$type<Mention[]>().notNull().default([]),
    rating: integer(),
    rating_comment: text(),
    last_seq: integer().notNull().default(0),
    /** The last seq that the visitor may see. */
    last_public_seq: integer().notNull().default(0),
    last_message_preview: text(),
    last_message_at: time(),
    last_sender: text({ enum: ['visitor', 'agent'] }),
    message_count: integer().notNull().default(0),
    agent_read_seq: integer().notNull().default(0),
    visitor_read_seq: integer().notNull().default(0),
    waiting_since: time(),
    first_response_at: time(),
    closed_at: time(),
    /** last_message_at, moved every ACTIVITY_STEP_MS at most: what the lists are ordered and paged by. */
    activity_at: time().notNull(),
    version: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    // A double click makes one conversation.
    uniqueIndex('conversations_one_open')
      .on(table.organization_id, table.widget_customer_id, table.department_id)
      .where(sql`closed_at IS NULL`),
    // Ordered by created_at and not by id alone: the primary key has that order too, and SQLite
    // would rather read the whole tenant by it. So with those who wait.
    index('conversations_customer').on(
      table.organization_id,
      table.widget_customer_id,
      table.created_at,
      table.id,
    ),
    // The queues. They turn on the shelf and not on the status, which changes more often: an update
    // pays for every index whose columns or condition it names.
    index('conversations_activity').on(
      table.organization_id,
      table.shelf,
      table.activity_at,
      table.id,
    ),
    index('conversations_assignee').on(
      table.organization_id,
      table.assignee_id,
      table.shelf,
      table.activity_at,
      table.id,
    ),
    index('conversations_department').on(
      table.organization_id,
      table.department_id,
      table.shelf,
      table.activity_at,
      table.id,
    ),
    // Those that nobody has answered yet, oldest first.
    index('conversations_waiting')
      .on(table.organization_id, table.created_at, table.id)
      .where(sql`status = 'waiting'`),
    foreignKey({
      columns: [table.organization_id, table.widget_customer_id],
      foreignColumns: [widgetCustomers.organization_id, widgetCustomers.id],
    }),
    foreignKey({
      columns: [table.organization_id, table.customer_id],
      foreignColumns: [customers.organization_id, customers.id],
    }),
    foreignKey({
      columns: [table.organization_id, table.department_id],
      foreignColumns: [departments.organization_id, departments.id],
    }),
    check(
      'conversations_someone',
      sql`${table.customer_id} IS NOT NULL OR ${table.widget_customer_id} IS NOT NULL`,
    ),
    check(
      'conversations_closed',
      sql`(${table.status} = 'closed') = (${table.closed_at} IS NOT NULL)`,
    ),
  ],
);

// What agents reuse and sort with.

export const cannedResponses = sqliteTable(
  'canned_responses',
  {
    organization_id: id(),
    id: id(),
    shortcut: text().notNull(),
    body: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    uniqueIndex('canned_responses_shortcut').on(table.organization_id, table.shortcut),
    foreignKey({ columns: [table.organization_id], foreignColumns: [organizations.id] }).onDelete(
      'cascade',
    ),
  ],
);

export const labels = sqliteTable(
  'labels',
  {
    organization_id: id(),
    id: id(),
    name: text().notNull(),
    color: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    uniqueIndex('labels_name').on(table.organization_id, table.name),
    foreignKey({ columns: [table.organization_id], foreignColumns: [organizations.id] }).onDelete(
      'cascade',
    ),
  ],
);

/** The labels of the conversations, by which those of one label are found; `label_ids` is the truth. */
export const conversationLabels = sqliteTable(
  'conversation_labels',
  {
    organization_id: id(),
    conversation_id: id(),
    label_id: id(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.conversation_id, table.label_id] }),
    // Newest conversations first: their ids are made in that order.
    index('conversation_labels_label').on(
      table.organization_id,
      table.label_id,
      table.conversation_id,
    ),
    foreignKey({
      columns: [table.organization_id, table.conversation_id],
      foreignColumns: [conversations.organization_id, conversations.id],
    }).onDelete('cascade'),
    foreignKey({
      columns: [table.organization_id, table.label_id],
      foreignColumns: [labels.organization_id, labels.id],
    }).onDelete('cascade'),
  ],
);

/** Who is named in notes, by which a user's are found; the conversation's `mentions` are the truth. */
export const conversationMentions = sqliteTable(
  'conversation_mentions',
  {
    organization_id: id(),
    user_id: id(),
    conversation_id: id(),
    seq: integer().notNull(),
    seen: integer({ mode: 'boolean' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.user_id, table.conversation_id] }),
    index('conversation_mentions_conversation').on(table.organization_id, table.conversation_id),
    foreignKey({
      columns: [table.organization_id, table.conversation_id],
      foreignColumns: [conversations.organization_id, conversations.id],
    }).onDelete('cascade'),
  ],
);

/** A queue that somebody put together and gave a name. */
export const savedViews = sqliteTable(
  'saved_views',
  {
    organization_id: id(),
    id: id(),
    /** Whose it is; null: the whole team's. */
    user_id: text().references(() => users.id, { onDelete: 'cascade' }),
    /** Who shared it with the team, and may take it back. */
    shared_by: text(),
    name: text().notNull(),
    query: text({ mode: 'json' }).$type<SavedQuery>().notNull(),
    position: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    foreignKey({ columns: [table.organization_id], foreignColumns: [organizations.id] }).onDelete(
      'cascade',
    ),
  ],
);

/** What happened to a customer, and who did it: a new name or address, a block, ended sessions. */
export const customerEntries = sqliteTable(
  'customer_entries',
  {
    organization_id: id(),
    widget_customer_id: id(),
    /** UUID v7: in order of time. */
    id: id(),
    event: text({ mode: 'json' }).$type<CustomerEvent>().notNull(),
    by: text({ mode: 'json' }).$type<Actor>().notNull(),
    created_at: time().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.widget_customer_id, table.id] }),
    foreignKey({
      columns: [table.organization_id, table.widget_customer_id],
      foreignColumns: [widgetCustomers.organization_id, widgetCustomers.id],
    }).onDelete('cascade'),
  ],
);

/** What agents write down about a customer, for each other. */
export const customerNotes = sqliteTable(
  'customer_notes',
  {
    organization_id: id(),
    widget_customer_id: id(),
    id: id(),
    author_id: id(),
    author_name: text().notNull(),
    body: text().notNull(),
    created_at: time().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.widget_customer_id, table.id] }),
    foreignKey({
      columns: [table.organization_id, table.widget_customer_id],
      foreignColumns: [widgetCustomers.organization_id, widgetCustomers.id],
    }).onDelete('cascade'),
  ],
);
