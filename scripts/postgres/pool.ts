import { once } from 'node:events';
import { createServer, Socket } from 'node:net';
import { Client } from 'pg';

/**
 * What Hyperdrive does in production, for tests and benches: it keeps connections to Postgres and
 * lends one to a client for the length of a transaction. Without it a new process of Postgres for
 * every statement would be the larger part of what they take; with it, whatever relied on a session's
 * state would break here as it would there.
 */

// Frontend/Backend Protocol 3.0: postgresql.org/docs/18/protocol-message-formats.html
const PROTOCOL = 196_608;
const ASK_FOR_PASSWORD = Buffer.from('R\0\0\0\x08\0\0\0\x03', 'latin1');
const WELCOME = Buffer.from('R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I', 'latin1');
/** A transaction ended, or none was open. */
const IDLE = Buffer.from('Z\0\0\0\x05I', 'latin1');
const GOODBYE = 'X'.charCodeAt(0);

/** Begins to listen; `url` is the same database as seen through the pool. */
export async function startPool(url: string): Promise<{ url: string; stop(): void }> {
  const pool = new Pool(url);
  const server = createServer((client) => serve(client, pool)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The pool does not listen.');
  const through = new URL(url);
  through.port = String(address.port);
  return {
    url: through.href,
    stop() {
      server.close();
      pool.end();
    },
  };
}

/** The connections to Postgres. */
class Pool {
  readonly #url: string;
  readonly #idle: Socket[] = [];
  readonly password: string;

  constructor(url: string) {
    this.#url = url;
    this.password = decodeURIComponent(new URL(url).password);
  }

  async take(): Promise<Socket> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    const socket = new Socket();
    // Signs in; after that, the bytes are what the pool's clients say and hear.
    await new Client({ connectionString: this.#url, stream: () => socket }).connect();
    socket.removeAllListeners().on('error', () => {});
    socket.on('close', () => {
      const index = this.#idle.indexOf(socket);
      if (index >= 0) this.#idle.splice(index, 1);
    });
    return socket;
  }

  giveBack(socket: Socket): void {
    socket.removeAllListeners('data');
    if (!socket.destroyed) this.#idle.push(socket);
  }

  end(): void {
    for (const socket of [...this.#idle]) socket.destroy();
  }
}

/** Serves a client of the pool from its first byte to its last. */
function serve(client: Socket, pool: Pool): void {
  let state: 'new' | 'asked' | 'in' = 'new';
  let lent: Promise<Socket> | null = null;

  const borrow = async (): Promise<Socket> => {
    const server = await pool.take();
    const answers = new Messages();
    const cut = () => client.destroy();
    server.once('close', cut);
    server.on('data', (bytes) => {
      client.write(bytes);
      if (!answers.push(bytes).some((answer) => answer.equals(IDLE))) return;
      server.off('close', cut);
      lent = null;
      pool.giveBack(server);
    });
    return server;
  };

  const hear = (message: Buffer) => {
    if (state === 'new') {
      if (message.readInt32BE(4) !== PROTOCOL) return client.destroy();
      state = 'asked';
      return client.write(ASK_FOR_PASSWORD);
    }
    if (state === 'asked') {
      if (message.toString('utf8', 5, message.length - 1) !== pool.password)
        return client.destroy();
      state = 'in';
      return client.write(WELCOME);
    }
    if (message[0] === GOODBYE) return client.destroy();
    lent ??= borrow();
    lent.then((server) => server.write(message)).catch(() => client.destroy());
  };

  const messages = new Messages(true);
  client.setNoDelay(true);
  client.on('data', (bytes) => {
    for (const message of messages.push(bytes)) hear(message);
  });
  client.on('error', () => client.destroy());
  // A client that leaves in the middle of a transaction ends it.
  client.on('close', () => lent?.then((server) => server.destroy()).catch(() => {}));
}

/** Cuts a stream into the protocol's messages; the first one of a client has no type. */
class Messages {
  #rest: Buffer = Buffer.alloc(0);
  #isFirst: boolean;

  constructor(beginsWithStartup = false) {
    this.#isFirst = beginsWithStartup;
  }

  /** The messages that are whole now. */
  push(bytes: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const whole: Buffer[] = [];
    for (;;) {
      const type = this.#isFirst ? 0 : 1;
      if (this.#rest.length < type + 4) return whole;
      const length = type + this.#rest.readInt32BE(type);
      if (this.#rest.length < length) return whole;
      whole.push(this.#rest.subarray(0, length));
      this.#rest = this.#rest.subarray(length);
      this.#isFirst = false;
    }
  }
}
