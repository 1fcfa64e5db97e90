import { sql } from 'drizzle-orm';
import type { Actor } from '../../protocol/conversation/actor.ts';
import { closedReason } from '../../protocol/conversation/closed-reason.ts';
import {
  conversationStatus,
  type Mention,
  priority,
} from '../../protocol/conversation/conversation-fields.ts';
import type { CustomFields } from '../../protocol/resources/customer.ts';
import type { Kit } from '../kit.ts';
import type { customerTables } from './customers.ts';
import type { settingTables } from './settings.ts';

/** The conversations, as their objects last said of themselves. */
export function conversationTables(
  kit: Kit,
  {
    widgetCustomers,
    customers,
    departments,
  }: ReturnType<typeof customerTables> & ReturnType<typeof settingTables>,
) {
  /**
   * The lists' view of the conversations. From `status` on, everything but `pre_chat_data` and the
   * page is the projection of the conversation object, which is the truth; `version` says which of
   * its states this is (P7).
   */
  const conversations = kit.table(
    'conversations',
    {
      organization_id: kit.id(),
      id: kit.id(),
      widget_customer_id: kit.uuid(),
      customer_id: kit.uuid(),
      previous_conversation_id: kit.uuid(),
      pre_chat_data: kit.json<CustomFields>().notNull(),
      page_url: kit.text(),
      referrer: kit.text(),
      created_at: kit.time().notNull(),

      department_id: kit.id(),
      status: kit.oneOf(conversationStatus.options).notNull(),
      /** Which of the lists it is in. What they are ordered by begins with it. */
      shelf: kit.oneOf(['open', 'snoozed', 'closed']).notNull().default('open'),
      assignee_id: kit.uuid(),
      assignee_name: kit.text(),
      closed_reason: kit.oneOf(closedReason.options),
      closed_by: kit.json<Actor>(),
      priority: kit.oneOf(priority.options).notNull().default('normal'),
      snoozed_until: kit.time(),
      label_ids: kit.json<string[]>().notNull().default([]),
      mentions: kit.json<Mention[]>().notNull().default([]),
      rating: kit.integer(),
      rating_comment: kit.text(),
      last_seq: kit.integer().notNull().default(0),
      /** The last seq that the visitor may see. */
      last_public_seq: kit.integer().notNull().default(0),
      last_message_preview: kit.text(),
      last_message_at: kit.time(),
      last_sender: kit.oneOf(['visitor', 'agent']),
      message_count: kit.integer().notNull().default(0),
      agent_read_seq: kit.integer().notNull().default(0),
      /** By the agent's id; null where it is older than these marks (protocol/conversation/read-marks.ts). */
      agent_reads: kit.json<Record<string, number>>(),
      visitor_read_seq: kit.integer().notNull().default(0),
      waiting_since: kit.time(),
      first_response_at: kit.time(),
      closed_at: kit.time(),
      /** last_message_at, moved every ACTIVITY_STEP_MS at most: what the lists are ordered and paged by. */
      activity_at: kit.time().notNull(),
      version: kit.long().notNull().default(0),
    },
    (table) => [
      kit.primaryKey({ columns: [table.organization_id, table.id] }),
      // A double click makes one conversation.
      kit
        .uniqueIndex('conversations_one_open')
        .on(table.organization_id, table.widget_customer_id, table.department_id)
        .where(sql`closed_at IS NULL`),
      // Ordered by created_at and not by id alone: the primary key has that order too, and SQLite
      // would rather read the whole tenant by it. So with those who wait.
      kit
        .index('conversations_customer')
        .on(table.organization_id, table.widget_customer_id, table.created_at, table.id),
      // The queues. They turn on the shelf and not on the status, which changes more often: an update
      // pays for every index whose columns or condition it names.
      kit
        .index('conversations_activity')
        .on(table.organization_id, table.shelf, table.activity_at, table.id),
      kit
        .index('conversations_assignee')
        .on(table.organization_id, table.assignee_id, table.shelf, table.activity_at, table.id),
      kit
        .index('conversations_department')
        .on(table.organization_id, table.department_id, table.shelf, table.activity_at, table.id),
      // Those that nobody has answered yet, oldest first.
      kit
        .index('conversations_waiting')
        .on(table.organization_id, table.created_at, table.id)
        .where(sql`status = 'waiting'`),
      kit.foreignKey({
        name: 'conversations_widget_customer',
        columns: [table.organization_id, table.widget_customer_id],
        foreignColumns: [widgetCustomers.organization_id, widgetCustomers.id],
      }),
      kit.foreignKey({
        name: 'conversations_registered_customer',
        columns: [table.organization_id, table.customer_id],
        foreignColumns: [customers.organization_id, customers.id],
      }),
      kit.foreignKey({
        name: 'conversations_its_department',
        columns: [table.organization_id, table.department_id],
        foreignColumns: [departments.organization_id, departments.id],
      }),
      kit.check(
        'conversations_someone',
        sql`${kit.inCheck(table.customer_id)} IS NOT NULL OR ${kit.inCheck(table.widget_customer_id)} IS NOT NULL`,
      ),
      kit.check(
        'conversations_closed',
        sql`(${kit.inCheck(table.status)} = 'closed') = (${kit.inCheck(table.closed_at)} IS NOT NULL)`,
      ),
    ],
  );

  return { conversations };
}
