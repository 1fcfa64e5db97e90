import { z } from 'zod';
import { wake } from '../conversation/state.ts';
import { defineEvent, everyone } from './define.ts';

/** A closed conversation goes on. */
export const reopened = defineEvent({
  schema: z.object({ type: z.literal('reopened') }),
  isPublic: everyone,
  means: 'it goes on',
  describe: () => 'The conversation was reopened.',
  apply: ({ reopens: _, ...state }, _event, { at }) =>
    wake({ ...state, closed_reason: null, closed_by: null, closed_at: null, resumed_at: at }),
});
