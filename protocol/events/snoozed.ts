import { z } from 'zod';
import { agentsOnly, defineEvent } from './define.ts';

/** Put aside until a time; `null` for until the visitor writes. */
export const snoozed = defineEvent({
  schema: z.object({ type: z.literal('snoozed'), until: z.iso.datetime().nullable() }),
  isPublic: agentsOnly,
  means: 'put aside until that time; null: until the visitor writes',
  describe: ({ until }) => (until ? `Snoozed until ${until}.` : 'Snoozed until the next reply.'),
  apply: (state, { until }) => ({
    ...state,
    status: 'snoozed',
    shelf: 'snoozed',
    snoozed_until: until,
  }),
});
