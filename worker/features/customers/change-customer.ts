import { actorOf, following } from '../../auth/principal.ts';
import { reach } from '../../conversation/reach.ts';
import type { Who } from '../../conversation/who.ts';
import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { listOfCustomer, listOpenOfCustomer } from '../conversations/store/lists.ts';
import { customerChange, noteCustomerEvent } from '../customer-entries/store.ts';
import { indexCustomer } from '../search/index-store.ts';
import { findCustomer, updateCustomer, type WidgetCustomerRow } from './store.ts';

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
  const before = await findCustomer(db, by.organization_id, customerId);
  const row = await updateCustomer(db, by.organization_id, customerId, details);
  if (!row || !before) throw new FoyerError('not_found');
  const change = customerChange(before, row);
  if (change) await noteCustomerEvent(db, row, actorOf(by, customerId), change);
  const [open, { items }] = await Promise.all([
    listOpenOfCustomer(db, by.organization_id, customerId),
    listOfCustomer(db, by.organization_id, customerId, { limit: 1 }),
  ]);
  const { full_name, email } = row;
  const teller = by.role === 'agent' ? following(by, customerId) : by;
  await Promise.all(
    open.map((id) =>
      reach(env, teller, id, (object, teller) => object.rename(teller, { full_name, email })),
    ),
  );
  const [newest] = items;
  if (newest) await indexCustomer(db, newest, row);
  return row;
}
