import { createConversationClient } from '../../protocol/client/client.ts';
import { request } from '../../protocol/client/http.ts';
import type {
  ConversationClient,
  OutboxStorage,
  OutgoingMessage,
} from '../../protocol/client/types.ts';
import type {
  ConversationSummary,
  VisitorConversation,
} from '../../protocol/conversation/conversation.ts';
import type { Message } from '../../protocol/conversation/message.ts';
import { SUBPROTOCOL } from '../../protocol/version.ts';
import { type Conversation, cameFrom, cookieOf, socketUrl } from './people.ts';

/** The client that both apps use (protocol/client), run in Node on Node's own WebSocket. */

/** The server, or a proxy before it. */
type At = { origin: string };
type Client = ConversationClient<VisitorConversation> | ConversationClient<ConversationSummary>;

/** A visitor's client, not yet started. */
export function visitorClient(at: At, { id, token, address }: Conversation) {
  const path = `/api/widget/conversations/${id}`;
  const network = cameFrom(address);
  const basics = transport(at, path, { authorization: `Bearer ${token}`, ...network });
  headersOf.set(basics.url, network);
  return createConversationClient<VisitorConversation>({
    ...basics,
    protocols: async () => [SUBPROTOCOL, token],
    self: { kind: 'visitor', id, name: null },
  });
}

/** An agent's client, not yet started. */
export async function agentClient(at: At, conversationId: string, agent = 0) {
  const headers = { cookie: await cookieOf(agent), origin: at.origin };
  const basics = transport(at, `/api/admin/conversations/${conversationId}`, headers);
  headersOf.set(basics.url, headers);
  return createConversationClient<ConversationSummary>({
    ...basics,
    protocols: async () => [SUBPROTOCOL],
    self: { kind: 'agent', id: `${agent}`, name: null },
  });
}

/** Resolves when the client is connected and has nothing left to send. */
export function settled(client: Client): Promise<void> {
  return new Promise((done) => {
    const look = () => {
      const { connection, conversation, outgoing } = client.state;
      if (connection.state !== 'open' || conversation === null || outgoing.length > 0) return false;
      done();
      return true;
    };
    if (look()) return;
    const stop = client.subscribe(() => {
      if (look()) stop();
    });
  });
}

function transport(at: At, path: string, headers: Record<string, string>) {
  return {
    url: socketUrl(at, `${path}/socket`),
    http: {
      messagesBefore: (before: number) =>
        request<{ items: Message[]; next_cursor: string | null }>(
          `${at.origin}${path}/messages?before=${before}`,
          { headers },
        ),
      check: async () => {
        await request(`${at.origin}${path}`, { headers });
      },
    },
    outbox: memoryOutbox(),
  };
}

function memoryOutbox(): OutboxStorage {
  const messages = new Map<string, OutgoingMessage>();
  return {
    load: () => [...messages.values()],
    put: (message) => void messages.set(message.id, message),
    remove: (id) => void messages.delete(id),
  };
}

// The parts of a page that the client needs: always visible and online.
Object.assign(globalThis, {
  document: { hidden: false },
  addEventListener() {},
  removeEventListener() {},
});

/**
 * What else a socket's request has, by its address: an agent's cookie and the page's origin, as a browser
 * adds them, and the IP address, as Cloudflare does.
 */
const headersOf = new Map<string, Record<string, string>>();

globalThis.WebSocket = new Proxy(globalThis.WebSocket, {
  construct(Plain, [url, protocols]) {
    const headers = headersOf.get(url);
    return Reflect.construct(Plain, [url, headers ? { protocols, headers } : protocols]);
  },
});
