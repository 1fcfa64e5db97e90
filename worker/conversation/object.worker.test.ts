import { abortAllDurableObjects, evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Message, withoutActor } from '../../protocol/conversation/message.ts';
import type { StartedConversation } from '../../protocol/conversation/visitor-conversation.ts';
import { PAGE_OF_MESSAGES } from '../../protocol/limits.ts';
import { SignedInAgent, settleWorld, Visitor } from '../test/world.ts';
import { conversationObject } from './calls/address.ts';

/** Durable, in one order, exactly once: P2, P3 and P4 through the whole Worker. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let visitor: Visitor;
let conversation: StartedConversation;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

beforeEach(async () => {
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
});

afterEach(() => {
  vi.useRealTimers();
});

const object = () => conversationObject(env, world.acme.id, conversation.id);
const agentSocket = () => amos.socket(`/conversations/${conversation.id}/socket`);
const messagesPath = () => `/conversations/${conversation.id}/messages`;

async function history(query = ''): Promise<{ seq: number; id: string; body: string }[]> {
  const { json } = await visitor.call('GET', `${messagesPath()}${query}`);
  return json.items;
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Messages over HTTP, one a second as the visitor's quota allows; the clock is moved for them. */
async function post(count: number, word = 'Line'): Promise<void> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  for (const number of numbers(1, count)) {
    vi.setSystemTime(Date.now() + 1_000);
    const body = `${word} ${number}`;
    await visitor.call('POST', messagesPath(), { id: crypto.randomUUID(), body });
  }
}

describe('P2: acked means durable', () => {
  test('an object that dies right after the ack has the message, once', async () => {
    const socket = await visitor.socket(conversation.id);
    await socket.hello();
    const ack = await socket.send('Do not lose this');
    await abortAllDurableObjects();
    expect(await history()).toMatchObject([{ seq: 1, id: ack.id, body: 'Do not lose this' }]);

    const again = await visitor.socket(conversation.id);
    await again.hello();
    expect(await again.send('Do not lose this', { id: ack.id })).toEqual(ack);
    expect(await history()).toHaveLength(1);
  });

  test('a death after each of many acks loses none and doubles none', async () => {
    const ids: string[] = [];
    for (const number of numbers(1, 5)) {
      const socket = await visitor.socket(conversation.id);
      const { last_seq } = await socket.hello(ids.length);
      expect(last_seq).toBe(ids.length);
      ids.push((await socket.send(`Message ${number}`)).id);
      await abortAllDurableObjects();
    }
    expect((await history()).map(({ id }) => id)).toEqual(ids);
  });

  test('an ack over HTTP means the same', async () => {
    const id = crypto.randomUUID();
    const { status, json } = await visitor.call('POST', messagesPath(), { id, body: 'By post' });
    expect(status).toBe(201);
    expect(json).toEqual({ id, seq: 1, sent_at: expect.any(String) });
    await abortAllDurableObjects();
    expect(await history()).toMatchObject([{ seq: 1, id, body: 'By post' }]);
  });
});

describe('P3: one order, no gaps', () => {
  test('messages that several people send at once get one order, which everybody reads', async () => {
    const [tab, phone, agent] = await Promise.all([
      visitor.socket(conversation.id),
      visitor.socket(conversation.id),
      agentSocket(),
    ]);
    await Promise.all([tab.hello(), phone.hello(), agent.hello()]);
    await Promise.all(
      numbers(1, 8).flatMap((number) => [
        tab.send(`tab ${number}`),
        phone.send(`phone ${number}`),
        agent.send(`agent ${number}`),
        visitor.call('POST', messagesPath(), { id: crypto.randomUUID(), body: `post ${number}` }),
      ]),
    );
    // 32 messages, and the event of the agent who joined.
    const all = await history();
    expect(all.map(({ seq }) => seq)).toEqual(numbers(1, 33));
    for (const socket of [tab, phone, agent]) {
      await socket.settle();
      const heard = socket.frames.flatMap((frame) =>
        frame.type === 'message' ? [frame.message] : [],
      );
      const seqs = heard.map(({ seq }) => seq);
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
      const others = new Set(seqs);
      // What it did not hear are the eight of its own, which were acked.
      expect(others.size).toBe(33 - 8);
      // Agents are also told who did it.
      const theirs = socket === agent ? heard.map(withoutActor) : heard;
      for (const message of theirs) expect(all[message.seq - 1]).toEqual(message);
    }
    const { json } = await amos.call('GET', `/admin${messagesPath()}`);
    expect(json.items.every(({ by }: Message) => by !== undefined)).toBe(true);
    expect(json.items.map(withoutActor)).toEqual(all);
  });

  test('coming back with the last seq gives exactly the rest', async () => {
    await post(7);
    for (const after of [0, 3, 6, 7, 8, 1_000_000]) {
      const socket = await visitor.socket(conversation.id);
      const welcome = await socket.hello(after);
      expect(welcome).toMatchObject({ last_seq: 7, more: false });
      expect(welcome.messages.map(({ seq }) => seq)).toEqual(
        numbers(1, 7).filter((seq) => seq > after),
      );
      expect((await history(`?after=${after}`)).map(({ seq }) => seq)).toEqual(
        welcome.messages.map(({ seq }) => seq),
      );
    }
  });

  test('a long history comes in pages, and nothing new arrives before what is older', async () => {
    await post(PAGE_OF_MESSAGES + 20);
    const reader = await agentSocket();
    const first = await reader.hello();
    expect(first).toMatchObject({ last_seq: 120, more: true });
    expect(first.messages.map(({ seq }) => seq)).toEqual(numbers(1, PAGE_OF_MESSAGES));

    await post(3, 'Meanwhile');
    await reader.settle();
    expect(reader.frames).toEqual([]);

    const second = await reader.hello(PAGE_OF_MESSAGES);
    expect(second.more).toBe(false);
    expect(second.messages.map(({ seq }) => seq)).toEqual(numbers(101, 123));
    await post(1, 'Afterwards');
    expect((await reader.next('message')).message).toMatchObject({ seq: 124 });
  });

  test('exactly one page is not cut', async () => {
    await post(PAGE_OF_MESSAGES);
    const socket = await visitor.socket(conversation.id);
    const welcome = await socket.hello();
    expect(welcome.more).toBe(false);
    expect(welcome.messages).toHaveLength(PAGE_OF_MESSAGES);
  });

  test('the history is read from either end, over HTTP', async () => {
    await post(7);
    const get = async (query: string) => (await visitor.call('GET', messagesPath() + query)).json;
    const seqs = ({ items }: { items: { seq: number }[] }) => items.map(({ seq }) => seq);
    const start = await get('?limit=3');
    expect([seqs(start), start.next_cursor]).toEqual([[1, 2, 3], 'after-3']);
    const rest = await get('?after=3&limit=4');
    expect([seqs(rest), rest.next_cursor]).toEqual([[4, 5, 6, 7], null]);
    const end = await get('?before=8&limit=3');
    expect([seqs(end), end.next_cursor]).toEqual([[5, 6, 7], '5']);
    const beginning = await get('?before=5&limit=4');
    expect([seqs(beginning), beginning.next_cursor]).toEqual([[1, 2, 3, 4], null]);
  });

  test('a socket that has not said hello hears nothing but its own acks', async () => {
    const early = await visitor.socket(conversation.id);
    const other = await visitor.socket(conversation.id);
    await other.hello();
    await other.send('Not yet for you');
    expect(await early.send('Mine')).toMatchObject({ seq: 2 });
    await early.settle();
    expect(early.frames).toEqual([]);
    expect((await early.hello()).messages).toHaveLength(2);
  });
});

