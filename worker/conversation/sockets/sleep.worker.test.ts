import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import type { TestSocket } from '../../test/socket.ts';
import { SignedInAgent, SOON, settleWorld, Visitor } from '../../test/world.ts';
import { conversationObject } from '../calls/address.ts';
import { Log } from '../log/log.ts';

/** An object sleeps whenever nobody speaks: what its sockets and its readers notice of it. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let visitor: Visitor;
let conversation: StartedConversation;
let theirs: TestSocket;
let ours: TestSocket;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

beforeEach(async () => {
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
  theirs = await visitor.socket(conversation.id);
  ours = await amos.socket(path('/socket'));
  await Promise.all([theirs.hello(), ours.hello()]);
});

afterEach(() => {
  vi.restoreAllMocks();
});

const path = (rest = '') => `/conversations/${conversation.id}${rest}`;
const object = () => conversationObject(env, world.acme.id, conversation.id);
const sleep = () => evictDurableObject(object());

/** The head as a socket that opens now is told it. */
async function head() {
  const socket = await amos.socket(path('/socket'));
  const welcome = await socket.hello();
  socket.close();
  return welcome.conversation;
}

function pong(socket: TestSocket): Promise<void> {
  return new Promise((resolve) => {
    socket.socket.addEventListener('message', ({ data }) => {
      if (data === 'pong') resolve();
    });
    socket.raw('ping');
  });
}

describe('sockets outlive the sleep of their object', () => {
  test('the next frame works, and reaches the other sockets', async () => {
    await theirs.send('Before');
    await sleep();
    expect(await theirs.send('After')).toMatchObject({ seq: 2 });
    expect((await ours.next('message')).message).toMatchObject({ seq: 1, body: 'Before' });
    expect((await ours.next('message')).message).toMatchObject({ seq: 2, body: 'After' });
    await sleep();
    ours.say({ type: 'typing', typing: true });
    expect(await theirs.next('typing')).toMatchObject({ sender: { name: 'Amos' } });
  });

  test('a change over HTTP wakes the object and reaches them', async () => {
    await sleep();
    await amos.call('POST', `/admin${path('/claim')}`);
    expect((await theirs.next('message')).message.event).toMatchObject({ type: 'joined' });
  });

  test('one that had not caught up still has not', async () => {
    const late = await visitor.socket(conversation.id);
    await sleep();
    await theirs.send('Not before hello');
    await late.settle();
    expect(late.frames).toEqual([]);
    expect((await late.hello()).messages).toHaveLength(1);
  });

  test('P8: a ping is answered without waking it', async () => {
    await sleep();
    const woken = vi.spyOn(Log.prototype, 'open');
    await pong(theirs);
    await pong(ours);
    expect(woken).not.toHaveBeenCalled();
    await theirs.send('This wakes it');
    expect(woken).toHaveBeenCalledOnce();
  });

  test('P8: waking, reading and typing write no row; a message writes one', async () => {
    const rows = () =>
      runInDurableObject(object(), (_instance, { storage }) => {
        const [row] = storage.sql
          .exec<{ rows: number; marks: string }>(
            'SELECT count(*) AS rows, group_concat(state) AS marks FROM messages',
          )
          .toArray();
        return row;
      });
    await theirs.send('One');
    const before = await rows();
    expect(before?.rows).toBe(2);
    await sleep();
    ours.say({ type: 'read', seq: 1 });
    ours.say({ type: 'typing', typing: true });
    await theirs.next('read');
    await ours.settle();
    expect(await rows()).toEqual(before);
  });
});

