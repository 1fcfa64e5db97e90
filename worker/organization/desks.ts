import { OpenSockets } from '../kernel/sockets/open-sockets.ts';
import { type Desk, desk } from './desk.ts';

/** The tag of sockets whose agents do not see everything. */
const RESTRICTED = 'restricted';

/** The tag of sockets whose dashboards know the frame `changes`. */
const TAKES_CHANGES = 'changes';

/** The agents' sockets at one inbox, and what each remembers; read once, kept while it is awake. */
export class Desks {
  readonly #ctx: DurableObjectState;
  readonly #open: OpenSockets;
  readonly #restricted: OpenSockets;
  readonly #takesChanges: OpenSockets;
  readonly #memories = new WeakMap<WebSocket, Desk>();

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    this.#open = new OpenSockets(ctx);
    this.#restricted = new OpenSockets(ctx, RESTRICTED);
    this.#takesChanges = new OpenSockets(ctx, TAKES_CHANGES);
  }

  /** @param takesChanges whether its dashboard knows the frame `changes` */
  accept(socket: WebSocket, memory: Desk, takesChanges: boolean): void {
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

  /** Whether its agent does not see everything: only then what it remembers need be looked at. */
  isRestricted(socket: WebSocket): boolean {
    return this.#restricted.has(socket);
  }

  /** Whether its dashboard knows the frame `changes`. */
  takesChanges(socket: WebSocket): boolean {
    return this.#takesChanges.has(socket);
  }

  /** The open ones of an agent, or of one of the agent's sessions. */
  openOf(userId: string, sessionId: string | null): WebSocket[] {
    const tag = sessionId === null ? `agent:${userId}` : `session:${sessionId}`;
    return this.#ctx.getWebSockets(tag).filter(({ readyState }) => readyState === WebSocket.OPEN);
  }

  memory(socket: WebSocket): Desk {
    const known = this.#memories.get(socket);
    if (known) return known;
    const memory = desk.parse(socket.deserializeAttachment());
    this.#memories.set(socket, memory);
    return memory;
  }

  remember(socket: WebSocket, memory: Desk): void {
    socket.serializeAttachment(desk.encode(memory));
    this.#memories.set(socket, memory);
  }

  /** Leaves out a socket that closed. */
  gone(socket: WebSocket): void {
    this.#open.delete(socket);
    this.#restricted.delete(socket);
    this.#takesChanges.delete(socket);
  }
}
