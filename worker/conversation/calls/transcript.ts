import type { Message } from '../../../protocol/conversation/message.ts';
import { PAGE_OF_MESSAGES } from '../../../protocol/limits.ts';
import type { Env } from '../../env.ts';
import type { Visitor } from '../who.ts';
import { callConversation } from './call-conversation.ts';

/** Pages of a history that are read at most: the newest five hundred messages. */
const PAGES = 5;

/**
 * The texts and files of a visitor's conversation, oldest first, without what was taken back. Of a long
 * conversation, the newest part.
 *
 * @param characters how many the texts have together, at most
 * @throws FoyerError not_found where it is not theirs
 */
export async function readTranscript(
  env: Env,
  visitor: Visitor,
  id: string,
  characters = Number.POSITIVE_INFINITY,
): Promise<Message[]> {
  let left = characters;
  const messages: Message[] = [];
  let before = Number.MAX_SAFE_INTEGER;
  for (let page = 0; page < PAGES; page += 1) {
    const { items, next_cursor } = await callConversation(env, visitor, id, (object) =>
      object.history(visitor, { before, limit: PAGE_OF_MESSAGES }),
    );
    const content = items.filter(({ kind, deleted_at }) => kind !== 'event' && !deleted_at);
    const fitting = newestOf(content, left);
    messages.unshift(...fitting);
    left -= lengthOfAll(fitting);
    if (next_cursor === null || fitting.length < content.length) break;
    before = Number(next_cursor);
  }
  return messages;
}

const lengthOfAll = (messages: readonly Message[]) =>
  messages.reduce((length, { body }) => length + body.length, 0);

/** The last of some messages that have so many characters together, at most. */
function newestOf(messages: readonly Message[], characters: number): Message[] {
  let left = characters;
  let from = messages.length;
  while (from > 0) {
    left -= messages[from - 1]?.body.length ?? 0;
    if (left < 0) break;
    from -= 1;
  }
  return messages.slice(from);
}
