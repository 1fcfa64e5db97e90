import { actorOf, following, type System } from '../../auth/principal.ts';
import { callConversation } from '../../conversation/calls/call-conversation.ts';
import type { Visitor, Who } from '../../conversation/who.ts';
import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { listOfCustomer, listOpenOfCustomer } from '../conversations/store/lists.ts';
import { indexCustomer } from '../search/index-store.ts';
import { updateCustomer, type WidgetCustomerRow } from './store.ts';

/**
 * Changes a customer's record, and tells all of their open conversations, whose agents see the name,
 * and the search. Whoever calls has checked that the customer is there for them.
 *
 * @throws FoyerError not_found
 */
export async function changeCustomer(
  env: Env,
  db: Database,
  by: Who,
  customerId: string,
  details: Parameters<typeof updateCustomer>[3],
): Promise<WidgetCustomerRow> {
  const { organization_id } = by;
  const row = await updateCustomer(
    db,
    organization_id,
    customerId,
    details,
    actorOf(by, customerId),
  );
  if (!row) throw new FoyerError('not_found');
  const teller = by.role === 'agent' ? following(by, customerId) : by;
  const [{ items }] = await Promise.all([
    listOfCustomer(db, organization_id, customerId, { limit: 1 }),
    tellName(env, db, teller, row),
  ]);
  const [newest] = items;
  if (newest) await indexCustomer(db, newest, row);
  return row;
}

/** Tells a customer's open conversations what they are called now; those that know say nothing of it. */
export async function tellName(
  env: Env,
  db: Database,
  teller: Visitor | System,
  { organization_id, id: customerId, full_name, email }: WidgetCustomerRow,
): Promise<void> {
  const open = await listOpenOfCustomer(db, organization_id, customerId);
  await Promise.all(
    open.map((id) =>
      callConversation(env, teller, id, (object, by) => object.rename(by, { full_name, email })),
    ),
  );
}
