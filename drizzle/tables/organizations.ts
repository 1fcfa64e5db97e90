import { DEFAULT_ACTIVITY_DAYS } from '../../protocol/resources/activity-kinds.ts';
import type { Kit } from '../kit.ts';
import type { userTables } from './users.ts';

/** Organizations and who is in them. */
export function organizationTables(kit: Kit, { users }: ReturnType<typeof userTables>) {
  const organizations = kit.table('organizations', {
    id: kit.uuid().primaryKey(),
    name: kit.text().notNull(),
    slug: kit.text().notNull().unique(),
    logo: kit.text(),
    metadata: kit.text(),
    createdAt: kit.time('created_at').notNull(),
    /** Whether agents see only the departments they serve, and what is assigned to them. */
    restrict_agents: kit.flag().notNull().default(false),
    /** Days for which its activity is kept; null: for good. */
    activity_days: kit.integer().default(DEFAULT_ACTIVITY_DAYS),
    /** Whether the activity log has what is done with conversations, too. */
    activity_conversations: kit.flag().notNull().default(false),
  });

  const members = kit.table(
    'members',
    {
      id: kit.uuid().primaryKey(),
      organizationId: kit
        .uuid('organization_id')
        .notNull()
        .references(() => organizations.id, { onDelete: 'cascade' }),
      userId: kit
        .uuid('user_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      role: kit.text().notNull(),
      createdAt: kit.time('created_at').notNull(),
    },
    (table) => [
      kit.uniqueIndex('members_organization_user').on(table.organizationId, table.userId),
      kit.index('members_user').on(table.userId),
    ],
  );

  const invitations = kit.table(
    'invitations',
    {
      id: kit.uuid().primaryKey(),
      organizationId: kit
        .uuid('organization_id')
        .notNull()
        .references(() => organizations.id, { onDelete: 'cascade' }),
      email: kit.text().notNull(),
      role: kit.text(),
      status: kit.text().notNull(),
      /** The departments that the person serves once they have joined. */
      department_ids: kit.json<string[]>().notNull().default([]),
      inviterId: kit
        .uuid('inviter_id')
        .notNull()
        .references(() => users.id, { onDelete: 'cascade' }),
      expiresAt: kit.time('expires_at').notNull(),
      createdAt: kit.time('created_at').notNull(),
    },
    (table) => [kit.index('invitations_organization').on(table.organizationId)],
  );

  return { organizations, members, invitations };
}
