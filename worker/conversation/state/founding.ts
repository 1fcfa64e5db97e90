import { z } from 'zod';

/** What is set when the conversation is created: its customer, its department, and where it began. */
export const founding = z.object({
  id: z.string(),
  organization_id: z.string(),
  widget_customer_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  /** The visitor who may open it. */
  visitor_id: z.string(),
  customer: z.object({ full_name: z.string().nullable(), email: z.string().nullable() }),
  department_id: z.string(),
  previous_conversation_id: z.string().nullable(),
  created_at: z.string(),
  /** The organization wishes to hear no more from this visitor. */
  blocked: z.boolean().optional(),
  /** Session tokens that were made before this moment are refused. Milliseconds since 1970. */
  revoked_before: z.number().optional(),
  /**
   * What else the row began with, so that it can be written again where it is lost. Of conversations
   * that began before this was kept, it is not known.
   */
  record: z
    .object({
      pre_chat_data: z.record(z.string(), z.string()),
      page_url: z.string().nullable(),
      referrer: z.string().nullable(),
      phone: z.string().nullable(),
      /** Where the visitor was. Conversations that began before this was kept have neither. */
      city: z.string().nullable().optional(),
      country: z.string().nullable().optional(),
      /** The site's own id of a registered customer. */
      external_id: z.string().nullable(),
    })
    .optional(),
});
export type Founding = z.infer<typeof founding>;
