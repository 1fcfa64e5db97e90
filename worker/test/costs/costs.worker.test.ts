import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { conversationObject } from '../../conversation/calls/address.ts';
import { openDatabase } from '../../database/database.ts';
import { noteInstalled } from '../../features/settings/store.ts';
import worker, { ConversationObject, InboxObject } from '../../index.ts';
import { organizationObject } from '../../organization/address.ts';
import type { TestSocket } from '../socket.ts';
import { SignedInAgent, SOON, settleWorld, Visitor } from '../world.ts';
import { Meter } from './meter.ts';

/** P8: what a real conversation of 20 messages costs, counted to the row. */

const BUDGET = { objectRows: 26, databaseRows: 37 };
/** Messages, half of them each way. */
const MESSAGES = 20;
/** How the test looks whether the lists have caught up; not on the bill. */
const LOOK = 'SELECT last_seq FROM conversations WHERE organization_id = ? AND id = ?';
const CAME = `SELECT count(*) AS count FROM activity
  WHERE organization_id = ? AND kind = 'member.status_changed'`;
const INDEXED = `SELECT count(*) AS documents FROM search_documents
  WHERE organization_id = ? AND conversation_id = ?`;

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let meter: Meter;
let talks = 0;
let isOnline: Promise<void> | undefined;

/** That an agent came to work is recorded, which is no conversation's: one tab stays open all day. */
async function beOnline(): Promise<void> {
  await amos.socket('/inbox/socket');
  await vi.waitFor(async () => {
    const counted = await env.DB.prepare(CAME).bind(world.acme.id).first();
    expect(counted).toEqual({ count: 1 });
  }, SOON);
}

beforeEach(async () => {
  // The clock moves only when it is told to.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2027-03-01T12:03:20Z') });
  world ??= await settleWorld();
  // Once a day it is noted where the widget was opened; that is no conversation's.
  await noteInstalled(openDatabase(env), world.acme.id, 'https://shop.example', new Date());
  amos ??= await SignedInAgent.signIn('amos@acme.example');
  isOnline ??= beOnline();
  await isOnline;
  meter = new Meter();
  const any = env.CONVERSATIONS.getByName('any');
  await runInDurableObject(any, (_, { storage }) => meter.watchStorage(storage));
  meter.watchDatabase(env.DB);
  meter.watchObjects(ConversationObject.prototype);
  meter.watchObjects(InboxObject.prototype);
  meter.watchWorker(worker);
});

afterEach(() => {
  meter.stop();
  vi.useRealTimers();
});

/**
 * A visitor opens the widget, picks a department with a form, and they talk, each typing before
 * they send and reading what comes. The agent has the inbox open, claims before the first reply and
 * closes at the end; the visitor leaves. The inbox stays open, as it does all day: what an agent's
 * leaving costs is no conversation's.
 *
 * @param seconds between two words
 * @param asleep whether the objects are evicted in each pause, as they are when it is a long one
 */
async function talk({
  seconds,
  asleep,
}: {
  seconds: number;
  asleep: boolean;
}): Promise<TestSocket> {
  talks += 1;
  const inbox = await amos.socket('/inbox/socket');
  await amos.call('GET', '/admin/conversations');
  await amos.call('GET', '/admin/conversations/counts');
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.sales, {
    preChatData: { name: 'Ada Byron', email: `ada${talks}@example.org`, size: '2 to 10' },
  });
  await inbox.next('conversation', ({ conversation }) => conversation.id === id);
  const visitorSocket = await visitor.socket(id);
  await visitorSocket.hello();

  const pause = async (lastSeq: number) => {
    await vi.waitFor(async () => {
      const row = await env.DB.prepare(LOOK).bind(world.acme.id, id).first();
      expect(row).toEqual({ last_seq: lastSeq });
    }, SOON);
    vi.setSystemTime(Date.now() + seconds * 1000);
    if (!asleep) return;
    await sleep(conversationObject(env, world.acme.id, id));
    await sleep(organizationObject(env, world.acme.id));
  };

  visitorSocket.say({ type: 'typing', typing: true });
  await visitorSocket.send('Message 1');
  await pause(1);
  await amos.call('GET', `/admin/conversations/${id}`);
  const agentSocket = await amos.socket(`/conversations/${id}/socket`);
  agentSocket.say({ type: 'read', seq: (await agentSocket.hello()).last_seq });
  await visitorSocket.next('read');
  await amos.call('POST', `/admin/conversations/${id}/claim`);
  await visitorSocket.next('message', ({ message }) => message.event?.type === 'joined');
  await agentSocket.next('message');
  await pause(2);
  for (let number = 2; number <= MESSAGES; number += 1) {
    const [from, to] =
      number % 2 === 0 ? [agentSocket, visitorSocket] : [visitorSocket, agentSocket];
    from.say({ type: 'typing', typing: true });
    await to.next('typing');
    await from.send(`Message ${number}`);
    const { message } = await to.next('message');
    expect(message).toMatchObject({ seq: number + 1, body: `Message ${number}` });
    to.say({ type: 'read', seq: message.seq });
    await from.next('read', ({ seq }) => seq === message.seq);
    await pause(message.seq);
  }
  await amos.call('PATCH', `/admin/conversations/${id}`, { status: 'closed' });
  const { message } = await visitorSocket.next('message');
  expect(message.event?.type).toBe('closed');
  visitorSocket.say({ type: 'read', seq: message.seq });
  await visitorSocket.settle();
  await pause(message.seq);
  visitorSocket.close();
  await visitorSocket.gone();
  agentSocket.close();
  await agentSocket.gone();
  await pause(message.seq);
  // What was said goes to the search when it closes; that is part of what it costs.
  await vi.waitFor(async () => {
    expect(await env.DB.prepare(INDEXED).bind(world.acme.id, id).first()).toEqual({ documents: 1 });
  });
  meter.forget(LOOK);
  meter.forget(INDEXED);
  return inbox;
}

