import { z } from 'zod';
import { wake } from '../conversation/state.ts';
import { agentsOnly, defineEvent } from './define.ts';

/** No longer snoozed: the time has come, or an agent took it up again. */
export const woke = defineEvent({
  schema: z.object({ type: z.literal('woke') }),
  isPublic: agentsOnly,
  means: 'back from snoozing',
  describe: () => 'Back in the inbox.',
  apply: (state, _event, { at }) => ({ ...wake(state), resumed_at: at }),
});
