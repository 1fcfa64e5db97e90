import { z } from 'zod';
import { agentsOnly, defineEvent } from './define.ts';

/** The visitor may no longer write, or may again. */
export const visitorBlocked = defineEvent({
  schema: z.object({ type: z.literal('visitor_blocked'), blocked: z.boolean() }),
  isPublic: agentsOnly,
  means: 'the visitor may no longer write, or may again',
  describe: ({ blocked }) => (blocked ? 'The visitor was blocked.' : 'The visitor was unblocked.'),
  // The conversation's founding holds whether the visitor is blocked.
  apply: (state) => state,
});