async function sleep(stub: Parameters<typeof evictDurableObject>[0]): Promise<void> {
  await evictDurableObject(stub).catch((error) => {
    // It sleeps already: nobody has spoken to it in this pause.
    if (!String(error).includes('not currently running')) throw error;
  });
}

/** For a person the table; for `npm run bench -- cost` a line that begins with `bill`. */
function report(pace: 'quick' | 'slow'): void {
  console.log(`${meter.table()}\nbill ${JSON.stringify({ pace, ...meter.bill() })}`);
}

describe('P8 a conversation of 20 messages', () => {
  test('keeps to its budget of rows when it is quick', async () => {
    const inbox = await talk({ seconds: 1, asleep: false });
    report('quick');
    const { objectRows, databaseRows, alarmsSet } = meter.bill();
    expect(objectRows).toBeLessThanOrEqual(BUDGET.objectRows);
    expect(databaseRows).toBeLessThanOrEqual(BUDGET.databaseRows);
    expect(alarmsSet).toBe(1);
    inbox.close();
  });

  test('keeps to it when it is slow, and its objects sleep between any two words', async () => {
    const inbox = await talk({ seconds: 22, asleep: true });
    report('slow');
    const { objectRows, databaseRows, alarmsSet } = meter.bill();
    expect(objectRows).toBeLessThanOrEqual(BUDGET.objectRows);
    expect(databaseRows).toBeLessThanOrEqual(BUDGET.databaseRows);
    expect(alarmsSet).toBe(1);
    inbox.close();
  });
});

describe('P8 coming back', () => {
  /** Both sides of a conversation drop and come back; everything that was done for it, by its kind. */
  async function comeBack(asleep: boolean): Promise<Record<string, number>> {
    const inbox = await amos.socket('/inbox/socket');
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.sales, {
      preChatData: { name: 'Ada Byron', email: `back${asleep}@example.org`, size: '2 to 10' },
    });
    const open = async (after: number) => {
      const theirs = await visitor.socket(id);
      const ours = await amos.socket(`/conversations/${id}/socket`);
      for (const socket of [theirs, ours]) expect((await socket.hello(after)).last_seq).toBe(after);
      return [theirs, ours] as const;
    };
    const [theirs, ours] = await open(0);
    await theirs.send('Hello');
    await ours.next('message');
    await vi.waitFor(async () => {
      const row = await env.DB.prepare(LOOK).bind(world.acme.id, id).first();
      expect(row).toEqual({ last_seq: 1 });
    }, SOON);
    vi.setSystemTime(Date.now() + 60_000);
    if (asleep) {
      await sleep(conversationObject(env, world.acme.id, id));
      await sleep(organizationObject(env, world.acme.id));
    }
    meter.clear();
    for (const socket of [theirs, ours]) {
      socket.close();
      await socket.gone();
    }
    const again = await open(1);
    const done: Record<string, number> = {};
    for (const { kind, times } of meter.items) done[kind] = (done[kind] ?? 0) + times;
    expect(meter.bill()).toMatchObject({ objectRows: 0, databaseRows: 0 });
    for (const socket of [inbox, ...again]) socket.close();
    return done;
  }

  test('within a moment reads the agent’s session, and nothing in the object', async () => {
    expect(await comeBack(false)).toEqual({
      // GET …/socket, of each side.
      worker: 2,
      // Each socket, and the inbox's note of the agents viewing it.
      request: 3,
      // `hello`, of each side, and the ends of their sockets.
      frame: 2,
      event: 2,
      'database row': 1,
    });
  });

  test('after a sleep reads the state, and each side’s messages', async () => {
    expect(await comeBack(true)).toEqual({
      worker: 2,
      request: 3,
      frame: 2,
      event: 2,
      // The session and, since the inbox cannot know what it slept through, the session again.
      'database row': 2,
      // The table, the state, and what each side has missed.
      'object row': 4,
    });
  });
});
