import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Message } from '../conversation/message.ts';
import { createConversationClient } from './client.ts';
import { agent, FakeSocket, fakeBrowser, fakeStorage, message, visitor } from './fake-socket.ts';
import { RequestError } from './http.ts';
import { localOutbox } from './outbox.ts';
import { createPolling, type PollingOptions } from './polling.ts';

/** Protocol 1 without sockets: the client's promises hold over requests alone. */

let browser: ReturnType<typeof fakeBrowser>;
let log: Message[];
let requests: string[];
let failing: RequestError | null;
/** Whether the next message is kept and its answer lost. */
let losing: boolean;

beforeEach(() => {
  browser = fakeBrowser();
  vi.stubGlobal('localStorage', fakeStorage());
  log = [];
  requests = [];
  failing = null;
  losing = false;
});
afterEach(() => browser.restore());

function receive(what: string): void {
  requests.push(what);
  if (failing) throw failing;
}

/** A server that keeps messages in `log` and gives them in pages of two. */
const server: Omit<PollingOptions, 'url' | 'protocols'> = {
  async messagesAfter(after) {
    receive(`after ${after}`);
    const items = log.filter(({ seq }) => seq > after);
    return { items: items.slice(0, 2), next_cursor: items.length > 2 ? `${after + 2}` : null };
  },
  async head() {
    receive('head');
    return {
      id: 'c1',
      department_id: 'd1',
      status: 'active',
      assignee: null,
      closed_reason: null,
      closed_at: null,
      rating: null,
      last_seq: log.length,
      visitor_read_seq: 0,
      agent_read_seq: 0,
    };
  },
  async post({ id, body }) {
    receive(`post ${body}`);
    const existing = log.find((entry) => entry.id === id);
    const stored = existing ?? message(log.length + 1, { id, body, sender: visitor });
    if (!existing) log.push(stored);
    if (losing) {
      losing = false;
      throw new RequestError(0, 'network', 'No.');
    }
    return { id, seq: stored.seq, sent_at: stored.sent_at };
  },
};

const socket = { url: 'wss://foyer.example/socket', protocols: async () => ['foyer.v1', 'st_1'] };

function create(check: () => Promise<void> = async () => {}) {
  return createConversationClient({
    ...socket,
    fallback: async () => createPolling({ ...socket, ...server }),
    http: { check, messagesBefore: async () => ({ items: [], next_cursor: null }) },
    outbox: localOutbox('foyer:outbox:c1'),
    self: visitor,
  });
}

/** A client for which no socket opened, three times, and which goes over HTTP now. */
async function blocked() {
  const client = create();
  client.start();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await browser.pass();
    FakeSocket.last.drops();
    await browser.pass(4_000);
  }
  expect(client.state.connection).toEqual({ state: 'open' });
  return client;
}

const bodies = (list: readonly { body: string }[]) => list.map(({ body }) => body);

describe('the way there', () => {
  test('three sockets that never open while HTTP answers lead to HTTP', async () => {
    log = [message(1)];
    const client = await blocked();
    expect(FakeSocket.all).toHaveLength(3);
    expect(bodies(client.state.messages)).toEqual(['1']);
    expect(client.state.conversation).toMatchObject({ id: 'c1', status: 'active' });
  });

  test('a socket that hangs counts as one that never opens', async () => {
    const client = create();
    client.start();
    for (let attempt = 0; attempt < 3; attempt += 1) await browser.pass(14_000);
    expect(client.state.connection).toEqual({ state: 'open' });
    expect(FakeSocket.all.map(({ closed }) => closed)).toEqual([true, true, true]);
  });

  test('a network that is away is no such network', async () => {
    const client = create(() => Promise.reject(new RequestError(0, 'network', 'No.')));
    client.start();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await browser.pass();
      FakeSocket.last.drops();
      await browser.pass(20_000);
    }
    expect(requests).toEqual([]);
  });
});

