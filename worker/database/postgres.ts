import type { Duplex } from 'node:stream';
import { Client } from 'pg';
import type { Queryable } from '../../drizzle/dialects.ts';
import { HyperdriveSocket } from './socket.ts';

/**
 * Connections to Postgres through Hyperdrive, which keeps the real ones: opening one is a matter of
 * the same data centre. So they are short: one for a request, closed after its response; outside of
 * requests one for each statement, so that nothing is left that would keep an object awake or hold
 * one of the pool's places (developers.cloudflare.com/hyperdrive/concepts/connection-lifecycle).
 *
 * The driver is node-postgres, as Cloudflare recommends. Postgres.js asks the server for the types
 * of a statement's parameters first, which costs each statement a second way to the database and is
 * not reliable in Hyperdrive's transaction pooling (github.com/cloudflare/cloudflare-docs/pull/33555).
 */

/** Milliseconds to open a connection in. Hyperdrive itself tries for 15 s; a person would not wait. */
const CONNECT_WITHIN = 5_000;

/**
 * Milliseconds for a statement, waiting for locks included. The role's own limits, which the
 * migrations set, are shorter; this one holds where the database does not answer at all.
 */
const ANSWER_WITHIN = 8_000;

/** A statement whose parameters are in the driver's form already. */
export type Statement = { sql: string; params: unknown[] };

export class Connection implements Queryable {
  readonly #hyperdrive: Hyperdrive;
  readonly #keeps: boolean;
  #kept: Promise<Client> | null = null;
  /** The last statement that was asked for: the client runs one at a time. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param keeps whether statements share a connection until `close`; otherwise each has its own */
  constructor(hyperdrive: Hyperdrive, keeps: boolean) {
    this.#hyperdrive = hyperdrive;
    this.#keeps = keeps;
  }

  query(config: unknown, values?: unknown[]): Promise<unknown> {
    if (!this.#keeps) return this.#once((client) => run(client, config, values));
    const answer = this.#last.then(() => this.#onKept((client) => run(client, config, values)));
    this.#last = answer.catch(() => {});
    return answer;
  }

  /**
   * Runs the statements as one: all of them take effect, or none. On a connection of their own, so
   * that no other statement of the request gets between them.
   */
  async transaction(statements: Statement[], isolation: string): Promise<void> {
    try {
      await this.#once(async (client) => {
        await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
        for (const { sql, params } of statements) await client.query(sql, params);
        await client.query('COMMIT');
      });
    } catch (error) {
      // As drizzle says it of a single statement. The connection ended, and with it what was open.
      throw new Error('Failed query: a transaction', { cause: error });
    }
  }

  /** Closes the open connection. A later statement opens a new one. */
  async close(): Promise<void> {
    await this.#last;
    const client = this.#kept;
    this.#kept = null;
    if (client) await end(await client.catch(() => null));
  }

  async #onKept(work: (client: Client) => Promise<unknown>): Promise<unknown> {
    this.#kept ??= connect(this.#hyperdrive);
    const client = this.#kept;
    try {
      return await work(await client);
    } catch (error) {
      // An answer that says no leaves the connection as it was; anything else may have broken it.
      if (sqlState(error) === null) {
        this.#kept = null;
        void end(await client.catch(() => null));
      }
      throw error;
    }
  }

  async #once<Value>(work: (client: Client) => Promise<Value>): Promise<Value> {
    const client = await connect(this.#hyperdrive);
    try {
      return await work(client);
    } finally {
      await end(client);
    }
  }
}

function run(client: Client, config: unknown, values?: unknown[]): Promise<unknown> {
  return client.query(config as string, values);
}

async function connect(hyperdrive: Hyperdrive): Promise<Client> {
  const client = new Client({
    // Plain: up to Hyperdrive the way is Cloudflare's own, and from there on Hyperdrive encrypts it.
    connectionString: hyperdrive.connectionString,
    stream: () => new HyperdriveSocket(hyperdrive) as unknown as Duplex,
    connectionTimeoutMillis: CONNECT_WITHIN,
    query_timeout: ANSWER_WITHIN,
  });
  // What breaks while no statement runs is found out by the next one.
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    void end(client);
    throw error;
  }
}

/** Says goodbye, and does not wait for an answer that may never come. */
async function end(client: Client | null): Promise<void> {
  client?.end().catch(() => {});
}

/** The five characters by which Postgres says what it refuses; null for what is not its answer. */
export function sqlState(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const answered = error instanceof Error && 'severity' in error;
  return answered && typeof code === 'string' ? code : null;
}
