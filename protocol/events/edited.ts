import { z } from 'zod';
import { preview } from '../conversation/preview.ts';
import { defineEvent } from './define.ts';

/**
 * An earlier message has another text now. Not a line of the history: readers put it in place.
 * `body` is the text as it is when the event is read, so that it can be applied in any order and
 * again; `note`: the message is a private note, and so is this.
 */
export const edited = defineEvent({
  schema: z.object({
    type: z.literal('edited'),
    seq: z.number().int().positive(),
    body: z.string(),
    note: z.boolean().optional(),
  }),
  isPublic: ({ note }) => !note,
  means: 'the message `seq` has this text now; `note`: it is a private one, for agents alone',
  describe: () => 'A message was edited.',
  apply: (state, { seq, body }) =>
    seq === state.last_message_seq ? { ...state, last_message_preview: preview(body) } : state,
});
