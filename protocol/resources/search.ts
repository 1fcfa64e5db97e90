import { z } from 'zod';
import { conversationStatus } from '../conversation/conversation-fields.ts';
import { widgetCustomerRecord } from './customer.ts';

/** What a search answers. Hits are marked by ranges of the text, never by markup in it. */

/** Where a mark begins and where it ends (not included), in UTF-16 units. */
const textRange = z.tuple([z.number().int(), z.number().int()]);
export type TextRange = z.infer<typeof textRange>;

const snippet = z.object({ text: z.string(), marks: z.array(textRange) });
export type Snippet = z.infer<typeof snippet>;

/** A message as the index keeps it. */
export type IndexedText = {
  seq: number;
  by: 'visitor' | 'agent';
  name: string | null;
  note: boolean;
  sent_at: string;
  text: string;
};

export const searchHit = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('customer'),
    customer: widgetCustomerRecord,
    /** Where name, e-mail address and phone number fit. */
    marks: z.object({
      full_name: z.array(textRange),
      email: z.array(textRange),
      phone: z.array(textRange),
    }),
  }),
  z.object({
    kind: z.literal('message'),
    conversation: z.object({
      id: z.string(),
      status: conversationStatus,
      department_id: z.string(),
      created_at: z.iso.datetime(),
      customer: z.object({
        id: z.string(),
        full_name: z.string().nullable(),
        email: z.string().nullable(),
      }),
    }),
    seq: z.number().int(),
    sender: z.object({ kind: z.enum(['visitor', 'agent']), name: z.string().nullable() }),
    /** Whether it is a private note. */
    note: z.boolean(),
    sent_at: z.iso.datetime(),
    snippet,
    /** Messages of the conversation that fit as well. */
    more: z.number().int(),
  }),
]);
export type SearchHit = z.infer<typeof searchHit>;
