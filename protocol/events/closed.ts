import { z } from 'zod';
import { closedReason } from '../conversation/closed-reason.ts';
import { defineEvent, everyone } from './define.ts';

/** The conversation ended. */
export const closed = defineEvent({
  schema: z.object({
    type: z.literal('closed'),
    reason: closedReason,
    /** With `inactive`: the hours for which the visitor did not answer. */
    hours: z.number().optional(),
    /** Whether the visitor's next message reopens it; left out: it does not. */
    reopens: z.boolean().optional(),
  }),
  isPublic: everyone,
  means:
    'it ended; nothing can be sent until it is reopened, but where `reopens` is true: then the next message does that. `hours`: how long the visitor was silent, where that closed it',
  describe: () => 'The conversation was closed.',
  apply: (state, { reason, reopens }, { at, by }) => ({
    ...state,
    ...(reopens && { reopens }),
    status: 'closed',
    shelf: 'closed',
    closed_reason: reason,
    closed_by: by,
    closed_at: at,
    waiting_since: null,
    snoozed_until: null,
  }),
});
