/**
 * The open sockets of an object. The runtime makes a new list each time it is asked; what speaks to
 * all of them with every message keeps its own. Filled when first needed: a sleep forgets it.
 */
export class OpenSockets {
  readonly #ctx: DurableObjectState;
  readonly #tag: string | undefined;
  #sockets: Set<WebSocket> | undefined;

  /** @param tag of which sockets; left out: all */
  constructor(ctx: DurableObjectState, tag?: string) {
    this.#ctx = ctx;
    this.#tag = tag;
  }

  /** Takes in a socket that was just accepted. */
  add(socket: WebSocket): void {
    this.#sockets?.add(socket);
  }

  /** Leaves out a socket that closed. */
  delete(socket: WebSocket): void {
    this.#sockets?.delete(socket);
  }

  has(socket: WebSocket): boolean {
    return this.#all().has(socket);
  }

  *[Symbol.iterator](): Iterator<WebSocket> {
    for (const socket of this.#all()) {
      // A socket that is closing is listed until it is closed.
      if (socket.readyState === WebSocket.OPEN) yield socket;
    }
  }

  #all(): Set<WebSocket> {
    this.#sockets ??= new Set(this.#ctx.getWebSockets(this.#tag));
    return this.#sockets;
  }
}
