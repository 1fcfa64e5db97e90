import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CHANGES } from '../../../protocol/version.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { agentView } from '../../conversation/state/state.ts';
import { newChange, rowOf } from '../../test/row-changes.ts';
import { SignedInAgent, SOON, settleWorld, Visitor } from '../../test/world.ts';
import { organizationObject } from '../address.ts';
import type { InboxObject } from '../object.ts';
import type { Commit, RowChange } from './call.ts';
import type { Rows } from './rows.ts';

/** The group commit in the organization's object, on the configured database. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let amosId: string;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  amosId = world.acme.users[1] ?? '';
});

const inOrganization = <Value>(work: (instance: InboxObject) => Value | Promise<Value>) =>
  runInDurableObject(organizationObject(env, world.acme.id), work);

let real: Rows;

beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  real = await inOrganization((instance) => instance.rows);
});

/** Ends what `hang` began, so that a test that fails leaves the next ones their database. */
let release = () => {};

afterEach(async () => {
  await inOrganization((instance) => {
    release();
    instance.rows = real;
  });
  vi.restoreAllMocks();
});

/** The database does not answer until the returned function is called, or the test ends. */
async function hang(): Promise<() => Promise<void>> {
  const hanging = new Promise<void>((resolve) => {
    release = resolve;
  });
  await inOrganization((instance) => {
    const update: Rows['update'] = async (changes) => {
      await hanging;
      return real.update(changes);
    };
    instance.rows = { ...real, update, handOver: undefined };
  });
  return () => inOrganization(() => release());
}

test('K13: agents get a flush’s changes in one frame, and tabs from before it one for each', async () => {
  const changes = await Promise.all([
    newChange(world, {}),
    newChange(world, {}),
    newChange(world, {}),
    newChange(world, {}),
  ]);
  const commits = changes.map(
    (row): Commit => ({
      id: row.founding.id,
      news: { conversation: agentView(row.founding, row.state) },
      row,
    }),
  );
  const summaries = commits.map(({ news }) => news?.conversation);
  const inbox = await amos.socket('/inbox/socket', CHANGES);
  const oldTab = await amos.socket('/inbox/socket');
  const release = await hang();
  const organization = organizationObject(env, world.acme.id);
  const answers = commits.map((commit) => organization.commit(commit));
  // The first one comes alone; its flush is on its way when the others come.
  expect((await inbox.next('conversation')).conversation).toEqual(summaries[0]);
  expect(await inbox.next('changes')).toEqual({
    type: 'changes',
    conversations: summaries.slice(1),
    gone: [],
    gone_versions: [],
  });
  await release();
  for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ row: 'written' });
  await Promise.all([inbox.settle(), oldTab.settle()]);
  const isAboutConversations = ({ type }: { type: string }) =>
    !['presence', 'versions'].includes(type);
  expect(inbox.frames.filter(isAboutConversations)).toEqual([]);
  expect(oldTab.frames.filter(isAboutConversations)).toEqual(
    summaries.map((conversation) => ({ type: 'conversation', conversation })),
  );
  inbox.close();
  oldTab.close();
});

describe('K12: while a commit hangs', () => {
  test('an agent is assigned, and the chat goes on; the lists follow', async () => {
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.billing);
    const theirs = await visitor.socket(id);
    await theirs.hello();
    const release = await hang();
    await theirs.send('Hello?');
    const path = `/admin/conversations/${id}`;
    const assigned = await amos.call('PATCH', path, { assigneeId: amosId });
    expect(assigned).toMatchObject({ status: 200 });
    // What the organization's object calls returns after its row, too.
    await organizationObject(env, world.acme.id).reassess(world.acme.id, amosId);
    await theirs.send('Still there?');
    expect(await rowOf(id)).toMatchObject({ last_seq: 0 });
    await release();
    await vi.waitFor(
      async () => expect(await rowOf(id)).toMatchObject({ message_count: 2, assignee_id: amosId }),
      SOON,
    );
  });
});

