import type { ConversationClient } from '../../../protocol/client/types.ts';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { ConversationDetail } from '../../../protocol/conversation/conversation-detail.ts';
import { openConversation } from '../../live/sockets.ts';
import type { Me } from '../session/api.ts';

/** Conversations that stay warm after they were left; who comes back sees them at once. */
const MAX_CACHED = 20;

/** What is known of a conversation: its messages, and what its panel showed last. */
type OpenConversation = {
  client: ConversationClient<ConversationSummary>;
  detail: ConversationDetail | null;
};

/** One agent's, the least recently left first. Without sockets: a left one costs nothing (P8). */
let cache: { userId: string; all: Map<string, OpenConversation> } = { userId: '', all: new Map() };

/** Takes a conversation up: as it was left, else anew. Its client asks only for what came since (P3). */
export function resumeConversation(id: string, me: Me): OpenConversation {
  if (cache.userId !== me.user.id) cache = { userId: me.user.id, all: new Map() };
  const cached = cache.all.get(id);
  cache.all.delete(id);
  return cached ?? { client: openConversation(id, me), detail: null };
}

/** Whether something still waits to be sent by itself. */
const isSending = ({ state }: OpenConversation['client']) =>
  state.outgoing.some((message) => message.state === 'pending');

/** Leaves a conversation: it stops once nothing waits in it, since leaving holds no message back. */
export function leaveConversation(id: string, me: Me, left: OpenConversation): void {
  const { client } = left;
  if (cache.userId === me.user.id) cache.all.set(id, left);
  const [oldest] = cache.all.keys();
  if (cache.all.size > MAX_CACHED && oldest) cache.all.delete(oldest);
  if (!isSending(client)) {
    client.stop();
    return;
  }
  const unsubscribe = client.subscribe(({ connection }) => {
    if (isSending(client) && connection.state !== 'stopped') return;
    unsubscribe();
    queueMicrotask(() => {
      // Taken up again meanwhile, it is somebody else's to stop.
      if (cache.all.get(id)?.client === client || cache.userId !== me.user.id) client.stop();
    });
  });
}
