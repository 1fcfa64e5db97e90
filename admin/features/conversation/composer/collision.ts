import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import { useSession } from '../../session/session.ts';
import type { Conversation } from '../conversation.ts';

/**
 * A warning while the agent writes a reply: a colleague is typing one, or has sent one since the
 * draft was started. Null if there is no conflict.
 */
export function createCollision(
  conversation: Conversation,
  text: Accessor<string>,
): Accessor<string | null> {
  const { me } = useSession();
  /** The last message when the draft was started. The writer may not have read later ones. */
  const [startSeq, setStartSeq] = createSignal<number | null>(null);
  createEffect(
    on(
      () => conversation.ready() && text() !== '',
      (writes) => setStartSeq(writes ? (conversation.messages().at(-1)?.seq ?? 0) : null),
    ),
  );
  const isColleague = (sender: { kind: string; id: string }) =>
    sender.kind === 'agent' && sender.id !== me.user.id;

  return createMemo(() => {
    const since = startSeq();
    if (since === null) return null;
    const typist = conversation.typing().find((sender) => isColleague(sender) && !sender.note);
    if (typist) return `${typist.name ?? 'A colleague'} is also typing a reply.`;
    const answer = conversation
      .messages()
      .findLast(
        ({ seq, kind, sender }) =>
          seq > since && (kind === 'text' || kind === 'file') && isColleague(sender),
      );
    return answer ? `${answer.sender.name ?? 'A colleague'} has already replied.` : null;
  });
}