describe('there', () => {
  test('a long history comes page after page, in order (P3)', async () => {
    log = [1, 2, 3, 4, 5].map((seq) => message(seq));
    const client = await blocked();
    expect(bodies(client.state.messages)).toEqual(['1', '2', '3', '4', '5']);
  });

  test('P2 a message is acked when it is kept, after what others wrote before it', async () => {
    const client = await blocked();
    log.push(message(1, { body: 'Theirs' }));
    client.send('Mine');
    await browser.pass();
    expect(bodies(client.state.messages)).toEqual(['Theirs', 'Mine']);
    expect(client.state.outgoing).toEqual([]);
  });

  test('what was written together goes in order', async () => {
    const client = await blocked();
    for (const body of ['one', 'two', 'three']) client.send(body);
    await browser.pass();
    expect(bodies(log)).toEqual(['one', 'two', 'three']);
  });

  test('others are heard within seconds, not while the page is hidden, at once when it is back', async () => {
    const client = await blocked();
    log.push(message(1));
    await browser.pass(4_000);
    expect(bodies(client.state.messages)).toEqual(['1']);
    vi.stubGlobal('document', { hidden: true });
    requests = [];
    log.push(message(2));
    await browser.pass(20_000);
    expect(requests).toEqual([]);
    vi.stubGlobal('document', { hidden: false });
    browser.dispatch('visibilitychange');
    await browser.pass();
    expect(bodies(client.state.messages)).toEqual(['1', '2']);
  });

  test('an event brings the head of the conversation at once', async () => {
    await blocked();
    requests = [];
    log.push(
      message(1, { kind: 'event', event: { type: 'joined', agent: { id: 'a1', name: 'Ada' } } }),
    );
    await browser.pass(4_000);
    expect(requests).toEqual(['after 0', 'head']);
  });

  test('P9 a refused message is told as refused; the others go on', async () => {
    const client = await blocked();
    failing = new RequestError(409, 'conversation_closed', 'It is closed.');
    client.send('Too late');
    await browser.pass();
    failing = null;
    expect(client.state.outgoing).toMatchObject([
      { body: 'Too late', state: 'failed', error: { code: 'conversation_closed' } },
    ]);
    client.send('Another');
    await browser.pass();
    expect(bodies(log)).toEqual(['Another']);
  });
});

describe('the way back', () => {
  test('P4 a lost answer is asked for again under the same id, and arrives once', async () => {
    const client = await blocked();
    losing = true;
    client.send('Once');
    await browser.pass();
    expect(client.state.connection).toMatchObject({ state: 'waiting', reason: 'lost' });
    await browser.pass(2_000);
    FakeSocket.last.drops();
    await browser.pass(4_000);
    expect(client.state.connection).toEqual({ state: 'open' });
    expect(bodies(log)).toEqual(['Once']);
    expect(bodies(client.state.messages)).toEqual(['Once']);
    expect(client.state.outgoing).toEqual([]);
  });

  test('a socket that opens at last takes over', async () => {
    const client = await blocked();
    log.push(message(1, { sender: agent }));
    await browser.pass(60_000);
    expect(FakeSocket.all).toHaveLength(4);
    FakeSocket.last.open();
    expect(FakeSocket.last.closed).toBe(true);
    await browser.pass(1_000);
    expect(FakeSocket.all).toHaveLength(5);
    FakeSocket.last.open();
    expect(FakeSocket.last.frames).toEqual([{ type: 'hello', after: 1 }]);
    FakeSocket.last.welcome();
    requests = [];
    await browser.pass(20_000);
    expect(requests).toEqual([]);
    expect(client.state.connection.state).toBe('open');
  });

  test('stopped, nothing more is asked', async () => {
    const client = await blocked();
    client.stop();
    requests = [];
    await browser.pass(120_000);
    expect(requests).toEqual([]);
    expect(FakeSocket.all).toHaveLength(3);
  });
});