describe('P4: a resend changes nothing', () => {
  test('on the same socket, on another, after sleep and death, and over HTTP', async () => {
    const socket = await visitor.socket(conversation.id);
    const watcher = await agentSocket();
    await Promise.all([socket.hello(), watcher.hello()]);
    await watcher.next('viewers');
    const ack = await socket.send('Once');
    const { id, seq, sent_at } = ack;
    expect(await socket.send('Once', { id })).toEqual(ack);

    const other = await visitor.socket(conversation.id);
    expect(await other.send('Once', { id })).toEqual(ack);

    await evictDurableObject(object());
    expect(await socket.send('Once', { id })).toEqual(ack);

    const posted = await visitor.call('POST', messagesPath(), { id, body: 'Once' });
    expect([posted.status, posted.json]).toEqual([200, { id, seq, sent_at }]);

    await watcher.next('message', ({ message }) => message.id === id);
    await watcher.settle();
    expect(watcher.frames).toEqual([]);

    await abortAllDurableObjects();
    const late = await visitor.socket(conversation.id);
    expect(await late.send('Once', { id })).toEqual(ack);
    expect(await history()).toHaveLength(1);
  });

  test('many at once are one message', async () => {
    const id = crypto.randomUUID();
    const sockets = await Promise.all(numbers(1, 4).map(() => visitor.socket(conversation.id)));
    const acks = await Promise.all([
      ...sockets.map((socket) => socket.send('Hurry', { id })),
      visitor.call('POST', messagesPath(), { id, body: 'Hurry' }).then(({ json }) => json),
    ]);
    expect(new Set(acks.map(({ seq, sent_at }) => `${seq} ${sent_at}`)).size).toBe(1);
    expect(await history()).toHaveLength(1);
  });

  test('another text under the same id does not replace the first', async () => {
    const socket = await visitor.socket(conversation.id);
    await socket.hello();
    const ack = await socket.send('First');
    expect(await socket.send('Second', { id: ack.id })).toEqual(ack);
    expect(await history()).toMatchObject([{ body: 'First' }]);
  });

  test('an id that somebody else used is refused, and says nothing of theirs', async () => {
    const theirs = await visitor.socket(conversation.id);
    const ours = await agentSocket();
    await Promise.all([theirs.hello(), ours.hello()]);
    const { id } = await theirs.send('Mine');
    ours.say({ type: 'send', id, body: 'No, mine' });
    expect(await ours.next('error')).toEqual({
      type: 'error',
      code: 'conflict',
      message: 'Another message has this id.',
      id,
    });
    const posted = await amos.call('POST', `/admin${messagesPath()}`, { id, body: 'No, mine' });
    expect(posted).toMatchObject({ status: 409, json: { error: { code: 'conflict' } } });
    expect(await history()).toMatchObject([{ id, body: 'Mine' }]);
  });

  test("an agent's first reply sent again does not join twice", async () => {
    const socket = await agentSocket();
    await socket.hello();
    const ack = await socket.send('Hello!');
    expect(await socket.send('Hello!', { id: ack.id })).toEqual(ack);
    expect((await history()).map(({ body }) => body)).toEqual([
      'Amos joined the conversation.',
      'Hello!',
    ]);
  });
});