describe('read marks', () => {
  beforeEach(async () => {
    await theirs.send('One');
    await theirs.send('Two');
    await theirs.send('Three');
  });

  test('reach the others once, and only go forward', async () => {
    ours.say({ type: 'read', seq: 2 });
    expect(await theirs.next('read')).toEqual({ type: 'read', reader: 'agent', seq: 2 });
    ours.say({ type: 'read', seq: 1 });
    ours.say({ type: 'read', seq: 2 });
    await ours.settle();
    await theirs.settle();
    expect(theirs.frames).toEqual([]);
    ours.say({ type: 'read', seq: 1_000 });
    expect(await theirs.next('read')).toEqual({ type: 'read', reader: 'agent', seq: 3 });
    expect(await head()).toMatchObject({ agent_read_seq: 3 });
  });

  test('survive the sleep of the object without a row', async () => {
    ours.say({ type: 'read', seq: 2 });
    await theirs.next('read');
    await sleep();
    expect(await head()).toMatchObject({ agent_read_seq: 2, visitor_read_seq: 3 });
  });

  test('are stored when their socket closes, awake or asleep, and reach the lists', async () => {
    const inbox = await amos.socket('/inbox/socket');
    for (const [asleep, seq] of [
      [false, 2],
      [true, 3],
    ] as const) {
      const reader = await amos.socket(path('/socket'));
      await reader.hello();
      reader.say({ type: 'read', seq });
      await theirs.next('read', (frame) => frame.seq === seq);
      if (asleep) await sleep();
      reader.close();
      await reader.gone();
      await inbox.next(
        'conversation',
        ({ conversation: { id, agent_read_seq } }) =>
          id === conversation.id && agent_read_seq === seq,
      );
      await vi.waitFor(async () => {
        const { json } = await amos.call('GET', `/admin${path()}`);
        expect(json.conversation.agent_read_seq).toBe(seq);
      }, SOON);
    }
    await evictDurableObject(object(), { webSockets: 'close' });
    expect(await head()).toMatchObject({ agent_read_seq: 3 });
  });

  test('of each agent are their own; what a colleague has read before costs no row and no call', async () => {
    const olive = await SignedInAgent.signIn('olive@acme.example');
    const [oliveId = '', amosId = ''] = world.acme.users;
    const stored = () =>
      runInDurableObject(object(), (_instance, { storage }) =>
        storage.sql.exec('SELECT seq, state FROM messages ORDER BY seq').toArray(),
      );
    ours.say({ type: 'read', seq: 3 });
    await theirs.next('read');
    expect(await head()).toMatchObject({ agent_read_seq: 3, agent_reads: { [amosId]: 3 } });
    // His mark is the team's: it is stored when a socket of his closes.
    await vi.waitFor(async () => {
      const { json } = await amos.call('GET', `/admin${path()}`);
      expect(json.conversation.agent_reads).toEqual({ [amosId]: 3 });
    }, SOON);
    const before = await stored();
    const inbox = await olive.socket('/inbox/socket');
    await inbox.settle();

    const reader = await olive.socket(path('/socket'));
    expect((await reader.hello()).conversation).not.toHaveProperty(`agent_reads.${oliveId}`);
    reader.say({ type: 'read', seq: 3 });
    await reader.settle();
    const both = { [amosId]: 3, [oliveId]: 3 };
    await sleep();
    expect(await head()).toMatchObject({ agent_read_seq: 3, agent_reads: both });
    reader.close();
    await reader.gone();
    await theirs.settle();
    await inbox.settle();
    expect(await stored()).toEqual(before);
    expect(theirs.frames).toEqual([]);
    expect(inbox.frames.filter(({ type }) => type === 'conversation')).toEqual([]);

    // The next row has it, and the lists with it.
    await theirs.send('Four');
    await vi.waitFor(async () => {
      const { json } = await amos.call('GET', `/admin${path()}`);
      expect(json.conversation).toMatchObject({ last_seq: 4, agent_reads: both });
    }, SOON);
    await evictDurableObject(object(), { webSockets: 'close' });
    expect(await head()).toMatchObject({ agent_reads: both });
    inbox.close();
  });

  test('of the visitor are stored when they leave the page', async () => {
    await ours.send('Four');
    await theirs.next('message', ({ message }) => message.body === 'Four');
    theirs.say({ type: 'read', seq: 5 });
    expect(await ours.next('read')).toEqual({ type: 'read', reader: 'visitor', seq: 5 });
    theirs.close();
    await theirs.gone();
    await vi.waitFor(async () => {
      const { json } = await visitor.call('GET', path());
      expect(json.conversation.unread).toBe(false);
    }, SOON);
    await evictDurableObject(object(), { webSockets: 'close' });
    expect(await head()).toMatchObject({ visitor_read_seq: 5 });
  });
});

describe('closing handshakes', () => {
  const sockets = () =>
    runInDurableObject(object(), (_instance, state) => state.getWebSockets().length);

  test('a browser that closes is answered with its own code, and is gone', async () => {
    theirs.socket.close(1000, 'done');
    expect(await theirs.gone()).toMatchObject({ code: 1000 });
    await vi.waitFor(async () => expect(await sockets()).toBe(1));
    expect(await ours.send('Still here?')).toMatchObject({ seq: 2 });
  });

  test('a browser that closes without a code is answered with 1000', async () => {
    theirs.socket.close();
    expect(await theirs.gone()).toMatchObject({ code: 1000 });
  });

  test('a browser that closes while the object sleeps is answered, too', async () => {
    await sleep();
    theirs.close();
    expect(await theirs.gone()).toMatchObject({ code: 1000 });
    await vi.waitFor(async () => expect(await sockets()).toBe(1));
  });

  test('all may close at once', async () => {
    for (const socket of [theirs, ours]) socket.close();
    for (const socket of [theirs, ours]) {
      expect(await socket.gone()).toMatchObject({ code: 1000 });
    }
    await vi.waitFor(async () => expect(await sockets()).toBe(0));
  });
});
