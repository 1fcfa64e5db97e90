import { z } from 'zod';

const time = z.iso.datetime();

export const customFields = z.record(z.string(), z.string());
export type CustomFields = z.infer<typeof customFields>;

/** The part of a widget_customer that goes to its own browser. */
export const widgetCustomer = z.object({
  id: z.string(),
  visitor_id: z.string(),
  email: z.string().nullable(),
  full_name: z.string().nullable(),
  phone: z.string().nullable(),
  custom_fields: customFields,
});
export type WidgetCustomer = z.infer<typeof widgetCustomer>;

/** The whole record, for agents. */
export const widgetCustomerRecord = widgetCustomer.extend({
  organization_id: z.string(),
  user_agent: z.string().nullable(),
  ip_address: z.string().nullable(),
  country: z.string().nullable(),
  city: z.string().nullable(),
  first_seen_at: time,
  last_seen_at: time,
  total_conversations: z.number().int(),
  /** The registered customer that this one is. */
  customer_id: z.string().nullable(),
  /** Since when the organization wishes to hear no more from them. */
  blocked_at: time.nullable(),
});
export type WidgetCustomerRecord = z.infer<typeof widgetCustomerRecord>;

/** What an agent wrote down about a customer, for the others. */
export const customerNote = z.object({
  id: z.uuid(),
  author: z.object({ id: z.string(), name: z.string() }),
  body: z.string(),
  created_at: time,
});
export type CustomerNote = z.infer<typeof customerNote>;

/** A person for whom the site vouches, by the site's own id. */
export const registeredCustomer = z.object({
  id: z.string(),
  external_id: z.string(),
  email: z.string().nullable(),
  full_name: z.string().nullable(),
  phone: z.string().nullable(),
});
export type RegisteredCustomer = z.infer<typeof registeredCustomer>;
