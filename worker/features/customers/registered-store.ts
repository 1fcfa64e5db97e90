import type { CustomFields, RegisteredCustomer } from '../../../protocol/resources/customer.ts';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import type { CustomerDetails } from './store.ts';

const { customers } = tables;

/** A person whom the site itself vouches for, with what it said of them. */
export type Registered = CustomerDetails & {
  /** Made of `external_id` (worker/auth/identity.ts), so that both are the same person always. */
  id: string;
  external_id: string;
  custom_fields?: CustomFields;
};

/** The write that keeps a registered customer: made the first time, afterwards what is new of them. */
export function keepRegistered(
  db: Database,
  organization_id: string,
  { id, external_id, ...details }: Registered,
  now: Date,
) {
  const insert = db.insert(customers).values({
    organization_id,
    id,
    external_id,
    custom_fields: {},
    ...details,
    created_at: now,
  });
  const target = [customers.organization_id, customers.id];
  return Object.keys(details).length > 0
    ? insert.onConflictDoUpdate({ target, set: details })
    : insert.onConflictDoNothing({ target });
}

/** As agents see them. */
export function toRegistered(row: typeof customers.$inferSelect): RegisteredCustomer {
  const { id, external_id, email, full_name, phone } = row;
  return { id, external_id, email, full_name, phone };
}
