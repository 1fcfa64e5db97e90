import { PAGE_OF_MESSAGES } from '../../protocol/limits.ts';
import type { Message } from '../../protocol/message.ts';
import type { Env } from '../env.ts';
import { reach } from './reach.ts';
import type { Visitor } from './who.ts';

/** Pages of a history that are read at most: the newest five hundred messages. */
const PAGES = 5;

/**
 * What was said in a visitor's conversation, oldest first: texts and files, without what was taken
 * back. Of a long one, the newest part.
 *
 * @throws FoyerError not_found where it is not theirs
 */
export async function readSaid(env: Env, visitor: Visitor, id: string): Promise<Message[]> {
  const messages: Message[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next_cursor } = await reach(env, visitor, id, (object) =>
      object.history(visitor, { before, limit: PAGE_OF_MESSAGES }),
    );
    messages.unshift(...items);
    if (next_cursor === null) break;
    before = Number(next_cursor);
  }
  return messages.filter(({ kind, deleted_at }) => kind !== 'event' && !deleted_at);
}
