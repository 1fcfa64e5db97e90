import { z } from 'zod';
import { priority } from '../conversation/conversation-fields.ts';
import { agentsOnly, defineEvent } from './define.ts';

/** How urgent it is from now on. */
export const priorityChanged = defineEvent({
  schema: z.object({ type: z.literal('priority_changed'), priority }),
  isPublic: agentsOnly,
  means: 'how urgent it is from now on',
  describe: ({ priority }) => `Priority set to ${priority}.`,
  apply: (state, { priority }) => ({ ...state, priority }),
});
