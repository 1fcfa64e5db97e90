import type { CustomFields } from '../../protocol/resources/customer.ts';
import type { Kit } from '../kit.ts';
import type { organizationTables } from './organizations.ts';

/** People who ask. */
export function customerTables(kit: Kit, { organizations }: ReturnType<typeof organizationTables>) {
  /** A browser that wrote to an organization; the same visitor_id is the same customer. */
  const widgetCustomers = kit.table(
    'widget_customers',
    {
      organization_id: kit.id(),
      id: kit.id(),
      visitor_id: kit.text().notNull(),
      /** The registered customer that this one became. */
      customer_id: kit.uuid(),
      email: kit.text(),
      full_name: kit.text(),
      phone: kit.text(),
      user_agent: kit.text(),
      ip_address: kit.address(),
      country: kit.text(),
      city: kit.text(),
      custom_fields: kit.json<CustomFields>().notNull(),
      first_seen_at: kit.time().notNull(),
      last_seen_at: kit.time().notNull(),
      total_conversations: kit.integer().notNull().default(0),
      /** When the organization blocked this visitor; null if it did not. */
      blocked_at: kit.time(),
      /** Session and visitor tokens that were made before are refused. */
      revoked_before: kit.time(),
      /** Session tokens that were made before are refused; the visitor token opens a new session. */
      sessions_revoked_before: kit.time(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.organization_id, table.id] }),
      kit.uniqueIndex('widget_customers_visitor').on(table.organization_id, table.visitor_id),
      // The list of customers, by who was here last.
      kit.index('widget_customers_seen').on(table.organization_id, table.last_seen_at, table.id),
      kit
        .foreignKey({
          name: 'widget_customers_organization',
          columns: [table.organization_id],
          foreignColumns: [organizations.id],
        })
        .onDelete('cascade'),
      kit.foreignKey({
        name: 'widget_customers_customer',
        columns: [table.organization_id, table.customer_id],
        foreignColumns: [customers.organization_id, customers.id],
      }),
    ],
  );

  /** A person whom the site itself knows and vouches for. */
  const customers = kit.table(
    'customers',
    {
      organization_id: kit.id(),
      id: kit.id(),
      external_id: kit.text().notNull(),
      email: kit.text(),
      full_name: kit.text(),
      phone: kit.text(),
      custom_fields: kit.json<CustomFields>().notNull(),
      created_at: kit.time().notNull(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.organization_id, table.id] }),
      kit.uniqueIndex('customers_external').on(table.organization_id, table.external_id),
      kit
        .foreignKey({
          name: 'customers_organization',
          columns: [table.organization_id],
          foreignColumns: [organizations.id],
        })
        .onDelete('cascade'),
    ],
  );

  return { widgetCustomers, customers };
}
