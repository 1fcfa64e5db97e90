import { z } from 'zod';
import { conversationStatus } from '../conversation/conversation-fields.ts';

/** What a saved view asks of the list; what is left out is not asked. */
export const savedQuery = z.object({
  status: z.union([z.literal('open'), conversationStatus]).optional(),
  /** `me`, `none`, or a user's id. */
  assignee: z.string().max(100).optional(),
  department: z.string().max(100).optional(),
  label: z.string().max(100).optional(),
  /** Conversations with a note that names the agent who looks. */
  mentioned: z.literal('me').optional(),
  q: z.string().max(200).optional(),
  sort: z.enum(['activity', 'waiting']).optional(),
});
export type SavedQuery = z.infer<typeof savedQuery>;

/** A queue that somebody put together and gave a name; `shared`: the whole team has it. */
export const savedView = z.object({
  id: z.uuid(),
  name: z.string(),
  query: savedQuery,
  /** Its place in the list, then by id. */
  position: z.int(),
  shared: z.boolean(),
  /** The user who shared it, and may take it back; null where it is not shared, or nobody knows. */
  shared_by: z.string().nullable(),
  /** What the view asks for and the organization has no more: then it finds nothing, or not all. */
  missing: z.array(z.enum(['assignee', 'department', 'label'])),
});
export type SavedView = z.infer<typeof savedView>;

/** Saved views that one agent sees: their own and the team's. */
export const MAX_VIEWS = 50;
