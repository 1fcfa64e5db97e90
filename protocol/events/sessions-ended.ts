import { z } from 'zod';
import { agentsOnly, defineEvent } from './define.ts';

/** What the visitor had open was ended: their browsers begin a new session. */
export const sessionsEnded = defineEvent({
  schema: z.object({ type: z.literal('sessions_ended') }),
  isPublic: agentsOnly,
  means: "the visitor's browsers had to begin new sessions",
  describe: () => "The visitor's sessions were ended.",
  // The conversation's founding holds the moment.
  apply: (state) => state,
});
