import { z } from 'zod';
import { agentsOnly, defineEvent } from './define.ts';

/** The agent who answers has another name. */
export const assigneeRenamed = defineEvent({
  schema: z.object({
    type: z.literal('assignee_renamed'),
    assignee: z.object({ id: z.string(), name: z.string() }),
  }),
  isPublic: agentsOnly,
  means: 'the agent who answers has another name',
  describe: ({ assignee }) => `The assignee is now called ${assignee.name}.`,
  apply: (state, { assignee }) => ({ ...state, assignee }),
});
