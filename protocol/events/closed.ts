import { z } from 'zod';
import { defineEvent, everyone } from './define.ts';

export const closedReason = z.enum([
  'resolved',
  'department_changed',
  'visitor_left',
  'inactive',
  'spam',
]);
export type ClosedReason = z.infer<typeof closedReason>;

/** The conversation ended. */
export const closed = defineEvent({
  schema: z.object({ type: z.literal('closed'), reason: closedReason }),
  isPublic: everyone,
  describe: () => 'The conversation was closed.',
  apply: (state, { reason }, { at, by }) => ({
    ...state,
    status: 'closed',
    shelf: 'closed',
    closed_reason: reason,
    closed_by: by,
    closed_at: at,
    waiting_since: null,
    snoozed_until: null,
  }),
});
