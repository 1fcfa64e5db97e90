import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { onDiscardedElsewhere } from './discarded.ts';
import { bodies, create, outbox } from './fake-client.ts';
import { agent, FakeSocket, fakeBrowser, fakeStorage, message, visitor } from './fake-socket.ts';
import { RequestError } from './http.ts';
import type { ConversationHttp } from './types.ts';

let browser: ReturnType<typeof fakeBrowser>;

beforeEach(() => {
  browser = fakeBrowser();
  vi.stubGlobal('localStorage', fakeStorage());
});
afterEach(() => browser.restore());

/** A client that has said hello and was welcomed. */
async function connected(http: Partial<ConversationHttp> = {}) {
  const client = create(http);
  client.start();
  await browser.pass();
  FakeSocket.last.open();
  FakeSocket.last.welcome();
  return { client, socket: FakeSocket.last };
}

/** The next socket after a loss, opened. */
async function reconnected() {
  await browser.pass(1_000);
  FakeSocket.last.open();
  return FakeSocket.last;
}

describe('sending', () => {
  test('P9 a message is in storage before it is on the wire, and shown as pending at once', async () => {
    const { client, socket } = await connected();
    const stored: number[] = [];
    socket.send = () => stored.push(outbox().load().length);
    client.send('hello');
    expect(stored).toEqual([1]);
    expect(client.state.outgoing).toMatchObject([{ body: 'hello', state: 'pending' }]);
  });

  test('hello goes first; nothing is sent before the welcome, everything in order after it', async () => {
    const client = create();
    client.start();
    client.send('one');
    await browser.pass();
    const socket = FakeSocket.last;
    socket.open();
    client.send('two');
    expect(socket.frames).toEqual([{ type: 'hello', after: 0 }]);
    socket.welcome();
    expect(socket.sent).toEqual(['one', 'two']);
  });

  test('P2 an ack makes the outgoing message one of the conversation and empties the outbox', async () => {
    const { client, socket } = await connected();
    const id = client.send('hello');
    socket.hears({ type: 'ack', id, seq: 1, sent_at: '2027-01-01T00:00:00.000Z' });
    expect(client.state.messages).toEqual([
      {
        seq: 1,
        id,
        kind: 'text',
        sender: visitor,
        body: 'hello',
        sent_at: '2027-01-01T00:00:00.000Z',
      },
    ]);
    expect(client.state.outgoing).toEqual([]);
    expect(outbox().load()).toEqual([]);
  });

  test('P4 what was not acked is sent again, in order and under the same ids, after a reconnect', async () => {
    const { client, socket } = await connected();
    const ids = [client.send('one'), client.send('two')];
    socket.drops();
    const next = await reconnected();
    next.welcome();
    expect(next.frames.slice(1)).toEqual([
      { type: 'send', id: ids[0], body: 'one', kind: 'text' },
      { type: 'send', id: ids[1], body: 'two', kind: 'text' },
    ]);
  });

  test('P4 a message that arrives under an outgoing id settles it', async () => {
    const { client, socket } = await connected();
    const id = client.send('hello');
    socket.drops();
    const next = await reconnected();
    next.welcome([message(1, { id, sender: visitor, body: 'hello' })]);
    expect(next.sent).toEqual([]);
    expect(bodies(client.state.messages)).toEqual(['hello']);
    expect(client.state.outgoing).toEqual([]);
    expect(outbox().load()).toEqual([]);
  });

  test('P9 a refused message waits for a retry or a discard', async () => {
    const { client, socket } = await connected();
    const id = client.send('hello');
    socket.hears({ type: 'error', id, code: 'conversation_closed', message: 'It is closed.' });
    expect(client.state.outgoing).toMatchObject([
      { state: 'failed', error: { code: 'conversation_closed', message: 'It is closed.' } },
    ]);
    client.retry(id);
    expect(socket.sent).toEqual(['hello', 'hello']);
    client.discard(id);
    expect(client.state.outgoing).toEqual([]);
    expect(outbox().load()).toEqual([]);
  });

  test('an ack for a message that was discarded in flight still shows it: it was sent', async () => {
    const { client, socket } = await connected();
    const id = client.send('hello');
    client.discard(id);
    socket.hears({ type: 'ack', id, seq: 1, sent_at: '2027-01-01T00:00:00.000Z' });
    expect(bodies(client.state.messages)).toEqual(['hello']);
  });

  test('too fast: everything waits and is then sent again by itself, in order', async () => {
    const { client, socket } = await connected();
    const id = client.send('one');
    socket.hears({ type: 'error', id, code: 'rate_limited', message: 'Slow down.' });
    client.send('two');
    expect(client.state.held_until).toBeGreaterThan(Date.now());
    expect(client.state.outgoing.map((item) => item.state)).toEqual(['pending', 'pending']);
    expect(socket.sent).toEqual(['one']);
    await browser.pass(8_000);
    expect(client.state.held_until).toBeNull();
    expect(socket.sent).toEqual(['one', 'one', 'two']);
  });

  test('S3: too fast, and the Worker says how long: nothing is sent before', async () => {
    const { client, socket } = await connected();
    const id = client.send('one');
    const error = { type: 'error', id, code: 'rate_limited', message: 'Slow down.' } as const;
    socket.hears({ ...error, retry_after: 30 });
    await browser.pass(29_000);
    expect(socket.sent).toEqual(['one']);
    expect(client.state.outgoing).toMatchObject([{ body: 'one', state: 'pending' }]);
    await browser.pass(1_000);
    expect(socket.sent).toEqual(['one', 'one']);
  });
});

