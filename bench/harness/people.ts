import { randomUUID } from 'node:crypto';
import { serializeSigned } from 'hono/utils/cookie';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { CHANGES, SUBPROTOCOL } from '../../protocol/version.ts';
import { newVisitorId, signTokens } from '../../worker/auth/visitors.ts';
import { inParallel } from './parallel.ts';
import { DEPARTMENT, ORGANIZATION, sessionOf } from './seed.ts';
import { SECRET, type Server } from './server.ts';

/** Visitors and agents, who use the Worker as browsers do. */

type At = Pick<Server, 'origin'>;

/**
 * A conversation, the session token of its visitor, and the IP address that the visitor comes from. Each has
 * their own: of a crowd behind one address most would have to ask before each message (docs/security.md).
 */
export type Conversation = { id: string; token: string; address: string };

const welcome = z.object({ messages: z.array(z.object({ seq: z.number() })), more: z.boolean() });
const started = z.object({ conversation: z.object({ id: z.string() }) });

/** As worker/auth/agents-session.ts names it where it is not https. */
const COOKIE = 'foyer.session_token';

/** The number of requests at once that keeps the server busy. */
const WIDTH = 16;

/** The visitors so far, of all servers. */
let visitors = 0;

/** The next address of the range for benchmarks (RFC 2544), which has 131,072. */
function nextAddress(): string {
  const number = visitors++;
  return `198.${18 + ((number >> 16) & 1)}.${(number >> 8) & 255}.${number & 255}`;
}

/** The header in which Cloudflare says from which address a request comes. */
export function cameFrom(address: string): Record<string, string> {
  return { 'cf-connecting-ip': address };
}

/** New visitors who each pick the department. Their tokens are signed here, and not stored. */
export function startConversations(server: At, count: number): Promise<Conversation[]> {
  return inParallel(count, WIDTH, async () => {
    const visitor = { organization_id: ORGANIZATION, visitor_id: newVisitorId() };
    const { sessionToken: token } = await signTokens(SECRET, visitor);
    const address = nextAddress();
    const response = await fetch(`${server.origin}/api/widget/conversations`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...cameFrom(address),
      },
      body: JSON.stringify({ departmentId: DEPARTMENT }),
    });
    if (response.status !== 201) throw new Error(`No conversation: ${await response.text()}`);
    return { id: started.parse(await response.json()).conversation.id, token, address };
  });
}

/** The visitor's socket, before its first frame. */
export function openVisitor(server: At, { id, token, address }: Conversation): Promise<WebSocket> {
  const path = `/api/widget/conversations/${id}/socket`;
  return openSocket(socketUrl(server, path), [SUBPROTOCOL, token], cameFrom(address));
}

/** An agent's socket of a conversation, before its first frame. */
export function openAgent(server: At, conversationId: string, agent = 0): Promise<WebSocket> {
  return openSignedIn(server, `/api/admin/conversations/${conversationId}/socket`, agent);
}

/** An agent's socket of the organization, as the dashboard opens it. */
export function openInbox(server: At, agent = 0): Promise<WebSocket> {
  return openSignedIn(server, '/api/admin/inbox/socket', agent, [SUBPROTOCOL, CHANGES]);
}

/** An agent closes a conversation, as the dashboard does. */
export async function closeAsAgent(server: At, conversationId: string, agent = 0): Promise<void> {
  const response = await fetch(`${server.origin}/api/admin/conversations/${conversationId}`, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/json',
      cookie: await cookieOf(agent),
      origin: server.origin,
    },
    body: JSON.stringify({ status: 'closed' }),
  });
  if (!response.ok) throw new Error(`It was not closed: ${await response.text()}`);
}

/** Sends `hello` until everything after a seq has arrived. */
export async function caughtUp(socket: WebSocket, after = 0): Promise<WebSocket> {
  const next = nextText(socket, (text) => text.startsWith('{"type":"welcome"'));
  socket.send(JSON.stringify({ type: 'hello', after }));
  const { messages, more } = welcome.parse(JSON.parse(await next));
  return more ? caughtUp(socket, messages.at(-1)?.seq) : socket;
}

/** A frame that sends a new message. */
export function sendFrame(body: string): { id: string; text: string } {
  const id = randomUUID();
  return { id, text: JSON.stringify({ type: 'send', id, body }) };
}

/** The next matching text; rejects if the socket closes first. */
export function nextText(socket: WebSocket, fits: (text: string) => boolean): Promise<string> {
  return new Promise((done, fail) => {
    const hear = (data: WebSocket.RawData) => {
      const text = data.toString();
      if (!fits(text)) return;
      socket.off('message', hear).off('close', onClose);
      done(text);
    };
    const onClose = (code: number) => fail(new Error(`The socket closed with ${code}.`));
    socket.on('message', hear).on('close', onClose);
  });
}

export function openSocket(
  url: string,
  protocols: string[] = [],
  headers: Record<string, string> = {},
): Promise<WebSocket> {
  return new Promise((done, fail) => {
    const socket = new WebSocket(url, protocols, { headers, perMessageDeflate: false });
    // A cut connection fires an error event before its close event, which is the one to listen to.
    socket.once('open', () => done(socket.on('error', () => {})));
    socket.once('error', fail);
  });
}

/** `ws://…` of a path at the server. */
export function socketUrl({ origin }: At, path: string): string {
  return origin.replace('http', 'ws') + path;
}

async function openSignedIn(
  server: At,
  path: string,
  agent: number,
  protocols = [SUBPROTOCOL],
): Promise<WebSocket> {
  const { origin } = server;
  return openSocket(socketUrl(server, path), protocols, {
    origin,
    cookie: await cookieOf(agent),
  });
}

/** What the browser of an agent, by number from 0, sends as its cookie. */
export async function cookieOf(agent: number): Promise<string> {
  const cookie = await serializeSigned(COOKIE, sessionOf(agent), `${SECRET}:agents`);
  const [pair = ''] = cookie.split(';');
  return pair;
}
