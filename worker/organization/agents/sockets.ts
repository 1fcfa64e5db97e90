import { OpenSockets } from '../../kernel/sockets/open-sockets.ts';
import type { Listener } from './broadcast.ts';
import { type SocketMemory, socketMemory } from './socket-memory.ts';

/** The tag of sockets whose agents do not see everything. */
const RESTRICTED = 'restricted';

/** The tag of sockets whose dashboards know the frame `changes`. */
const TAKES_CHANGES = 'changes';

/** The agents' sockets at one inbox, and what each remembers; read once, kept while it is awake. */
export class AgentSockets {
  readonly #ctx: DurableObjectState;
  readonly #open: OpenSockets;
  readonly #restricted: OpenSockets;
  readonly #takesChanges: OpenSockets;
  readonly #memories = new WeakMap<WebSocket, SocketMemory>();

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    this.#open = new OpenSockets(ctx);
    this.#restricted = new OpenSockets(ctx, RESTRICTED);
    this.#takesChanges = new OpenSockets(ctx, TAKES_CHANGES);
  }

  /** @param takesChanges whether its dashboard knows the frame `changes` */
  accept(socket: WebSocket, memory: SocketMemory, takesChanges: boolean): void {
    const tags = [`agent:${memory.id}`, `session:${memory.session_id}`];
    if (memory.departments) tags.push(RESTRICTED);
    if (takesChanges) tags.push(TAKES_CHANGES);
    this.#ctx.acceptWebSocket(socket, tags);
    this.remember(socket, memory);
    this.#open.add(socket);
    if (memory.departments) this.#restricted.add(socket);
    if (takesChanges) this.#takesChanges.add(socket);
  }

  /** All that are open. */
  open(): Iterable<WebSocket> {
    return this.#open;
  }

  /** The open sockets, as far as it decides what is sent on them. */
  *listeners(): Iterable<Listener> {
    for (const socket of this.#open) {
      yield {
        // Only of an agent who does not see everything need the memory be read.
        restricted: () => (this.#restricted.has(socket) ? this.memory(socket) : null),
        takesChanges: this.#takesChanges.has(socket),
        send: (text) => send(text, socket),
      };
    }
  }

  /** The open ones of an agent, or of one of the agent's sessions. */
  openOf(userId: string, sessionId: string | null): WebSocket[] {
    const tag = sessionId === null ? `agent:${userId}` : `session:${sessionId}`;
    return this.#ctx.getWebSockets(tag).filter(({ readyState }) => readyState === WebSocket.OPEN);
  }

  memory(socket: WebSocket): SocketMemory {
    let memory = this.#memories.get(socket);
    if (!memory) {
      memory = socketMemory.parse(socket.deserializeAttachment());
      this.#memories.set(socket, memory);
    }
    return memory;
  }

  remember(socket: WebSocket, memory: SocketMemory): void {
    socket.serializeAttachment(socketMemory.encode(memory));
    this.#memories.set(socket, memory);
  }

  /** Leaves out a socket that closed. */
  gone(socket: WebSocket): void {
    this.#open.delete(socket);
    this.#restricted.delete(socket);
    this.#takesChanges.delete(socket);
  }
}

/** Sends a frame; nothing where the socket has just closed: its browser fetches its lists when it is back. */
export function send(text: string, socket: WebSocket): void {
  try {
    socket.send(text);
  } catch {
    // It went away in between.
  }
}
