import { EventEmitter } from 'node:events';

/**
 * A socket to Hyperdrive, as node-postgres uses one. The driver brings one for Workers, too, but it
 * loads `cloudflare:sockets` as it connects: when an object is reset in that moment, the module stays
 * half loaded and no later connection of the isolate ever opens. It also leaves who waits for a
 * connection that was given up waiting. This one has nothing to load, and always says when it ends.
 */
export class HyperdriveSocket extends EventEmitter {
  readonly #hyperdrive: Hyperdrive;
  #socket: Socket | null = null;
  #writer: WritableStreamDefaultWriter<Uint8Array> | null = null;
  writable = false;
  destroyed = false;

  constructor(hyperdrive: Hyperdrive) {
    super();
    this.#hyperdrive = hyperdrive;
  }

  /** Host and port, which the driver gives, are the binding's own. */
  connect(): this {
    // The driver listens for what comes of it afterwards.
    queueMicrotask(() => {
      try {
        this.#socket = this.#hyperdrive.connect();
        this.#writer = this.#socket.writable.getWriter();
        this.writable = true;
        void this.#read(this.#socket.readable);
        this.emit('connect');
      } catch (error) {
        this.destroy(toError(error));
      }
    });
    return this;
  }

  write(data: Uint8Array, done: (error?: Error) => void = () => {}): boolean {
    if (!this.#writer) {
      done(new Error('The connection is closed.'));
      return false;
    }
    this.#writer.write(data).then(
      () => done(),
      (error: unknown) => {
        this.destroy(toError(error));
        done(toError(error));
      },
    );
    return true;
  }

  end(): this {
    return this.destroy();
  }

  /** Ends it, and says so once: `error` where there is one, then `close`. */
  destroy(error?: Error): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.writable = false;
    this.#writer = null;
    this.#socket?.close().catch(() => {});
    queueMicrotask(() => {
      if (error) this.emit('error', error);
      this.emit('close');
    });
    return this;
  }

  async #read(readable: ReadableStream<Uint8Array>): Promise<void> {
    try {
      for await (const bytes of readable) {
        if (this.destroyed) return;
        this.emit('data', Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      }
      this.destroy();
    } catch (error) {
      this.destroy(toError(error));
    }
  }

  // A socket of Node can be told these; here they say nothing.

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
