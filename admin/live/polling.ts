import { createPolling, type PollingOptions } from '../../protocol/client/polling.ts';
import type { Transport } from '../../protocol/client/types.ts';
import { api, callAsAgent } from '../api/http.ts';
import { getConversation } from '../features/conversation/api.ts';

const { messages } = api.admin.conversations[':id'];

/** The agent's transport of a conversation over HTTP, if no socket opens. */
export function pollConversation(
  id: string,
  socket: Pick<PollingOptions, 'url' | 'protocols'>,
): Transport {
  const param = { id };
  return createPolling({
    ...socket,
    messagesAfter: (after) =>
      callAsAgent((options) => messages.$get({ param, query: { after: `${after}` } }, options)),
    head: () => getConversation(id),
    post: (message) => callAsAgent((options) => messages.$post({ param, json: message }, options)),
  });
}