describe('two tabs, one outbox', () => {
  test('P9 neither tab drops what the other has not sent', async () => {
    const first = create();
    const second = create();
    first.send('from one');
    const id = second.send('from two');
    second.discard(id);
    expect(bodies(outbox().load())).toEqual(['from one']);
  });

  test('P9 the next load sends what a closed tab left, in the order of writing', async () => {
    const closed = create();
    closed.send('one');
    closed.send('two');
    const { socket } = await connected();
    expect(socket.sent).toEqual(['one', 'two']);
  });

  test('A9: what one tab discards is not offered by the other, while it is there', async () => {
    const { client, socket } = await connected();
    const [refused, waiting] = [client.send('refused'), client.send('waiting')];
    socket.hears({ type: 'error', id: refused, code: 'forbidden', message: 'No.' });
    const stop = onDiscardedElsewhere(refused, () => client.discard(refused));
    const storageEvent = (id: string, newValue: string | null) =>
      browser.dispatch('storage', { key: `foyer:outbox:c1:${id}`, newValue });
    storageEvent(refused, '{}');
    expect(bodies(client.state.outgoing)).toEqual(['refused', 'waiting']);
    storageEvent(refused, null);
    storageEvent(waiting, null);
    expect(bodies(client.state.outgoing)).toEqual(['waiting']);
    stop();
    const again = client.send('again');
    storageEvent(refused, null);
    storageEvent(again, null);
    expect(bodies(client.state.outgoing)).toEqual(['waiting', 'again']);
  });

  test('a reconnect takes over what another tab left meanwhile', async () => {
    const { socket } = await connected();
    create().send('left');
    socket.drops();
    const next = await reconnected();
    next.welcome();
    expect(next.sent).toEqual(['left']);
  });
});

