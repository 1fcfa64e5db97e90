import { type Accessor, createEffect, untrack } from 'solid-js';
import { createConversationClient } from '../../protocol/client/client.ts';
import { createSocketLink, type SocketLink } from '../../protocol/client/link.ts';
import { localOutbox } from '../../protocol/client/outbox.ts';
import type { Connection, ConversationClient } from '../../protocol/client/types.ts';
import type { ConversationSummary } from '../../protocol/conversation/conversation.ts';
import { readSeqOf } from '../../protocol/conversation/read-marks.ts';
import type {
  AgentStatus,
  OrganizationNews,
  OrganizationUpFrame,
} from '../../protocol/frames/organization-socket.ts';
import { CHANGES, SUBPROTOCOL } from '../../protocol/version.ts';
import { api, reportSignedOut } from '../api/http.ts';
import { getConversation, messagesBefore } from '../features/conversation/api.ts';
import { getMe, type Me } from '../features/session/api.ts';
import { lookAfterReconnect } from '../lib/new-version.ts';

/** The browser sends the cookie, so no token is needed. */
const protocols = () => Promise.resolve([SUBPROTOCOL]);
const organizationProtocols = () => Promise.resolve([SUBPROTOCOL, CHANGES]);

/**
 * The WebSocket URL of a route. Hono's client only opens sockets of routes made with its own
 * `upgradeWebSocket`; ours are answered by a Durable Object.
 */
function socketUrl({ href }: URL): string {
  return href.replace(/^http/, 'ws');
}

/** Whether the session has ended: signed out in another tab, removed, or expired. */
const endsSession = (connection: Connection) =>
  connection.state === 'stopped' &&
  (connection.code === 'unauthorized' || connection.code === 'session_expired');

type OrganizationSocketOptions = {
  /** The socket has (re)opened: load what was missed, since frames are not repeated. */
  onOpen(): void;
  onFrame(frame: OrganizationNews): void;
  onConnection(connection: Connection): void;
  /** Whether the agent is not using this tab. */
  idle: Accessor<boolean>;
};

const KNOWN: readonly string[] = [
  'presence',
  'conversation',
  'gone',
  'changes',
  'setup',
  'versions',
] satisfies OrganizationNews['type'][];

function readOrganizationFrame(text: string): OrganizationNews | null {
  try {
    const frame: OrganizationNews = JSON.parse(text);
    return KNOWN.includes(frame.type) ? frame : null;
  } catch {
    return null;
  }
}

/**
 * Opens the socket with the live events of the organization. Tells it whether the tab is in use.
 */
export function openOrganizationSocket(options: OrganizationSocketOptions) {
  const { idle } = options;
  const url = socketUrl(api.admin.inbox.socket.$url());
  /** What the Worker believes of this tab. */
  let reportedIdle = false;
  const say = (frame: OrganizationUpFrame) => link.send(JSON.stringify(frame));
  function tell(): void {
    if (idle() !== reportedIdle && say({ type: 'idle', idle: idle() })) reportedIdle = idle();
  }
  const link: SocketLink = createSocketLink({
    // Sent when the socket opens, so that an idle agent does not appear online for a moment.
    get url() {
      reportedIdle = untrack(idle);
      return reportedIdle ? `${url}?idle=true` : url;
    },
    protocols: organizationProtocols,
    check: async () => void (await getMe()),
    onOpen() {
      untrack(tell);
      options.onOpen();
      lookAfterReconnect();
    },
    onText(text) {
      const frame = readOrganizationFrame(text);
      if (frame) options.onFrame(frame);
    },
    onConnection(connection) {
      options.onConnection(connection);
      if (endsSession(connection)) reportSignedOut();
    },
  });
  createEffect(tell);
  return { ...link, chooseStatus: (status: AgentStatus) => say({ type: 'status', status }) };
}

/** Opens the live client of a conversation. Unsent messages are stored in this browser. */
export function openConversation(id: string, me: Me): ConversationClient<ConversationSummary> {
  const route = api.admin.conversations[':id'].socket;
  const socket = { url: socketUrl(route.$url({ param: { id } })), protocols };
  const client = createConversationClient<ConversationSummary>({
    ...socket,
    fallback: async () => (await import('./polling.ts')).pollConversation(id, socket),
    http: {
      messagesBefore: (before) => messagesBefore(id, before),
      check: async () => void (await getConversation(id)),
    },
    outbox: localOutbox(`foyer:outbox:${me.user.id}:${id}`),
    self: { kind: 'agent', id: me.user.id, name: me.user.name },
    readSeqOf: (head) => ('agent_reads' in head ? readSeqOf(head, me.user.id) : 0),
  });
  client.subscribe(({ connection }) => {
    if (endsSession(connection)) reportSignedOut();
  });
  return client;
}
