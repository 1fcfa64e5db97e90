import { z } from 'zod';

/**
 * Who stands at the conversation's door. The Worker has verified it (token or cookie) before any
 * object wakes; the object checks only that the conversation is theirs.
 */
const visitor = z.object({
  role: z.literal('visitor'),
  organization_id: z.string(),
  visitor_id: z.string(),
});
export type Visitor = z.infer<typeof visitor>;

export const agent = z.object({
  role: z.literal('agent'),
  organization_id: z.string(),
  id: z.string(),
  name: z.string(),
  session_id: z.string(),
});
export type Agent = z.infer<typeof agent>;

export const who = z.discriminatedUnion('role', [visitor, agent]);
export type Who = z.infer<typeof who>;
