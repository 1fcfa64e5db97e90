import { createPolling, type PollingOptions } from '../../protocol/client/polling.ts';
import type { Transport } from '../../protocol/client/types.ts';
import type { Message } from '../../protocol/message.ts';
import type { Page } from '../../protocol/resources.ts';
import { getConversation } from './conversations.ts';
import { ask, withQuery } from './http.ts';

/** An agent's side of a conversation over HTTP alone, where no socket opens. */
export function pollConversation(
  id: string,
  socket: Pick<PollingOptions, 'url' | 'protocols'>,
): Transport {
  const path = `conversations/${id}/messages`;
  return createPolling({
    ...socket,
    messagesAfter: (after) => ask<Page<Message>>(withQuery(path, { after: String(after) })),
    head: () => getConversation(id),
    post: (message) => ask(path, { method: 'POST', body: { kind: 'text', ...message } }),
  });
}
