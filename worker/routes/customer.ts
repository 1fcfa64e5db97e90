import { reach } from '../conversation/reach.ts';
import type { Who } from '../conversation/who.ts';
import type { Env } from '../env.ts';
import { FoyerError } from '../errors.ts';
import { listOfCustomer } from '../store/conversations/lists.ts';
import { updateCustomer, type WidgetCustomerRow } from '../store/customers.ts';
import type { Database } from '../store/database.ts';
import { indexCustomer } from '../store/search-index.ts';

/**
 * Changes a customer's record, and tells their open conversations, whose agents see the name, and the
 * search.
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
  const row = await updateCustomer(db, by.organization_id, customerId, details);
  if (!row) throw new FoyerError('not_found');
  const conversations = await listOfCustomer(db, by.organization_id, customerId);
  const { full_name, email } = row;
  await Promise.all(
    conversations
      .filter(({ status }) => status !== 'closed')
      .map(({ id }) =>
        reach(env, by, id, (conversation) => conversation.rename(by, { full_name, email })),
      ),
  );
  const [newest] = conversations;
  if (newest) await indexCustomer(db, newest, row);
  return row;
}
