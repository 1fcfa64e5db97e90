/**
 * The open sockets of an object. The runtime makes a new list each time it is asked; what speaks to
 * all of them with every message keeps its own. Filled when first needed: a sleep forgets it.
 */
export class OpenSockets {
  readonly #ctx: DurableObjectState;
  #sockets: Set<WebSocket> | undefined;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
  }

  /** Takes in a socket that was just accepted. */
  add(socket: WebSocket): void {
    this.#sockets?.add(socket);
  }

  /** Leaves out a socket that closed. */
  delete(socket: WebSocket): void {
    this.#sockets?.delete(socket);
  }

  *[Symbol.iterator](): Iterator<WebSocket> {
    this.#sockets ??= new Set(this.#ctx.getWebSockets());
    for (const socket of this.#sockets) {
      // A socket that is closing is listed until it is closed.
      if (socket.readyState === WebSocket.OPEN) yield socket;
    }
  }
}
