import { and, eq, sql } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import { type Database, isConstraint, type Write, writeAll } from '../../database/database.ts';
import { log } from '../../kernel/log/log.ts';
import type { Founding, State } from '../state/state.ts';
import { date, shelfOf } from './columns.ts';
import { reportSetAside } from './piecemeal-store.ts';

const { conversations, customers, departments, organizations, widgetCustomers } = tables;

/**
 * Writes the row of a conversation that the database has lost (a file that was deleted, a backup that
 * was older), and the customer's where it is gone too: as they began, for the update that follows.
 * What only the database knew (addresses, a customer's own fields) stays lost until the customer is
 * back.
 *
 * @returns whether it was written; not where the organization or the department is gone, which the log is
 *   told, and where the customer has another conversation open in that department
 */
export async function restoreRow(db: Database, founding: Founding, state: State): Promise<boolean> {
  const there = await lookAround(db, founding, state);
  if (!there?.department) {
    const reason = there ? 'department_missing' : 'organization_missing';
    reportSetAside(founding, { reason, department: state.department_id });
    return false;
  }
  const { organization_id, id, record } = founding;
  const customer_id = there.registered || record?.external_id ? founding.customer_id : null;
  // The visitor may have come back meanwhile, as a customer of another id.
  const widget_customer_id = there.widget_customer ?? founding.widget_customer_id;
  const writes: Write[] = [];
  if (!there.registered && customer_id && record?.external_id) {
    writes.push(registeredInsert(db, founding, customer_id, record.external_id));
  }
  if (!there.widget_customer && widget_customer_id) {
    writes.push(customerInsert(db, founding, state, widget_customer_id, customer_id));
  }
  const row = db
    .insert(conversations)
    .values({
      organization_id,
      id,
      widget_customer_id,
      customer_id,
      previous_conversation_id: founding.previous_conversation_id,
      pre_chat_data: record?.pre_chat_data ?? {},
      page_url: record?.page_url ?? null,
      referrer: record?.referrer ?? null,
      created_at: new Date(founding.created_at),
      department_id: state.department_id,
      ...shelfOf(state),
      activity_at: new Date(state.activity_at),
      version: 0,
    })
    .onConflictDoNothing();
  const [first, ...rest] = [...writes, row];
  if (!first) return false;
  try {
    await writeAll(db, [first, ...rest, ...countWrites(db, organization_id, widget_customer_id)]);
  } catch (error) {
    if (!isConstraint(error)) throw error;
    reportSetAside(founding, { reason: 'refused_by_database', error });
    return false;
  }
  log.warn('projection_restored', {
    organization: organization_id,
    conversation: id,
    customer: widget_customer_id ?? customer_id ?? undefined,
    count: writes.length + 1,
  });
  return true;
}

/** What the row would refer to; null where the organization itself is gone. */
async function lookAround(db: Database, founding: Founding, state: State) {
  const [stored] = await db
    .select({
      department: departments.id,
      widget_customer: widgetCustomers.id,
      registered: customers.id,
    })
    .from(organizations)
    .leftJoin(
      departments,
      and(
        eq(departments.organization_id, organizations.id),
        eq(departments.id, state.department_id),
      ),
    )
    .leftJoin(
      widgetCustomers,
      and(
        eq(widgetCustomers.organization_id, organizations.id),
        eq(widgetCustomers.visitor_id, founding.visitor_id),
      ),
    )
    .leftJoin(
      customers,
      and(
        eq(customers.organization_id, organizations.id),
        eq(customers.id, founding.customer_id ?? ''),
      ),
    )
    .where(eq(organizations.id, founding.organization_id));
  return stored ?? null;
}

function registeredInsert(
  db: Database,
  { organization_id, customer, record, created_at }: Founding,
  id: string,
  external_id: string,
) {
  return db
    .insert(customers)
    .values({
      organization_id,
      id,
      external_id,
      ...customer,
      phone: record?.phone ?? null,
      custom_fields: {},
      created_at: new Date(created_at),
    })
    .onConflictDoNothing();
}

function customerInsert(
  db: Database,
  { organization_id, visitor_id, customer, record, created_at, blocked, ...rest }: Founding,
  state: State,
  id: string,
  customer_id: string | null,
) {
  const began = new Date(created_at);
  return db
    .insert(widgetCustomers)
    .values({
      organization_id,
      id,
      visitor_id,
      customer_id,
      ...customer,
      phone: record?.phone ?? null,
      custom_fields: record?.pre_chat_data ?? {},
      first_seen_at: began,
      last_seen_at: date(state.last_message_at) ?? began,
      blocked_at: blocked ? new Date() : null,
      // Of what was ended, the object knows the last time alone: nobody gets back in by a lost row.
      revoked_before: rest.revoked_before === undefined ? null : new Date(rest.revoked_before),
    })
    .onConflictDoNothing();
}

/** The customer has at least the conversations that are there. */
function countWrites(db: Database, organizationId: string, id: string | null): Write[] {
  if (!id) return [];
  const counted = sql`(SELECT count(*) FROM ${conversations}
    WHERE ${conversations.organization_id} = ${organizationId}
    AND ${conversations.widget_customer_id} = ${id})`;
  return [
    db
      .update(widgetCustomers)
      .set({
        total_conversations: sql`CASE WHEN total_conversations < ${counted} THEN ${counted} ELSE total_conversations END`,
      })
      .where(and(eq(widgetCustomers.organization_id, organizationId), eq(widgetCustomers.id, id))),
  ];
}