describe('receiving', () => {
  test('P3 messages are in order of seq, without doubles; a gap is no loss', async () => {
    const { client, socket } = await connected();
    for (const seq of [2, 5, 2, 3]) socket.hears({ type: 'message', message: message(seq) });
    expect(client.state.messages.map((item) => item.seq)).toEqual([2, 3, 5]);
  });

  test('P3 a reconnect asks for what came after the last seq', async () => {
    const { socket } = await connected();
    socket.hears({ type: 'message', message: message(7) });
    socket.drops();
    const next = await reconnected();
    expect(next.frames).toEqual([{ type: 'hello', after: 7 }]);
  });

  test('P3 a live message before the welcome does not hide the ones before it', async () => {
    const { socket } = await connected();
    socket.hears({ type: 'message', message: message(2) });
    socket.drops();
    const next = await reconnected();
    next.hears({ type: 'message', message: message(9) });
    next.drops();
    await browser.pass(2_000);
    FakeSocket.last.open();
    expect(FakeSocket.last.frames).toEqual([{ type: 'hello', after: 2 }]);
  });

  test('a cut welcome gets another hello, and sending waits for the last page', async () => {
    const client = create();
    client.send('mine');
    client.start();
    await browser.pass();
    const socket = FakeSocket.last;
    socket.open();
    socket.welcome([message(1), message(2)], { more: true, last_seq: 3 });
    expect(socket.frames).toEqual([
      { type: 'hello', after: 0 },
      { type: 'hello', after: 2 },
    ]);
    socket.welcome([message(3)]);
    expect(client.state.messages.map((item) => item.seq)).toEqual([1, 2, 3]);
    expect(socket.sent).toEqual(['mine']);
  });

  test('a long history is read from its end, and the rest when asked for', async () => {
    const cursors: number[] = [];
    const client = create({
      messagesBefore: async (before) => {
        cursors.push(before);
        return { items: [message(before - 1)], next_cursor: before > 900 ? `${before - 1}` : null };
      },
    });
    client.start();
    await browser.pass();
    const socket = FakeSocket.last;
    socket.open();
    socket.welcome([message(1), message(2)], { more: true, last_seq: 900 });
    await browser.pass();
    expect(socket.frames.at(-1)).toEqual({ type: 'hello', after: 900 });
    socket.welcome([message(901)]);
    expect(client.state).toMatchObject({
      has_earlier: true,
      messages: [{ seq: 900 }, { seq: 901 }],
    });
    await client.loadEarlier();
    expect(client.state).toMatchObject({ has_earlier: false, messages: [{ seq: 899 }, {}, {}] });
    expect(cursors).toEqual([901, 900]);
  });

  test('unknown and malformed frames are ignored', async () => {
    const { client, socket } = await connected();
    const before = client.state;
    for (const frame of [
      '{',
      'null',
      '{"type":"message"}',
      '{"type":"toString"}',
      '{"type":"new"}',
    ]) {
      socket.hears(frame);
    }
    expect(client.state).toBe(before);
  });
});

describe('typing and reading', () => {
  test('typing is said once in 3 seconds, and its end by itself', async () => {
    const { client, socket } = await connected();
    for (let key = 0; key < 8; key += 1) {
      client.typing(true);
      await browser.pass(500);
    }
    await browser.pass(4_000);
    const typing = socket.frames.filter((frame) => frame !== 'ping' && frame.type === 'typing');
    expect(typing).toEqual([
      { type: 'typing', typing: true },
      { type: 'typing', typing: true },
      { type: 'typing', typing: false },
    ]);
  });

  test('a typist falls out after 6 seconds, or with a message', async () => {
    const { client, socket } = await connected();
    socket.hears({ type: 'typing', sender: agent, typing: true });
    expect(client.state.typing).toEqual([agent]);
    await browser.pass(6_000);
    expect(client.state.typing).toEqual([]);
    socket.hears({ type: 'typing', sender: agent, typing: true });
    socket.hears({ type: 'message', message: message(1) });
    expect(client.state.typing).toEqual([]);
  });

  test('a read mark goes forward only, is said once and once a second, and waits for the welcome', async () => {
    const client = create();
    client.start();
    client.read(3);
    await browser.pass();
    const socket = FakeSocket.last;
    socket.open();
    socket.welcome([message(3)]);
    client.read(3);
    client.read(2);
    client.read(4);
    client.read(5);
    await browser.pass(1_000);
    const reads = socket.frames.filter((frame) => frame !== 'ping' && frame.type === 'read');
    expect(reads).toEqual([
      { type: 'read', seq: 3 },
      { type: 'read', seq: 5 },
    ]);
  });

  test("the other side's read mark never goes back", async () => {
    const { client, socket } = await connected();
    socket.hears({ type: 'read', reader: 'agent', seq: 4 });
    socket.hears({ type: 'read', reader: 'agent', seq: 2 });
    expect(client.state.conversation?.agent_read_seq).toBe(4);
  });
});

test('a retry-after of HTTP is waited out, and shown', async () => {
  const { client } = await connected();
  client.stop();
  const limited = create({
    check: () => Promise.reject(new RequestError(429, 'rate_limited', 'Wait.', { retryAfter: 20 })),
  });
  limited.start();
  await browser.pass();
  FakeSocket.last.drops();
  await browser.pass();
  expect(limited.state.connection).toMatchObject({
    state: 'waiting',
    reason: 'rate_limited',
    retry_at: Date.now() + 20_000,
  });
});
