import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import { useSession } from '../../session/session.ts';
import type { Conversation } from '../conversation.ts';

/**
 * Why a reply that is being written may be one too many: a colleague types one, or sent one after
 * this was begun. Null while nothing is in the way.
 */
export function createCollision(
  conversation: Conversation,
  text: Accessor<string>,
): Accessor<string | null> {
  const { me } = useSession();
  /** The last message as the draft was begun; what came later its writer may not have read. */
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
