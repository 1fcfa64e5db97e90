import {
  abortAllDurableObjects,
  evictDurableObject,
  runDurableObjectAlarm,
  runInDurableObject,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { organizationObject } from '../../organization/address.ts';
import { projectBy } from '../../test/projecting.ts';
import type { TestSocket } from '../../test/socket.ts';
import { SignedInAgent, SOON, settleWorld, Visitor } from '../../test/world.ts';
import { conversationObject } from '../calls/address.ts';
import type { ConversationObject } from '../object.ts';
import type { Projected, Projection } from '../projection/store.ts';

const { conversations } = tables;

/** P7: the object is the truth, the database follows it: late, twice, out of order, but always. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let visitor: Visitor;
let conversation: StartedConversation;
let theirs: TestSocket;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
  theirs = await visitor.socket(conversation.id);
  await theirs.hello();
});

afterEach(async () => {
  for (const back of restore.splice(0)) await back();
  vi.restoreAllMocks();
});

const object = () => conversationObject(env, world.acme.id, conversation.id);
const path = (rest = '') => `/conversations/${conversation.id}${rest}`;

const inObject = <Value>(work: (instance: ConversationObject) => Value | Promise<Value>) =>
  runInDurableObject(object(), (instance: ConversationObject) => work(instance));

async function row() {
  const [found] = await openDatabase(env)
    .select()
    .from(conversations)
    .where(eq(conversations.id, conversation.id));
  if (!found) throw new Error('The conversation has a row.');
  return found;
}

const restore: (() => Promise<void>)[] = [];

/** Puts another database under the conversation; answers how to put the first one back. */
async function project(write: Projection['write']): Promise<() => Promise<void>> {
  const back = await projectBy(world.acme.id, conversation.id, () => write);
  restore.push(back);
  return back;
}

const away = () => project(() => Promise.reject(new Error('D1_ERROR: the database is away')));

/** Says so many messages; when it returns, each was acked and the object has tried to project. */
async function say(count: number): Promise<void> {
  for (let line = 1; line <= count; line += 1) await theirs.send(`Line ${line}`);
}

/** Rings the alarm, unless it rang by itself a moment ago, and waits for what it brings. */
async function ring(brings: object): Promise<void> {
  await runDurableObjectAlarm(object());
  await vi.waitFor(async () => expect(await row()).toMatchObject(brings), SOON);
}

/** The row agrees with what the object knows. */
async function expectConverged(): Promise<void> {
  const agent = {
    role: 'agent',
    organization_id: world.acme.id,
    id: 'a',
    name: 'A',
    session_id: 's',
  } as const;
  const truth = await inObject((instance) => instance.look(agent));
  if (!truth.ok) throw new Error(truth.message);
  const { json } = await amos.call('GET', `/admin${path()}`);
  expect(json.conversation).toMatchObject(truth.value);
}

describe('while the database is away', () => {
  test('the chat goes on: acked, delivered, and once it is back the alarm updates the row', async () => {
    const ours = await amos.socket(path('/socket'));
    await ours.hello();
    const back = await away();
    await say(2);
    expect((await ours.next('message')).message).toMatchObject({ seq: 1, body: 'Line 1' });
    await ours.send('Hello!');
    await theirs.next('message', ({ message }) => message.body === 'Hello!');
    expect(await row()).toMatchObject({ last_seq: 0, message_count: 0, status: 'waiting' });

    // Still away when it rings: it rings again later.
    expect(await runDurableObjectAlarm(object())).toBe(true);
    expect(await row()).toMatchObject({ last_seq: 0 });
    await back();
    await ring({
      last_seq: 4,
      message_count: 3,
      status: 'active',
      assignee_name: 'Amos',
      last_message_preview: 'Hello!',
    });
    await expectConverged();
  });

  test('the next message writes all that was missed', async () => {
    const back = await away();
    await say(3);
    await back();
    await say(1);
    await vi.waitFor(async () => expect(await row()).toMatchObject({ message_count: 4 }), SOON);
    await expectConverged();
  });

  test('an object that slept meanwhile converges when its alarm wakes it', async () => {
    const back = await away();
    await say(2);
    await evictDurableObject(object());
    await back();
    await ring({ message_count: 2 });
    await expectConverged();
  });

  test('a conversation that was closed meanwhile does not prevent a new one', async () => {
    const back = await away();
    const closed = await visitor.call('POST', path('/close'));
    expect(closed.json.conversation).toMatchObject({ status: 'closed' });
    expect(await row()).toMatchObject({ status: 'waiting' });
    const refused = await visitor.call('POST', '/conversations', {
      departmentId: world.acme.billing,
    });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
    await back();
    const next = await visitor.pick(world.acme.billing);
    expect(next.id).not.toBe(conversation.id);
    expect(await row()).toMatchObject({ status: 'closed', closed_reason: 'visitor_left' });
  });

  test('a write that hangs delays no message, and is repeated', async () => {
    let answer = () => {};
    let writes = 0;
    const back = await project(() => {
      writes += 1;
      return new Promise<Projected>((resolve) => {
        answer = () => resolve('written');
      });
    });
    await say(3);
    // One at a time: what came meanwhile is in the next.
    await vi.waitFor(() => expect(writes).toBe(1), SOON);
    await back();
    await runInDurableObject(organizationObject(env, world.acme.id), () => answer());
    await vi.waitFor(async () => expect(await row()).toMatchObject({ message_count: 3 }), SOON);
  });
});

describe('a crash between the ack and the projection', () => {
  beforeEach(async () => {
    await project(() => new Promise<Projected>(() => {}));
    await say(2);
    await abortAllDurableObjects();
    expect(await row()).toMatchObject({ message_count: 0, last_seq: 0 });
  });

  test('is repaired by the alarm that was set with the message', async () => {
    expect(await runDurableObjectAlarm(object())).toBe(true);
    expect(await row()).toMatchObject({ message_count: 2, last_message_preview: 'Line 2' });
    await expectConverged();
  });

  test('is repaired by the next socket', async () => {
    await visitor.socket(conversation.id);
    await vi.waitFor(async () => expect(await row()).toMatchObject({ message_count: 2 }), SOON);
    await expectConverged();
  });

  test('is repaired by the next message', async () => {
    theirs = await visitor.socket(conversation.id);
    await theirs.hello(2);
    await theirs.send('And a third');
    await vi.waitFor(async () => expect(await row()).toMatchObject({ message_count: 3 }), SOON);
    await expectConverged();
  });
});

describe('a write that is repeated or comes late', () => {
  test('changes nothing, repeated or older than the row', async () => {
    const writes: Parameters<Projection['write']>[] = [];
    const back = await project(async (...write) => {
      writes.push(write);
      return 'written';
    });
    await theirs.send('One');
    await amos.call('PATCH', `/admin${path()}`, { priority: 'high' });
    await visitor.call('POST', path('/close'));
    await back();
    expect(writes.length).toBeGreaterThanOrEqual(3);
    await runDurableObjectAlarm(object());
    const settled = await row();
    expect(settled).toMatchObject({ status: 'closed', priority: 'high', message_count: 1 });
    for (const write of [...writes, ...writes.toReversed()]) {
      await inObject((instance) => instance.projection.write(...write));
      expect(await row()).toEqual(settled);
    }
  });

  test('ends at the newest state in any order', async () => {
    const writes: Parameters<Projection['write']>[] = [];
    const back = await project(async (...write) => {
      writes.push(write);
      return 'written';
    });
    await say(2);
    await amos.call('PATCH', `/admin${path()}`, { priority: 'low' });
    await back();
    const newest = writes.at(-1)?.[1].version;
    const [first, ...rest] = writes;
    if (!first) throw new Error('Something was written.');
    for (const write of [...rest, first]) {
      await inObject((instance) => instance.projection.write(...write));
    }
    expect(await row()).toMatchObject({ version: newest, priority: 'low', message_count: 2 });
  });

  test('the alarm may ring twice, and with nothing to do', async () => {
    await say(2);
    await runDurableObjectAlarm(object());
    const settled = await row();
    await inObject((instance) => instance.alarm());
    await inObject((instance) => instance.alarm());
    expect(await row()).toEqual(settled);
    // Nothing is left to look after but the end of the visitor's session, a day from now (S14).
    const next = await runInDurableObject(object(), (_, { storage }) => storage.getAlarm());
    expect(next).toBeGreaterThan(Date.now() + 23 * 60 * 60_000);
    const { json } = await visitor.call('GET', path('/messages'));
    expect(json.items).toHaveLength(2);
  });

  test('P8: the alarm rings once for a change, and then no more', async () => {
    await runDurableObjectAlarm(object());
    const next = () => runInDurableObject(object(), (_instance, { storage }) => storage.getAlarm());
    expect(await next()).toBeNull();
    await say(1);
    const at = await next();
    expect(at).toBeGreaterThan(Date.now());
    await say(3);
    expect(await next()).toBe(at);
  });
});

describe('while the organization’s object', () => {
  /** Puts another one under the conversation; answers how to put the real one back. */
  async function organization(methods: object): Promise<() => Promise<unknown>> {
    const bindings = await inObject((instance) => {
      const before = Reflect.get(instance, 'env');
      const INBOXES = { getByName: () => methods };
      Reflect.set(instance, 'env', { ...before, INBOXES });
      return before;
    });
    return () => inObject((instance) => Reflect.set(instance, 'env', bindings));
  }

  const ofThis = ({ frames }: TestSocket) =>
    frames.filter(
      (frame) => frame.type === 'conversation' && frame.conversation.id === conversation.id,
    );

  test('K9: is unreachable, the row is written directly, and the agents are told afterwards', async () => {
    const inbox = await amos.socket('/inbox/socket');
    let tried = 0;
    const commit = async () => {
      tried += 1;
      throw new Error('The object is away.');
    };
    const back = await organization({ commit });
    await say(1);
    await vi.waitFor(async () => expect(await row()).toMatchObject({ message_count: 1 }), SOON);
    expect(tried).toBeGreaterThan(1);
    expect(ofThis(inbox)).toEqual([]);
    await back();
    await ring({ message_count: 1 });
    const pushed = await inbox.next(
      'conversation',
      ({ conversation: { id } }) => id === conversation.id,
    );
    expect(pushed.conversation).toMatchObject({ message_count: 1 });
  });

  test('K10: is of a version before the call, it is called as before', async () => {
    const heard: unknown[] = [];
    const commit = async () => {
      throw new TypeError('The RPC receiver does not implement the method "commit".');
    };
    const back = await organization({
      commit,
      publish: async (news: { message_count: number }) => {
        heard.push(news.message_count);
        return [];
      },
    });
    await say(1);
    await vi.waitFor(async () => expect(await row()).toMatchObject({ message_count: 1 }), SOON);
    expect(heard).toEqual([1]);
    await back();
  });

  test('K10: is newer, a conversation of the version before is heard by the agents', async () => {
    const inbox = await amos.socket('/inbox/socket');
    await say(1);
    await vi.waitFor(async () => expect(await row()).toMatchObject({ message_count: 1 }), SOON);
    const { json } = await amos.call('GET', `/admin${path()}`);
    const newer = { ...json.conversation, version: json.conversation.version + 1 };
    expect(
      await organizationObject(env, world.acme.id).publish(newer, undefined, { said: [] }),
    ).toEqual([]);
    await inbox.next(
      'conversation',
      ({ conversation: told }) => 'version' in told && told.version === newer.version,
    );
  });
});
