import { z } from 'zod';
import { defineEvent, everyone } from './define.ts';

/** An agent takes part for the first time, and has the conversation from then on. */
export const joined = defineEvent({
  schema: z.object({
    type: z.literal('joined'),
    agent: z.object({ id: z.string(), name: z.string() }),
  }),
  isPublic: everyone,
  means: 'an agent takes part for the first time',
  describe: ({ agent }) => `${agent.name} joined the conversation.`,
  apply: (state, { agent }) => ({ ...state, assignee: agent }),
});
