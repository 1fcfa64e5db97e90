import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Actor } from '../protocol/actor.ts';
import type { Mention } from '../protocol/conversation.ts';
import type { CustomerEvent } from '../protocol/customer-entry.ts';
import type { Preferences } from '../protocol/preferences.ts';
import type { CustomFields, PreChatField, SavedQuery } from '../protocol/resources.ts';
import type { DepartmentTranslations, WidgetTranslations } from '../protocol/translations.ts';
import { inet, jsonb, text, uuid } from './postgres-types.ts';

/**
 * The database on Postgres: the tables of schema.sqlite.ts in Postgres' own types. Names and row
 * types are the same, which `drizzle/schemas.test.ts` holds, so that the queries are written once.
 * Every tenant table's keys begin with organization_id (P6), by which Citus would distribute them.
 */

const id = () => uuid().notNull();
/** Milliseconds, as everywhere in Foyer: what was written is what is read. */
const time = (name?: string) => {
  const config = { mode: 'date', precision: 3, withTimezone: true } as const;
  return name === undefined ? timestamp(config) : timestamp(name, config);
};
/** A whole number of milliseconds or more, exact up to 2^53. */
const long = (name?: string) => {
  const config = { mode: 'number' } as const;
  return name === undefined ? bigint(config) : bigint(name, config);
};

// People who answer: better-auth's tables.

export const users = pgTable(
  'users',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    /** Unique: the person's address, or a stand-in where `claimedEmail` holds it. */
    email: text().notNull().unique(),
    /** Whether this person proved by mail that the address is theirs. */
    emailVerified: boolean('email_verified').notNull().default(false),
    /** The address that the person gave without proof (worker/features/addresses); else null. */
    claimedEmail: text('claimed_email'),
    image: text(),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
    twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
  },
  // Only rows with a claim are in it.
  (table) => [
    index('users_claimed_email')
      .on(table.claimedEmail)
      .where(sql`${table.claimedEmail} IS NOT NULL`),
  ],
);

/** The second factors, as better-auth encrypts them. */
export const twoFactors = pgTable(
  'two_factors',
  {
    id: uuid().primaryKey(),
    secret: text().notNull(),
    backupCodes: text('backup_codes').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    verified: boolean().notNull().default(true),
    failedVerificationCount: integer('failed_verification_count').notNull().default(0),
    lockedUntil: time('locked_until'),
    /** The last step of 30 s whose code was used, counted since 1970: no code works twice. */
    lastStep: integer('last_step'),
  },
  (table) => [index('two_factors_user').on(table.userId)],
);

/** Passkeys: public keys with which people sign in (worker/features/passkeys). */
export const passkeys = pgTable(
  'passkeys',
  {
    id: uuid().primaryKey(),
    user_id: uuid()
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** What the authenticator calls it, in base64url. */
    credential_id: text().notNull().unique(),
    /** SPKI in base64url. */
    public_key: text().notNull(),
    /** COSE's number: -7 or -257. */
    algorithm: integer().notNull(),
    /** How often the authenticator had signed when it was last used; 0 where it does not count. */
    sign_count: bigint({ mode: 'number' }).notNull(),
    name: text().notNull(),
    created_at: time().notNull(),
    last_used_at: time(),
  },
  (table) => [index('passkeys_user').on(table.user_id)],
);

/** What somebody chose for their own dashboard; protocol/preferences.ts says what there is. */
export const userPreferences = pgTable('user_preferences', {
  user_id: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  preferences: jsonb<Preferences>().notNull(),
});

/** Pictures of people, small as they are; the id is random, and all that it takes to see one. */
export const userPictures = pgTable('user_pictures', {
  user_id: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  id: text().notNull().unique(),
  type: text().notNull(),
  /** The image in base64. */
  data: text().notNull(),
});

