import { z } from 'zod';
import { type Message, messageBody } from '../../../protocol/conversation/message.ts';
import { DEFAULT_PAGE, MAX_PAGE, PAGE_OF_MESSAGES } from '../../../protocol/limits.ts';
import { FoyerError } from '../../kernel/errors.ts';

/** Parts that several routes' requests share. */

/**
 * An id as it is stored. Ids name objects, too: of two spellings of one id there may be only one.
 */
export const uuid = z.uuid().toLowerCase();

export const idParam = z.object({ id: uuid });

export const listQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});

const seq = z.coerce.number().int().nonnegative();

/** Messages after a seq or before one; neither: from the first. A cursor goes before both. */
export const historyQuery = z
  .object({
    after: seq.optional(),
    before: seq.optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_OF_MESSAGES).default(PAGE_OF_MESSAGES),
  })
  .refine(({ after, before }) => after === undefined || before === undefined, {
    message: 'Give after or before, not both.',
    path: ['before'],
  });

type HistoryPage = { after?: number; before?: number; limit: number };

/**
 * The page of a conversation's history that a query asks for.
 *
 * @throws FoyerError validation_failed for a cursor that is not one of a history
 */
export function toPage({
  after,
  before,
  cursor,
  limit,
}: z.infer<typeof historyQuery>): HistoryPage {
  if (cursor !== undefined) {
    const [, forward, number] = cursor.match(/^(after-)?(\d{1,15})$/) ?? [];
    if (number === undefined) {
      throw new FoyerError('validation_failed', {
        fields: { cursor: 'Not a cursor of this list.' },
      });
    }
    return { [forward ? 'after' : 'before']: Number(number), limit };
  }
  return {
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
    limit,
  };
}

/**
 * The page as it is answered. Its cursor says in which direction it goes on: `after-50`, or `50` for
 * what is before, which may be sent as `before` as well.
 */
export function withCursor(
  { before }: HistoryPage,
  { items, next_cursor }: { items: Message[]; next_cursor: string | null },
) {
  const forward = before === undefined && next_cursor !== null;
  return { items, next_cursor: forward ? `after-${next_cursor}` : next_cursor };
}

export const postRequest = z.object({ id: z.uuid(), body: messageBody });

/** A message of a conversation, by its number. */
export const messageParam = idParam.extend({ seq: z.coerce.number().int().positive() });

/** `id` names the change: sent again, it changes nothing and gets the first ack (P4). */
export const editRequest = z.object({ id: z.uuid(), body: messageBody });
export const deleteQuery = z.object({ id: z.uuid() });

/** A path on this origin, and until when it leads anywhere. */
export const linkResponse = z.object({ url: z.string(), expires_at: z.iso.datetime() });

export const ackResponse = z.object({
  id: z.uuid(),
  seq: z.number().int(),
  sent_at: z.iso.datetime(),
});
