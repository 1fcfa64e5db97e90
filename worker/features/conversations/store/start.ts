import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import { toColumns } from '../../../../drizzle/conversation-columns.ts';
import { type Actor, systemFor } from '../../../../protocol/conversation/actor.ts';
import { initialState } from '../../../../protocol/conversation/state.ts';
import type { CustomFields } from '../../../../protocol/resources/customer.ts';
import { tables } from '../../../database/configured.ts';
import { type Database, isDuplicate, type Write, writeAll } from '../../../database/database.ts';
import { FoyerError } from '../../../kernel/errors.ts';
import { uuidv7 } from '../../../kernel/ids.ts';
import { nameEntry } from '../../customer-entries/store.ts';
import { keepRegistered, type Registered } from '../../customers/registered-store.ts';
import {
  type CustomerDetails,
  mergeFields,
  type WidgetCustomerRow,
} from '../../customers/store.ts';
import type { Quotas } from '../../quotas/quotas.ts';
import { mustBeAdmitted, type SessionOf } from '../../visitor-sessions/store.ts';
import type { ConversationRow } from './rows.ts';

const { conversations, widgetCustomers } = tables;

export type Start = {
  visitor_id: string;
  /** The session that asks: all of its records must admit it. */
  session: SessionOf;
  department_id: string;
  previous_conversation_id: string | null;
  pre_chat_data: CustomFields;
  details: CustomerDetails;
  /** What is kept of them besides; new over old. */
  custom_fields: CustomFields;
  /** The registered customer whose conversation it is. */
  registered: Registered | null;
  page_url: string | null;
  referrer: string | null;
  browser: {
    user_agent: string | null;
    ip_address: string | null;
    country: string | null;
    city: string | null;
  };
  quotas: Quotas;
  now: Date;
};

export type Started = {
  conversation: ConversationRow;
  widget_customer: WidgetCustomerRow;
  /** False when the visitor had one open in that department already. */
  is_new: boolean;
  /** The actor who changed the name or address of an existing customer with it, or null. */
  renamed_by: Actor | null;
};

/** Times that two first requests of one visitor may collide before it is somebody else's fault. */
const TRIES = 3;

/** Milliseconds. */
const HOUR = 3_600_000;

/**
 * Finds or makes the visitor's customer, and a conversation in the department: the one that is open
 * there, or a new one. Both are written together. Asked twice at once, both find the same: the
 * unique indexes (visitor_id; one open conversation a department) decide, and the loser reads again.
 *
 * @throws FoyerError blocked, session_expired; rate_limited for more than
 *   `visitor_conversations_per_hour`
 */
export async function startConversation(
  db: Database,
  organizationId: string,
  start: Start,
): Promise<Started> {
  for (let attempt = 1; ; attempt += 1) {
    const records = await mustBeAdmitted(db, organizationId, start.session);
    const customer = records.find(({ visitor_id }) => visitor_id === start.visitor_id) ?? null;
    const open = customer && (await findOpen(db, customer, start.department_id));
    if (open) {
      return { conversation: open, widget_customer: customer, is_new: false, renamed_by: null };
    }
    if (customer) await mustNotBeMany(db, customer, start);
    const next = customer ? returning(customer, start) : newcomer(organizationId, start);
    const conversation = opened(next, start);
    try {
      const whose = customer
        ? db
            .update(widgetCustomers)
            // Counted in the statement: two departments may be picked at once.
            .set({
              ...changesOf(customer, start),
              total_conversations: sql`total_conversations + 1`,
            })
            .where(
              and(
                eq(widgetCustomers.organization_id, organizationId),
                eq(widgetCustomers.id, customer.id),
              ),
            )
        : db.insert(widgetCustomers).values(next);
      const begun = db.insert(conversations).values(conversation);
      const { registered, now } = start;
      const writes: [Write, ...Write[]] = [whose, begun];
      if (registered) writes.unshift(keepRegistered(db, organizationId, registered, now));
      if (customer) writes.unshift(...entriesOf(db, customer, start));
      await writeAll(db, writes);
      const renamed_by = customer && renamedBy(customer, start);
      return { conversation, widget_customer: next, is_new: true, renamed_by };
    } catch (error) {
      if (!isDuplicate(error) || attempt === TRIES) throw error;
    }
  }
}

