import type { LiveConversation } from '../../state/conversation.ts';
import { keep, kept } from '../../state/keep.ts';

/** Moves the draft and failed messages of a conversation that has ended into the next one (P9). */
export default function carryDraft(from: LiveConversation, to: string): void {
  const unsent = from.state().outgoing.filter((message) => message.state === 'failed');
  const texts = [
    kept(`draft:${to}`),
    ...unsent.map((message) => message.body),
    kept(`draft:${from.id}`),
  ];
  keep(`draft:${to}`, texts.filter(Boolean).join('\n'));
  keep(`draft:${from.id}`, '');
  for (const message of unsent) from.client.discard(message.id);
}