describe('K15: the row of a message that nobody waits for', () => {
  /** A conversation, and what the organization's object hands over of it; `lose` keeps it from being written. */
  async function begin(lose: boolean) {
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.billing);
    const theirs = await visitor.socket(id);
    await theirs.hello();
    const handed: number[] = [];
    await inOrganization((instance) => {
      instance.rows = {
        ...real,
        handOver: async (changes) => {
          handed.push(...changes.map(({ state }) => state.last_seq));
          if (!lose) await real.handOver?.(changes);
        },
      };
    });
    return { id, theirs, handed };
  }

  test('is written by an invocation of the Worker, and so is the next one’s', async () => {
    const { id, theirs, handed } = await begin(false);
    for (const seq of [1, 2]) {
      await theirs.send(`Message ${seq}`);
      await vi.waitFor(async () => expect(await rowOf(id)).toMatchObject({ last_seq: seq }), SOON);
    }
    expect(handed).toEqual([1, 2]);
  });

  test('that is lost with that invocation is made up for by the next change', async () => {
    const { id, theirs, handed } = await begin(true);
    await theirs.send('Hello?');
    await vi.waitFor(() => expect(handed).toEqual([1]), SOON);
    expect(await rowOf(id)).toMatchObject({ last_seq: 0 });
    await amos.call('PATCH', `/admin/conversations/${id}`, { assigneeId: amosId });
    expect(await rowOf(id)).toMatchObject({ last_seq: 2, assignee_id: amosId, message_count: 1 });
  });

  test('and otherwise by the alarm that was set with the message', async () => {
    const { id, theirs, handed } = await begin(true);
    await theirs.send('Hello?');
    await vi.waitFor(() => expect(handed).toEqual([1]), SOON);
    expect(await runDurableObjectAlarm(conversationObject(env, world.acme.id, id))).toBe(true);
    expect(await rowOf(id)).toMatchObject({ last_seq: 1, last_message_preview: 'Hello?' });
  });

  test('and by the conversation’s next socket, where its object died, too', async () => {
    const { id, theirs, handed } = await begin(true);
    await theirs.send('Hello?');
    await vi.waitFor(() => expect(handed).toEqual([1]), SOON);
    const object = conversationObject(env, world.acme.id, id);
    await evictDurableObject(object, { webSockets: 'close' });
    await amos.socket(`/conversations/${id}/socket`);
    await vi.waitFor(async () => expect(await rowOf(id)).toMatchObject({ last_seq: 1 }), SOON);
  });
});

test('K14: when the database is back, the lists follow without an alarm', async () => {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  const object = conversationObject(env, world.acme.id, id);
  const gone = () => Promise.reject(new Error('D1_ERROR: Network connection lost.'));
  await inOrganization((instance) => {
    instance.rows = {
      ...{ update: gone, versions: gone, replace: gone, alone: gone },
      statementsOf: real.statementsOf,
    };
  });
  const theirs = await visitor.socket(id);
  await theirs.hello();
  await theirs.send('Hello?');
  // After some tries in vain the next alarm is far away.
  for (let n = 0; n < 6; n += 1) expect(await runDurableObjectAlarm(object)).toBe(true);
  expect(await rowOf(id)).toMatchObject({ last_seq: 0 });
  const alarm = await runInDurableObject(object, (_, { storage }) => storage.getAlarm());
  await inOrganization((instance) => {
    instance.rows = real;
  });
  await vi.waitFor(async () => expect(await rowOf(id)).toMatchObject({ last_seq: 1 }), SOON);
  // It was not the alarm.
  expect(await runInDurableObject(object, (_, { storage }) => storage.getAlarm())).toBe(alarm);
  expect(alarm).toBeGreaterThan(Date.now() + 10_000);
});

/** Every call by which an object writes to its storage or holds up its events, by its name. */
function storageCalls(state: DurableObjectState): string[] {
  const calls: string[] = [];
  const hear = (thing: object, ...methods: string[]) => {
    const prototype = Object.getPrototypeOf(thing);
    for (const method of methods) {
      const call: (...args: unknown[]) => unknown = prototype[method];
      vi.spyOn(prototype, method).mockImplementation(function (this: unknown, ...args) {
        const answer = call.apply(this, args);
        const isRead = method === 'exec' && Reflect.get(Object(answer), 'rowsWritten') === 0;
        if (!isRead) calls.push(method);
        return answer;
      });
    }
  };
  const { storage } = state;
  hear(storage, 'put', 'delete', 'deleteAll', 'setAlarm', 'deleteAlarm');
  hear(storage, 'transaction', 'transactionSync');
  hear(storage.sql, 'exec');
  hear(storage.kv, 'put', 'delete');
  hear(state, 'blockConcurrencyWhile');
  return calls;
}

test('K1: nothing is stored in the organization’s object while commits wait, nor afterwards', async () => {
  const changes: RowChange[] = [];
  for (let n = 0; n < 4; n += 1) changes.push(await newChange(world, { last_seq: n }));
  const inbox = await amos.socket('/inbox/socket', CHANGES);
  await inbox.next('presence');
  const release = await hang();
  const calls = await runInDurableObject(organizationObject(env, world.acme.id), (_, state) =>
    storageCalls(state),
  );
  const answers = changes.map((row) =>
    organizationObject(env, world.acme.id).commit({
      id: row.founding.id,
      news: { conversation: agentView(row.founding, row.state) },
      traffic: { began: undefined, said: [['an address', 1, 10]] },
      row,
    }),
  );
  await inbox.next('changes');
  expect(calls).toEqual([]);
  await release();
  for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ row: 'written' });
  expect(calls).toEqual([]);
  // What is written is heard.
  await organizationObject(env, world.acme.id).noteOutcome('mail', null);
  expect(calls).toEqual(['put']);
  inbox.close();
});
