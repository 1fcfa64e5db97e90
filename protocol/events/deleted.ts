import { z } from 'zod';
import { defineEvent } from './define.ts';

/** An earlier message was taken back: readers put it in place, as with `edited`. */
export const deleted = defineEvent({
  schema: z.object({
    type: z.literal('deleted'),
    seq: z.number().int().positive(),
    note: z.boolean().optional(),
  }),
  isPublic: ({ note }) => !note,
  means: 'the message `seq` was taken back; `note`: it was a private one, for agents alone',
  describe: () => 'A message was deleted.',
  // The preview is empty. An app shows in its own language that a message was taken back.
  apply: (state, { seq }) =>
    seq === state.last_message_seq ? { ...state, last_message_preview: '' } : state,
});
