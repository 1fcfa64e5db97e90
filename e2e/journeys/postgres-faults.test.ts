import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { downFrame } from '../../protocol/frames/down.ts';
import { cutWhoWaits, lockTable, refuseToSerialize } from '../../scripts/postgres/faults.ts';
import { startPostgres } from '../../scripts/postgres/server.mjs';
import { type Foyer, startFoyer } from '../support/foyer.ts';

/**
 * Postgres fails while the Worker runs: requests that need the database get 503 with the time to retry,
 * open chats continue, no acked message is lost, and the rows are right afterwards.
 */

const BILLING = '019a4b00-0000-7000-8000-000000000013';

const folder = mkdtempSync(join(tmpdir(), 'foyer-faults-'));
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let foyer: Foyer;

beforeAll(async () => {
  postgres = await startPostgres(folder, { durable: true });
  foyer = await startFoyer({ postgres: postgres.url });
}, 90_000);

afterAll(async () => {
  await foyer.dispose();
  await postgres.stop();
  rmSync(folder, { recursive: true });
}, 30_000);

/** A visitor with a conversation and its socket. */
class Chat {
  readonly id: string;
  readonly #headers: Record<string, string>;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, () => void>();
  acked = 0;

  private constructor(id: string, token: string, socket: WebSocket) {
    this.id = id;
    this.#headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      const frame = downFrame.parse(JSON.parse(String(data)));
      if (frame.type === 'ack') this.#waiting.get(frame.id)?.();
    });
  }

  static async open(): Promise<Chat> {
    const key = { key: 'wk_demo' };
    const json = { 'content-type': 'application/json' };
    const session = await ask('POST', '/sessions', json, key);
    const { sessionToken } = z.object({ sessionToken: z.string() }).parse(session.body);
    const headers = { ...json, authorization: `Bearer ${sessionToken}` };
    const started = await ask('POST', '/conversations', headers, { departmentId: BILLING });
    const { conversation } = z
      .object({ conversation: z.object({ id: z.string() }) })
      .parse(started.body);
    const address = `${foyer.origin}/api/widget/conversations/${conversation.id}/socket`;
    const socket = new WebSocket(address.replace('http', 'ws'), ['foyer.v1', sessionToken]);
    await new Promise((done, fail) => {
      socket.addEventListener('open', done, { once: true });
      socket.addEventListener('error', fail, { once: true });
    });
    socket.send(JSON.stringify({ type: 'hello', after: 0 }));
    return new Chat(conversation.id, sessionToken, socket);
  }

  async say(body: string): Promise<void> {
    const id = crypto.randomUUID();
    const acked = new Promise<void>((done) => this.#waiting.set(id, done));
    this.#socket.send(JSON.stringify({ type: 'send', id, body }));
    await acked;
    this.acked += 1;
  }

  /** A request that only the database can answer. */
  list() {
    return ask('GET', '/conversations', this.#headers);
  }

  close(): void {
    this.#socket.close();
  }
}

async function ask(method: string, path: string, headers: Record<string, string>, body?: unknown) {
  const response = await fetch(`${foyer.origin}/api/widget${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const retryAfter = Number(response.headers.get('retry-after'));
  const answered: unknown = await response.json();
  return { status: response.status, retryAfter, body: answered };
}

const unavailable = {
  status: 503,
  retryAfter: expect.toSatisfy((seconds) => seconds > 0),
  body: { error: { code: 'unavailable', message: expect.any(String) } },
};

/** Waits until the database has all acked messages. */
async function converged(chats: Chat[]): Promise<void> {
  const expected = Object.fromEntries(chats.map(({ id, acked }) => [id, acked]));
  const ids = chats.map(({ id }) => `'${id}'`).join(', ');
  await expect
    .poll(
      async () => {
        const rows = await foyer
          .query(`SELECT id, message_count FROM conversations WHERE id IN (${ids})`)
          .catch(() => []);
        return Object.fromEntries(rows.map((row) => [row.id, row.message_count]));
      },
      { timeout: 30_000, interval: 250 },
    )
    .toEqual(expected);
}

describe('P7 P9 while Postgres', () => {
  test('is killed and restarts under load', { timeout: 90_000 }, async () => {
    const chats = await Promise.all(Array.from({ length: 5 }, () => Chat.open()));
    let going = true;
    const talk = chats.map(async (chat) => {
      // Below the flood limit of a socket.
      for (let n = 1; going; n += 1) {
        await chat.say(`Line ${n}`);
        await new Promise((done) => setTimeout(done, 150));
      }
    });
    await expect.poll(() => chats.every(({ acked }) => acked > 2)).toBe(true);

    await postgres.kill();
    const before = chats.map(({ acked }) => acked);
    expect(await chats[0]?.list()).toEqual(unavailable);
    expect((await fetch(`${foyer.origin}/api/health`)).status).toBe(503);
    await expect
      .poll(() => chats.every(({ acked }, n) => acked > (before[n] ?? 0) + 3), { timeout: 20_000 })
      .toBe(true);

    postgres = await startPostgres(folder, { port: postgres.port });
    await expect.poll(async () => (await chats[0]?.list())?.status, { timeout: 20_000 }).toBe(200);
    going = false;
    await Promise.all(talk);
    await converged(chats);
    for (const chat of chats) chat.close();
  });

  test('cuts a connection in the middle of a query', { timeout: 30_000 }, async () => {
    const chat = await Chat.open();
    const lock = await lockTable(postgres.url, 'widget_customers');
    const listing = chat.list();
    await cutWhoWaits(postgres.url);
    expect(await listing).toEqual(unavailable);
    await lock.undo();
    expect((await chat.list()).status).toBe(200);
    chat.close();
  });

  test('waits for a lock', { timeout: 60_000 }, async () => {
    const chat = await Chat.open();
    const lock = await lockTable(postgres.url, 'conversations');
    const began = performance.now();
    expect(await chat.list()).toEqual(unavailable);
    expect(performance.now() - began).toBeLessThan(9_000);
    await chat.say('Still here?');
    await lock.undo();
    expect((await chat.list()).status).toBe(200);
    await converged([chat]);
    chat.close();
  });

  test('refuses a transaction that cannot be serialized', { timeout: 60_000 }, async () => {
    const fault = await refuseToSerialize(postgres.url);
    const json = { 'content-type': 'application/json' };
    const opened = await ask('POST', '/sessions', json, { key: 'wk_demo' });
    const { sessionToken } = z.object({ sessionToken: z.string() }).parse(opened.body);
    const headers = { ...json, authorization: `Bearer ${sessionToken}` };
    const start = () => ask('POST', '/conversations', headers, { departmentId: BILLING });
    expect(await start()).toEqual(unavailable);
    // Nothing was written; otherwise the customer would exist.
    expect((await ask('GET', '/conversations', headers)).body).toMatchObject({ items: [] });
    await fault.undo();
    expect((await start()).status).toBe(201);
  });
});
