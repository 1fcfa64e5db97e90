import type { Actor } from '../../protocol/conversation/actor.ts';
import type { CustomerEvent } from '../../protocol/resources/customer-entry.ts';
import type { SavedQuery } from '../../protocol/resources/saved-view.ts';
import type { Kit } from '../kit.ts';
import type { conversationTables } from './conversations.ts';
import type { customerTables } from './customers.ts';
import type { organizationTables } from './organizations.ts';
import type { userTables } from './users.ts';

/** What agents reuse and sort with. */
export function sortingTables(
  kit: Kit,
  {
    users,
    organizations,
    widgetCustomers,
    conversations,
  }: ReturnType<typeof userTables> &
    ReturnType<typeof organizationTables> &
    ReturnType<typeof customerTables> &
    ReturnType<typeof conversationTables>,
) {
  const cannedResponses = kit.table(
    'canned_responses',
    {
      organization_id: kit.id(),
      id: kit.id(),
      shortcut: kit.text().notNull(),
      body: kit.text().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.organization_id, table.id] }),
      kit.uniqueIndex('canned_responses_shortcut').on(table.organization_id, table.shortcut),
      kit
        .foreignKey({
          name: 'canned_responses_organization',
          columns: [table.organization_id],
          foreignColumns: [organizations.id],
        })
        .onDelete('cascade'),
    ],
  );

  const labels = kit.table(
    'labels',
    {
      organization_id: kit.id(),
      id: kit.id(),
      name: kit.text().notNull(),
      color: kit.text().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.organization_id, table.id] }),
      kit.uniqueIndex('labels_name').on(table.organization_id, table.name),
      kit
        .foreignKey({
          name: 'labels_organization',
          columns: [table.organization_id],
          foreignColumns: [organizations.id],
        })
        .onDelete('cascade'),
    ],
  );

  /** The labels of the conversations, by which those of one label are found; `label_ids` is the truth. */
  const conversationLabels = kit.table(
    'conversation_labels',
    {
      organization_id: kit.id(),
      conversation_id: kit.id(),
      label_id: kit.id(),
    },
    (table) => [
      kit.primaryKey({
        name: 'conversation_labels_pk',
        columns: [table.organization_id, table.conversation_id, table.label_id],
      }),
      // Newest conversations first: their ids are made in that order.
      kit
        .index('conversation_labels_label')
        .on(table.organization_id, table.label_id, table.conversation_id),
      kit
        .foreignKey({
          name: 'conversation_labels_conversation',
          columns: [table.organization_id, table.conversation_id],
          foreignColumns: [conversations.organization_id, conversations.id],
        })
        .onDelete('cascade'),
      kit
        .foreignKey({
          name: 'conversation_labels_label_fk',
          columns: [table.organization_id, table.label_id],
          foreignColumns: [labels.organization_id, labels.id],
        })
        .onDelete('cascade'),
    ],
  );

  /** The users named in notes, for finding a user's mentions; the conversation's `mentions` are the truth. */
  const conversationMentions = kit.table(
    'conversation_mentions',
    {
      organization_id: kit.id(),
      user_id: kit.id(),
      conversation_id: kit.id(),
      seq: kit.integer().notNull(),
      seen: kit.flag().notNull(),
    },
    (table) => [
      kit.primaryKey({
        name: 'conversation_mentions_pk',
        columns: [table.organization_id, table.user_id, table.conversation_id],
      }),
      kit
        .index('conversation_mentions_conversation')
        .on(table.organization_id, table.conversation_id),
      kit
        .foreignKey({
          name: 'conversation_mentions_conversation_fk',
          columns: [table.organization_id, table.conversation_id],
          foreignColumns: [conversations.organization_id, conversations.id],
        })
        .onDelete('cascade'),
    ],
  );

  /** A queue that somebody put together and gave a name. */
  const savedViews = kit.table(
    'saved_views',
    {
      organization_id: kit.id(),
      id: kit.id(),
      /** Whose it is; null: the whole team's. */
      user_id: kit.uuid().references(() => users.id, { onDelete: 'cascade' }),
      /** The user who shared it with the team and may unshare it. */
      shared_by: kit.uuid(),
      name: kit.text().notNull(),
      query: kit.json<SavedQuery>().notNull(),
      position: kit.integer().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.organization_id, table.id] }),
      kit
        .foreignKey({
          name: 'saved_views_organization',
          columns: [table.organization_id],
          foreignColumns: [organizations.id],
        })
        .onDelete('cascade'),
    ],
  );

  /** What happened to a customer, and who did it: a new name or address, a block, ended sessions. */
  const customerEntries = kit.table(
    'customer_entries',
    {
      organization_id: kit.id(),
      widget_customer_id: kit.id(),
      /** UUID v7: in order of time. */
      id: kit.id(),
      event: kit.json<CustomerEvent>().notNull(),
      by: kit.json<Actor>().notNull(),
      created_at: kit.time().notNull(),
    },
    (table) => [
      kit.primaryKey({
        name: 'customer_entries_pk',
        columns: [table.organization_id, table.widget_customer_id, table.id],
      }),
      kit
        .foreignKey({
          name: 'customer_entries_customer',
          columns: [table.organization_id, table.widget_customer_id],
          foreignColumns: [widgetCustomers.organization_id, widgetCustomers.id],
        })
        .onDelete('cascade'),
    ],
  );

  /** What agents write down about a customer, for each other. */
  const customerNotes = kit.table(
    'customer_notes',
    {
      organization_id: kit.id(),
      widget_customer_id: kit.id(),
      id: kit.id(),
      author_id: kit.id(),
      author_name: kit.text().notNull(),
      body: kit.text().notNull(),
      created_at: kit.time().notNull(),
    },
    (table) => [
      kit.primaryKey({
        name: 'customer_notes_pk',
        columns: [table.organization_id, table.widget_customer_id, table.id],
      }),
      kit
        .foreignKey({
          name: 'customer_notes_customer',
          columns: [table.organization_id, table.widget_customer_id],
          foreignColumns: [widgetCustomers.organization_id, widgetCustomers.id],
        })
        .onDelete('cascade'),
    ],
  );

  return {
    cannedResponses,
    labels,
    conversationLabels,
    conversationMentions,
    savedViews,
    customerEntries,
    customerNotes,
  };
}
