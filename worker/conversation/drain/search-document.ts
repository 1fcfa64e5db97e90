import { storable } from '../../../drizzle/storable.ts';
import type { Message } from '../../../protocol/conversation/message.ts';
import type { IndexedText } from '../../../protocol/resources/search.ts';
import { plainText } from '../../../protocol/text/format.ts';
import type { ConversationText } from '../../features/search/index-store.ts';
import type { Log } from '../log/log.ts';

/**
 * Characters of a conversation that the search knows: the newest. A row of D1 holds 2 MB
 * (developers.cloudflare.com/d1/platform/limits), and a tsvector 1 MB.
 */
const MAX_CHARACTERS = 128 * 1024;
const AT_ONCE = 200;

/** What was said in a conversation, notes included, in order. */
export function conversationTextOf(log: Log): ConversationText {
  const texts: IndexedText[] = [];
  let version = 0;
  let left = MAX_CHARACTERS;
  let before = Number.MAX_SAFE_INTEGER;
  while (left > 0) {
    const page = log.before(before, AT_ONCE, 'agent').reverse();
    for (const message of page) {
      if (version === 0 && changesText(message)) version = message.seq;
      const text = textOf(message);
      left -= text.length;
      if (left < 0) break;
      if (text && message.kind !== 'event') texts.push(toIndexed(message, text));
    }
    const oldest = page.at(-1);
    if (!oldest || page.length < AT_ONCE) break;
    before = oldest.seq;
  }
  return { version, texts: texts.reverse() };
}

/** Whether a text is another after this entry. */
function changesText({ kind, event }: Message): boolean {
  return kind !== 'event' || event?.type === 'edited' || event?.type === 'deleted';
}

function textOf({ kind, body, file }: Message): string {
  if (kind === 'event') return '';
  return storable([plainText(body), file?.name].filter(Boolean).join('\n'));
}

function toIndexed({ seq, kind, sender, sent_at }: Message, text: string): IndexedText {
  const by = sender.kind === 'visitor' ? 'visitor' : 'agent';
  return { seq, by, name: sender.name, note: kind === 'note', sent_at, text };
}
