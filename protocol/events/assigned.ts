import { z } from 'zod';
import { agentsOnly, defineEvent } from './define.ts';

/** The agent who is to answer; `null` for none. */
export const assigned = defineEvent({
  schema: z.object({
    type: z.literal('assigned'),
    assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
  }),
  isPublic: agentsOnly,
  means: 'who answers from now on; null: nobody in particular',
  describe: ({ assignee }) => (assignee ? `Assigned to ${assignee.name}.` : 'Unassigned.'),
  apply: (state, { assignee }) => ({ ...state, assignee }),
});
