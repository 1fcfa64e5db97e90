import type { ConversationClient } from '../../../protocol/client/types.ts';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { ConversationDetail } from '../../../protocol/conversation/conversation-detail.ts';
import { openConversation } from '../../live/sockets.ts';
import type { Me } from '../session/api.ts';

/** How many left conversations are cached, so that they show at once when reopened. */
const MAX_CACHED = 20;

/** A conversation's client with its messages, and the last details of its panel. */
type OpenConversation = {
  client: ConversationClient<ConversationSummary>;
  detail: ConversationDetail | null;
};

/**
 * The conversations of one agent, the least recently left first. They have no sockets, so they cost
 * nothing (P8).
 */
let cache: { userId: string; all: Map<string, OpenConversation> } = { userId: '', all: new Map() };

/**
 * Returns the cached conversation, or opens it. The client only asks for messages since then (P3).
 */
export function resumeConversation(id: string, me: Me): OpenConversation {
  if (cache.userId !== me.user.id) cache = { userId: me.user.id, all: new Map() };
  const cached = cache.all.get(id);
  cache.all.delete(id);
  return cached ?? { client: openConversation(id, me), detail: null };
}

/** Whether a message is still waiting to be sent. */
const isSending = ({ state }: OpenConversation['client']) =>
  state.outgoing.some((message) => message.state === 'pending');

/** Caches a conversation. Its client stops once no message is waiting to be sent. */
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
      // If the conversation was opened again in the meantime, that view stops the client.
      if (cache.all.get(id)?.client === client || cache.userId !== me.user.id) client.stop();
    });
  });
}
