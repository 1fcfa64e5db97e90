import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { ConversationDetail } from '../../../../protocol/conversation/conversation-detail.ts';
import type { VisitorConversationItem } from '../../../../protocol/conversation/visitor-conversation.ts';
import { tables } from '../../../database/configured.ts';
import type { Database } from '../../../database/database.ts';
import { toRegistered } from '../../customers/registered-store.ts';
import { toRecord } from '../../customers/store.ts';
import {
  type ConversationRow,
  isConversation,
  itsAssignee,
  itsCustomer,
  itsDepartment,
  itsRegistered,
  toSummary,
  toVisitorItem,
} from './rows.ts';

const { conversations, customers, departments, users, widgetCustomers } = tables;

/** A conversation with its customer and its department, for the agent's panel. */
export async function findConversation(
  db: Database,
  organizationId: string,
  id: string,
): Promise<ConversationDetail | null> {
  const [row] = await db
    .select({
      conversation: conversations,
      customer: widgetCustomers,
      department: departments,
      registered: customers,
      assignee_name: users.name,
    })
    .from(conversations)
    .innerJoin(departments, itsDepartment)
    .leftJoin(widgetCustomers, itsCustomer)
    .leftJoin(customers, itsRegistered)
    .leftJoin(users, itsAssignee)
    .where(isConversation(organizationId, id));
  if (!row) return null;
  const { conversation, customer, department, registered, assignee_name } = row;
  return {
    ...toSummary({
      conversation,
      full_name: customer?.full_name ?? null,
      email: customer?.email ?? null,
      city: customer?.city ?? null,
      country: customer?.country ?? null,
      assignee_name,
    }),
    page_url: conversation.page_url,
    referrer: conversation.referrer,
    pre_chat_data: conversation.pre_chat_data,
    department: {
      id: department.id,
      name: department.name,
      pre_chat_fields: department.pre_chat_fields,
    },
    widget_customer: customer && toRecord(customer),
    registered_customer: registered && toRegistered(registered),
  };
}

/** A conversation as its visitor's list shows it; null for anyone else's. */
export async function findForVisitor(
  db: Database,
  organizationId: string,
  visitorIds: readonly string[],
  id: string,
): Promise<VisitorConversationItem | null> {
  const [row] = await db
    .select({ conversation: conversations, department_name: departments.name })
    .from(conversations)
    .innerJoin(departments, itsDepartment)
    .innerJoin(widgetCustomers, itsCustomer)
    .where(
      and(isConversation(organizationId, id), inArray(widgetCustomers.visitor_id, visitorIds)),
    );
  return row ? toVisitorItem(row) : null;
}

/** The visitor's open conversation, the newest if there are several; null for none. */
export async function findOpenForVisitor(
  db: Database,
  organizationId: string,
  visitorIds: readonly string[],
): Promise<VisitorConversationItem | null> {
  const [row] = await db
    .select({ conversation: conversations, department_name: departments.name })
    .from(widgetCustomers)
    .innerJoin(
      conversations,
      and(
        eq(conversations.organization_id, widgetCustomers.organization_id),
        eq(conversations.widget_customer_id, widgetCustomers.id),
        isNull(conversations.closed_at),
      ),
    )
    .innerJoin(departments, itsDepartment)
    .where(
      and(
        eq(widgetCustomers.organization_id, organizationId),
        inArray(widgetCustomers.visitor_id, visitorIds),
      ),
    )
    .orderBy(desc(conversations.created_at), desc(conversations.id))
    .limit(1);
  return row ? toVisitorItem(row) : null;
}

/** What creates the conversation's object again, if the Worker died before it was told. */
export async function findFounding(
  db: Database,
  organizationId: string,
  id: string,
): Promise<{
  conversation: ConversationRow;
  customer: typeof widgetCustomers.$inferSelect;
} | null> {
  const [row] = await db
    .select({ conversation: conversations, customer: widgetCustomers })
    .from(conversations)
    .innerJoin(widgetCustomers, itsCustomer)
    .where(isConversation(organizationId, id));
  return row ?? null;
}

/**
 * Holds the department for a conversation that is to be open there, before its object is told: the
 * unique index decides, as it does for a new conversation. The row's version is forgotten with it,
 * so that whatever the object says next replaces the whole row.
 *
 * @throws what `isDuplicate` knows when the customer has another one open there
 */
export async function reserve(
  db: Database,
  organizationId: string,
  id: string,
  change: { department_id?: string; reopened?: true },
): Promise<void> {
  const { department_id, reopened } = change;
  if (department_id === undefined && !reopened) return;
  await db
    .update(conversations)
    .set({
      ...(department_id !== undefined && { department_id }),
      ...(reopened && {
        status: 'active',
        shelf: 'open',
        closed_at: null,
        closed_reason: null,
        closed_by: null,
      }),
      version: 0,
    })
    .where(isConversation(organizationId, id));
}