/** What is said of a customer, by whoever says it: the site of whom it vouches for, or the visitor. */
function saidBy({ id }: WidgetCustomerRow, { details, registered }: Start) {
  const vouched = { full_name: registered?.full_name, email: registered?.email };
  const typed = {
    full_name: vouched.full_name === undefined ? details.full_name : undefined,
    email: vouched.email === undefined ? details.email : undefined,
  };
  return [
    { by: systemFor('identity'), said: vouched },
    { by: { kind: 'visitor' as const, id }, said: typed },
  ];
}

/** The entries of a new name and a new address (P11). */
function entriesOf(db: Database, customer: WidgetCustomerRow, start: Start): Write[] {
  const name = start.details.full_name ?? customer.full_name;
  return saidBy(customer, start)
    .map(({ by, said: details }) => nameEntry(db, customer, by, details, name))
    .filter((entry) => entry !== null);
}

function renamedBy(customer: WidgetCustomerRow, start: Start): Actor | null {
  const renaming = saidBy(customer, start).find(
    ({ said: { full_name, email } }) =>
      (full_name !== undefined && full_name !== customer.full_name) ||
      (email !== undefined && email !== customer.email),
  );
  return renaming?.by ?? null;
}

async function findOpen(
  db: Database,
  customer: WidgetCustomerRow,
  departmentId: string,
): Promise<ConversationRow | null> {
  const [row] = await db
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.organization_id, customer.organization_id),
        eq(conversations.widget_customer_id, customer.id),
        eq(conversations.department_id, departmentId),
        isNull(conversations.closed_at),
      ),
    );
  return row ?? null;
}

/** Reads as many entries of one index as the quota allows conversations, of the newest. */
async function mustNotBeMany(
  db: Database,
  customer: WidgetCustomerRow,
  { quotas, now }: Start,
): Promise<void> {
  const [row] = await db
    .select({ created_at: conversations.created_at })
    .from(conversations)
    .where(
      and(
        eq(conversations.organization_id, customer.organization_id),
        eq(conversations.widget_customer_id, customer.id),
        gt(conversations.created_at, new Date(now.getTime() - HOUR)),
      ),
    )
    .orderBy(desc(conversations.created_at), desc(conversations.id))
    .limit(1)
    .offset(quotas.visitor_conversations_per_hour - 1);
  if (!row) return;
  const again = row.created_at.getTime() + HOUR - now.getTime();
  throw new FoyerError('rate_limited', {
    message: 'You have started many conversations. Wait a while before you start another one.',
    retryAfter: Math.max(1, Math.ceil(again / 1_000)),
  });
}

function newcomer(organizationId: string, start: Start): WidgetCustomerRow {
  return {
    organization_id: organizationId,
    id: uuidv7(),
    visitor_id: start.visitor_id,
    customer_id: start.registered?.id ?? null,
    email: null,
    full_name: null,
    phone: null,
    ...start.details,
    ...start.browser,
    custom_fields: mergeFields({}, fieldsOf(start), start.quotas.customer_bytes),
    first_seen_at: start.now,
    last_seen_at: start.now,
    total_conversations: 1,
    blocked_at: null,
    revoked_before: null,
    sessions_revoked_before: null,
  };
}

function returning(customer: WidgetCustomerRow, start: Start): WidgetCustomerRow {
  return {
    ...customer,
    ...changesOf(customer, start),
    total_conversations: customer.total_conversations + 1,
  };
}

/** Names no key: an update pays for every index whose columns it names, changed or not. */
function changesOf(customer: WidgetCustomerRow, start: Start) {
  return {
    ...start.details,
    ...start.browser,
    custom_fields: mergeFields(
      customer.custom_fields,
      fieldsOf(start),
      start.quotas.customer_bytes,
    ),
    last_seen_at: start.now,
  };
}

function fieldsOf({ custom_fields, pre_chat_data }: Start): CustomFields {
  return { ...custom_fields, ...pre_chat_data };
}

function opened(customer: WidgetCustomerRow, start: Start): ConversationRow {
  return {
    organization_id: customer.organization_id,
    id: uuidv7(),
    widget_customer_id: customer.id,
    customer_id: customer.customer_id,
    previous_conversation_id: start.previous_conversation_id,
    pre_chat_data: start.pre_chat_data,
    page_url: start.page_url,
    referrer: start.referrer,
    created_at: start.now,
    ...toColumns(
      initialState({
        created_at: start.now.toISOString(),
        department_id: start.department_id,
      }),
    ),
  };
}
