import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Actor } from '../../../protocol/conversation/actor.ts';
import { recordActivity } from '../../activity/record-store.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { listOpenOfCustomer, ofCustomer } from '../conversations/store/lists.ts';
import { customerEntry } from '../customer-entries/store.ts';
import { findByVisitors, findCustomer, type WidgetCustomerRow } from '../customers/store.ts';
import { refusalOf } from './standing.ts';

const { conversations, widgetCustomers } = tables;

/** Conversations of one customer that are told at most: the open ones, and the newest of the others. */
const MOST_CALLED = 900;

/** Whom a session speaks for: its visitor_ids, and when its token was made (milliseconds since 1970). */
export type SessionOf = { visitor_ids: readonly string[]; issued_at?: number | undefined };

/**
 * The check before everything that a visitor does with the database: none of their records is blocked,
 * and the session was not ended. Objects check the same by what they remember.
 *
 * @returns the records of the session's visitor_ids, as many as there are
 * @throws FoyerError blocked, session_expired
 */
export async function mustBeAdmitted(
  db: Database,
  organizationId: string,
  { visitor_ids, issued_at = 0 }: SessionOf,
): Promise<WidgetCustomerRow[]> {
  const records = await findByVisitors(db, organizationId, visitor_ids);
  const refusal = refusalOf(records, issued_at);
  if (refusal) throw new FoyerError(refusal);
  return records;
}

/**
 * Ends the sessions of a customer that began before `now`, with the entry of it (P11).
 *
 * @param scope `browser`: its visitor token ends as well, so that it comes back as somebody new;
 *   `sessions`: the visitor token opens new ones
 */
export async function revokeCustomer(
  db: Database,
  organizationId: string,
  id: string,
  scope: 'browser' | 'sessions',
  now: Date,
  by: Actor,
): Promise<WidgetCustomerRow | null> {
  const whose = { organization_id: organizationId, id };
  await writeAll(db, [
    customerEntry(db, whose, by, { type: 'sessions_ended' }),
    // What visitors do with their own sessions is no activity of the organization's.
    ...(by.kind === 'visitor'
      ? []
      : [
          recordActivity(
            db,
            { organization_id: organizationId, actor: by },
            { kind: 'customer.sessions_ended', subject: { id } },
          ),
        ]),
    db
      .update(widgetCustomers)
      .set(scope === 'browser' ? { revoked_before: now } : { sessions_revoked_before: now })
      .where(and(eq(widgetCustomers.organization_id, organizationId), eq(widgetCustomers.id, id))),
  ]);
  return findCustomer(db, organizationId, id);
}

/** The customer's conversations whose objects must be told of a block, the open ones first. */
export async function listConversationsToCall(
  db: Database,
  organizationId: string,
  customerId: string,
): Promise<string[]> {
  const open = await listOpenOfCustomer(db, organizationId, customerId);
  const closed = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(and(ofCustomer(organizationId, customerId), isNotNull(conversations.closed_at)))
    .orderBy(desc(conversations.created_at), desc(conversations.id))
    .limit(MOST_CALLED);
  return [...open, ...closed.map(({ id }) => id)].slice(0, Math.max(MOST_CALLED, open.length));
}