export const sessions = pgTable(
  'sessions',
  {
    id: uuid().primaryKey(),
    token: text().notNull().unique(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    activeOrganizationId: uuid('active_organization_id'),
    /** Not `inet`: better-auth writes an empty text where it knows none. */
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    expiresAt: time('expires_at').notNull(),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  (table) => [index('sessions_user').on(table.userId)],
);

export const accounts = pgTable(
  'accounts',
  {
    id: uuid().primaryKey(),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: time('access_token_expires_at'),
    refreshTokenExpiresAt: time('refresh_token_expires_at'),
    scope: text(),
    password: text(),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  (table) => [index('accounts_user').on(table.userId)],
);

export const verifications = pgTable(
  'verifications',
  {
    id: uuid().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: time('expires_at').notNull(),
    createdAt: time('created_at').notNull(),
    updatedAt: time('updated_at').notNull(),
  },
  (table) => [index('verifications_identifier').on(table.identifier)],
);

/** Tries at passwords and codes (worker/features/accounts), by keyed hashes and ids. */
export const rateLimits = pgTable('rate_limits', {
  id: uuid().primaryKey(),
  key: text().notNull().unique(),
  count: integer().notNull(),
  lastRequest: long('last_request').notNull(),
});

/** Mails that count against a quota, one row each (worker/features/mail-quota). */
export const countedMails = pgTable('counted_mails', {
  /** A keyed hash of what the quota belongs to, the period and the mail's number in it. */
  id: text().primaryKey(),
  /** When the period ends, and the row may go. */
  ends_at: time().notNull(),
});

export const organizations = pgTable('organizations', {
  id: uuid().primaryKey(),
  name: text().notNull(),
  slug: text().notNull().unique(),
  logo: text(),
  metadata: text(),
  createdAt: time('created_at').notNull(),
  /** Whether agents see only the departments they serve, and what is assigned to them. */
  restrict_agents: boolean().notNull().default(false),
});

export const members = pgTable(
  'members',
  {
    id: uuid().primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text().notNull(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [
    uniqueIndex('members_organization_user').on(table.organizationId, table.userId),
    index('members_user').on(table.userId),
  ],
);

export const invitations = pgTable(
  'invitations',
  {
    id: uuid().primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id, { onDelete: 'cascade' }),
    email: text().notNull(),
    role: text(),
    status: text().notNull(),
    inviterId: uuid('inviter_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: time('expires_at').notNull(),
    createdAt: time('created_at').notNull(),
  },
  (table) => [index('invitations_organization').on(table.organizationId)],
);

// What an organization sets.

export const widgetSettings = pgTable('widget_settings', {
  organization_id: uuid()
    .primaryKey()
    .references(() => organizations.id, { onDelete: 'cascade' }),
  /** What the embed names; says which organization, opens nothing. */
  public_key: text().notNull().unique(),
  /** Origins whose pages may show the widget; empty: any. */
  allowed_origins: jsonb<string[]>().notNull(),
  accent: text(),
  locale: text().notNull().default('en'),
  greeting: text(),
  /** The greeting in further languages. */
  translations: jsonb<WidgetTranslations>().notNull().default({}),
  theme: text().$type<'auto' | 'light' | 'dark'>().notNull().default('auto'),
  /** The launcher's side; null: where a line ends in the page's direction. */
  position: text().$type<'right' | 'left'>(),
  launcher: text().$type<'icon' | 'text'>().notNull().default('icon'),
  /** What a launcher with words says. */
  launcher_text: text(),
  /** Megabytes of files of one visitor in a day; null: what the installation allows. */
  visitor_file_megabytes: integer(),
  /** Who passes a human check before a conversation begins, where one is configured. */
  human_check: text().$type<'suspicion' | 'always'>().notNull().default('suspicion'),
  /** When and on which origin the widget was opened last; written once a day. */
  seen_at: time(),
  seen_origin: text(),
});

/** Which identity secrets are active. */
export const identitySecrets = pgTable(
  'identity_secrets',
  {
    organization_id: id(),
    id: id(),
    created_at: time().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    foreignKey({
      name: 'identity_secrets_organization',
      columns: [table.organization_id],
      foreignColumns: [organizations.id],
    }).onDelete('cascade'),
  ],
);

export const departments = pgTable(
  'departments',
  {
    organization_id: id(),
    id: id(),
    name: text().notNull(),
    description: text(),
    position: integer().notNull(),
    pre_chat_fields: jsonb<PreChatField[]>().notNull(),
    /** Its name, its description and its form in further languages. */
    translations: jsonb<DepartmentTranslations>().notNull().default({}),
    visible: boolean().notNull().default(true),
    /** What visitors see of it while nobody who serves it is there. */
    offline: text().$type<'show' | 'hide'>().notNull().default('show'),
    archived_at: time(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    foreignKey({
      name: 'departments_organization',
      columns: [table.organization_id],
      foreignColumns: [organizations.id],
    }).onDelete('cascade'),
  ],
);

export const departmentMembers = pgTable(
  'department_members',
  {
    organization_id: id(),
    department_id: id(),
    user_id: id().references(() => users.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({
      name: 'department_members_pk',
      columns: [table.organization_id, table.department_id, table.user_id],
    }),
    index('department_members_user').on(table.organization_id, table.user_id, table.department_id),
    foreignKey({
      name: 'department_members_department',
      columns: [table.organization_id, table.department_id],
      foreignColumns: [departments.organization_id, departments.id],
    }).onDelete('cascade'),
  ],
);

// People who ask.

/** A browser that wrote to an organization; the same visitor_id is the same customer. */
export const widgetCustomers = pgTable(
  'widget_customers',
  {
    organization_id: id(),
    id: id(),
    visitor_id: text().notNull(),
    /** The registered customer that this one became. */
    customer_id: uuid(),
    email: text(),
    full_name: text(),
    phone: text(),
    user_agent: text(),
    ip_address: inet(),
    country: text(),
    city: text(),
    custom_fields: jsonb<CustomFields>().notNull(),
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
    index('widget_customers_seen').on(table.organization_id, table.last_seen_at, table.id),
    foreignKey({
      name: 'widget_customers_organization',
      columns: [table.organization_id],
      foreignColumns: [organizations.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'widget_customers_customer',
      columns: [table.organization_id, table.customer_id],
      foreignColumns: [customers.organization_id, customers.id],
    }),
  ],
);

/** A person whom the site itself knows and vouches for. */
export const customers = pgTable(
  'customers',
  {
    organization_id: id(),
    id: id(),
    external_id: text().notNull(),
    email: text(),
    full_name: text(),
    phone: text(),
    custom_fields: jsonb<CustomFields>().notNull(),
    created_at: time().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    uniqueIndex('customers_external').on(table.organization_id, table.external_id),
    foreignKey({
      name: 'customers_organization',
      columns: [table.organization_id],
      foreignColumns: [organizations.id],
    }).onDelete('cascade'),
  ],
);

/**
 * The lists' view of the conversations. From `status` on, everything but `pre_chat_data` and the
 * page is the projection of the conversation object, which is the truth; `version` says which of
 * its states this is (P7).
 */
export const conversations = pgTable(
  'conversations',
  {
    organization_id: id(),
    id: id(),
    widget_customer_id: uuid(),
    customer_id: uuid(),
    previous_conversation_id: uuid(),
    pre_chat_data: jsonb<CustomFields>().notNull(),
    page_url: text(),
    referrer: text(),
    created_at: time().notNull(),

    department_id: id(),
    status: text().$type<'waiting' | 'active' | 'snoozed' | 'closed'>().notNull(),
    /** Which of the lists it is in. What they are ordered by begins with it. */
    shelf: text().$type<'open' | 'snoozed' | 'closed'>().notNull().default('open'),
    assignee_id: uuid(),
    assignee_name: text(),
    closed_reason: text().$type<
      'resolved' | 'department_changed' | 'visitor_left' | 'inactive' | 'spam'
    >(),
    closed_by: jsonb<Actor>(),
    priority: text().$type<'low' | 'normal' | 'high' | 'urgent'>().notNull().default('normal'),
    snoozed_until: time(),
    label_ids: jsonb<string[]>().notNull().default([]),
    mentions: jsonb<Mention[]>().notNull().default([]),
    rating: integer(),
    rating_comment: text(),
    last_seq: integer().notNull().default(0),
    /** The last seq that the visitor may see. */
    last_public_seq: integer().notNull().default(0),
    last_message_preview: text(),
    last_message_at: time(),
    last_sender: text().$type<'visitor' | 'agent'>(),
    message_count: integer().notNull().default(0),
    agent_read_seq: integer().notNull().default(0),
    visitor_read_seq: integer().notNull().default(0),
    waiting_since: time(),
    first_response_at: time(),
    closed_at: time(),
    /** last_message_at, moved every ACTIVITY_STEP_MS at most: what the lists are ordered and paged by. */
    activity_at: time().notNull(),
    version: long().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    // A double click makes one conversation.
    uniqueIndex('conversations_one_open')
      .on(table.organization_id, table.widget_customer_id, table.department_id)
      .where(sql`closed_at IS NULL`),
    index('conversations_customer').on(
      table.organization_id,
      table.widget_customer_id,
      table.created_at,
      table.id,
    ),
    // The queues. They turn on the shelf and not on the status, which changes more often.
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
      name: 'conversations_widget_customer',
      columns: [table.organization_id, table.widget_customer_id],
      foreignColumns: [widgetCustomers.organization_id, widgetCustomers.id],
    }),
    foreignKey({
      name: 'conversations_registered_customer',
      columns: [table.organization_id, table.customer_id],
      foreignColumns: [customers.organization_id, customers.id],
    }),
    foreignKey({
      name: 'conversations_its_department',
      columns: [table.organization_id, table.department_id],
      foreignColumns: [departments.organization_id, departments.id],
    }),
    check('conversations_someone', sql`customer_id IS NOT NULL OR widget_customer_id IS NOT NULL`),
    check('conversations_closed', sql`(status = 'closed') = (closed_at IS NOT NULL)`),
  ],
);

// What agents reuse and sort with.

export const cannedResponses = pgTable(
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
    foreignKey({
      name: 'canned_responses_organization',
      columns: [table.organization_id],
      foreignColumns: [organizations.id],
    }).onDelete('cascade'),
  ],
);

export const labels = pgTable(
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
    foreignKey({
      name: 'labels_organization',
      columns: [table.organization_id],
      foreignColumns: [organizations.id],
    }).onDelete('cascade'),
  ],
);

/** The labels of the conversations, by which those of one label are found; `label_ids` is the truth. */
export const conversationLabels = pgTable(
  'conversation_labels',
  {
    organization_id: id(),
    conversation_id: id(),
    label_id: id(),
  },
  (table) => [
    primaryKey({
      name: 'conversation_labels_pk',
      columns: [table.organization_id, table.conversation_id, table.label_id],
    }),
    // Newest conversations first: their ids are made in that order.
    index('conversation_labels_label').on(
      table.organization_id,
      table.label_id,
      table.conversation_id,
    ),
    foreignKey({
      name: 'conversation_labels_conversation',
      columns: [table.organization_id, table.conversation_id],
      foreignColumns: [conversations.organization_id, conversations.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'conversation_labels_label_fk',
      columns: [table.organization_id, table.label_id],
      foreignColumns: [labels.organization_id, labels.id],
    }).onDelete('cascade'),
  ],
);

/** Who is named in notes, by which a user's are found; the conversation's `mentions` are the truth. */
export const conversationMentions = pgTable(
  'conversation_mentions',
  {
    organization_id: id(),
    user_id: id(),
    conversation_id: id(),
    seq: integer().notNull(),
    seen: boolean().notNull(),
  },
  (table) => [
    primaryKey({
      name: 'conversation_mentions_pk',
      columns: [table.organization_id, table.user_id, table.conversation_id],
    }),
    index('conversation_mentions_conversation').on(table.organization_id, table.conversation_id),
    foreignKey({
      name: 'conversation_mentions_conversation_fk',
      columns: [table.organization_id, table.conversation_id],
      foreignColumns: [conversations.organization_id, conversations.id],
    }).onDelete('cascade'),
  ],
);

/** A queue that somebody put together and gave a name. */
export const savedViews = pgTable(
  'saved_views',
  {
    organization_id: id(),
    id: id(),
    /** Whose it is; null: the whole team's. */
    user_id: uuid().references(() => users.id, { onDelete: 'cascade' }),
    /** Who shared it with the team, and may take it back. */
    shared_by: uuid(),
    name: text().notNull(),
    query: jsonb<SavedQuery>().notNull(),
    position: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organization_id, table.id] }),
    foreignKey({
      name: 'saved_views_organization',
      columns: [table.organization_id],
      foreignColumns: [organizations.id],
    }).onDelete('cascade'),
  ],
);

/** What happened to a customer, and who did it: a new name or address, a block, ended sessions. */
export const customerEntries = pgTable(
  'customer_entries',
  {
    organization_id: id(),
    widget_customer_id: id(),
    /** UUID v7: in order of time. */
    id: id(),
    event: jsonb<CustomerEvent>().notNull(),
    by: jsonb<Actor>().notNull(),
    created_at: time().notNull(),
  },
  (table) => [
    primaryKey({
      name: 'customer_entries_pk',
      columns: [table.organization_id, table.widget_customer_id, table.id],
    }),
    foreignKey({
      name: 'customer_entries_customer',
      columns: [table.organization_id, table.widget_customer_id],
      foreignColumns: [widgetCustomers.organization_id, widgetCustomers.id],
    }).onDelete('cascade'),
  ],
);

/** What agents write down about a customer, for each other. */
export const customerNotes = pgTable(
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
    primaryKey({
      name: 'customer_notes_pk',
      columns: [table.organization_id, table.widget_customer_id, table.id],
    }),
    foreignKey({
      name: 'customer_notes_customer',
      columns: [table.organization_id, table.widget_customer_id],
      foreignColumns: [widgetCustomers.organization_id, widgetCustomers.id],
    }).onDelete('cascade'),
  ],
);
