import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CHANGES } from '../../../protocol/version.ts';
import { recordRows } from '../../activity/batch-store.ts';
import { activityRow } from '../../activity/row.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { foundingOf } from '../../conversation/calls/call-conversation.ts';
import { rowsOf } from '../../conversation/projection/batch-store.ts';
import { projectionOf } from '../../conversation/projection/store.ts';
import { updateRows } from '../../conversation/projection/update-store.ts';
import { agentView, initialState, type State } from '../../conversation/state/state.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { findFounding } from '../../features/conversations/store/one.ts';
import { createLabel } from '../../features/labels/store.ts';
import { byFoyer } from '../../test/by.ts';
import { Statements } from '../../test/costs/statements.ts';
import { SignedInAgent, SOON, settleWorld, Visitor } from '../../test/world.ts';
import { organizationObject } from '../address.ts';
import type { InboxObject } from '../object.ts';
import type { Commit, RowChange } from './call.ts';
import { flush } from './flush.ts';
import type { Rows } from './rows.ts';

/** The group commit in the organization's object, on the configured database. */

const { activity, conversations } = tables;

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

afterEach(async () => {
  await inOrganization((instance) => {
    instance.rows = real;
  });
  vi.restoreAllMocks();
});

async function row(id: string) {
  const [found] = await openDatabase(env)
    .select()
    .from(conversations)
    .where(eq(conversations.id, id));
  if (!found) throw new Error('The conversation has a row.');
  return found;
}

/** A change of a new conversation, whose row is as guessed. */
async function newChange(more: Partial<State>): Promise<RowChange> {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  const found = await findFounding(openDatabase(env), world.acme.id, id);
  if (!found) throw new Error('It has begun.');
  const founding = foundingOf(found.conversation, found.customer);
  const guess = initialState(founding);
  return { founding, guess, state: { ...guess, version: guess.version + 1, ...more } };
}

async function write(changes: RowChange[]) {
  const outcomes: string[] = [];
  const { ending, error } = await flush(
    changes,
    {
      rows: rowsOf(env),
      doubts: new WeakMap(),
      classify: () => 'refused',
      report: (_, failure) => {
        throw failure;
      },
    },
    (_, outcome) => outcomes.push(outcome),
  );
  if (error) throw error;
  return [ending, ...outcomes];
}

describe('K4 K6: rows that are written together', () => {
  test('hold what each state says, whichever columns differ', async () => {
    const now = new Date(Date.now()).toISOString();
    const changes = [
      await newChange({
        last_seq: 1,
        last_message_preview: "It's \u{1f600} \0 \ud83d",
        last_message_at: now,
      }),
      await newChange({ last_seq: 2, last_message_preview: null, last_message_at: now }),
      await newChange({
        status: 'active',
        assignee: { id: amosId, name: 'Amos' },
        agent_read_seq: 3,
      }),
      await newChange({
        status: 'closed',
        shelf: 'closed',
        closed_at: now,
        closed_reason: 'resolved',
        closed_by: { kind: 'agent', id: amosId, name: 'Amos' },
        rating: { score: 5, comment: 'Good' },
      }),
    ];
    expect(await write(changes)).toEqual(['done', ...Array(4).fill('written')]);
    const [first, second, third, fourth] = await Promise.all(
      changes.map(({ founding }) => row(founding.id)),
    );
    expect(first).toMatchObject({ last_seq: 1, last_message_at: new Date(now), status: 'waiting' });
    expect(first?.last_message_preview).toMatch(/^It's \u{1f600} . .{1,3}$/su);
    expect(second).toMatchObject({ last_seq: 2, last_message_preview: null });
    expect(third).toMatchObject({ assignee_id: amosId, assignee_name: 'Amos', agent_read_seq: 3 });
    expect(fourth).toMatchObject({
      status: 'closed',
      closed_at: new Date(now),
      closed_by: { kind: 'agent', id: amosId, name: 'Amos' },
      rating: 5,
      rating_comment: 'Good',
    });
    for (const { founding, state } of changes) {
      expect(await row(founding.id)).toMatchObject({ version: state.version });
    }
    // Once more, and late: nothing changes.
    expect(await write(changes.toReversed())).toEqual(['done', ...Array(4).fill('written')]);
    expect(await row(changes[0]?.founding.id ?? '')).toEqual(first);
  });

  /** The texts of the updates that the database is asked for meanwhile. */
  async function updatesDuring(work: () => Promise<void>): Promise<string[]> {
    const onPostgres = new Statements();
    const prepare = env.DB && vi.spyOn(env.DB, 'prepare');
    try {
      await work();
      const asked = prepare?.mock.calls.map(([text]) => text) ?? [];
      const texts = [...asked, ...onPostgres.take().map(({ sql }) => sql)];
      return texts.filter((text) => /^update/i.test(text));
    } finally {
      onPostgres.stop();
    }
  }

  test('K6: are one statement for each set of columns', async () => {
    const changes = await Promise.all([
      newChange({ last_seq: 1, last_message_preview: 'One' }),
      newChange({ last_seq: 2, last_message_preview: 'Two' }),
      newChange({ priority: 'high' }),
      newChange({ last_seq: 3, last_message_preview: 'Three' }),
      newChange({ priority: 'low' }),
    ]);
    const updates = await updatesDuring(async () => {
      expect(await write(changes)).toEqual(['done', ...Array(5).fill('written')]);
    });
    expect(updates).toHaveLength(2);
    const rows = await Promise.all(changes.map(({ founding }) => row(founding.id)));
    expect(rows.map((one) => one?.last_message_preview)).toEqual([
      'One',
      'Two',
      null,
      'Three',
      null,
    ]);
    expect(rows.map((one) => one?.priority)).toEqual(['normal', 'normal', 'high', 'normal', 'low']);
  });

  test.runIf(databaseKind === 'd1')('K6: no statement has more than 100 parameters', async () => {
    const one = await newChange({ last_seq: 1 });
    const changes = Array.from({ length: 45 }, (_, index) => ({
      ...one,
      founding: { ...one.founding, id: `conversation ${index}` },
      state: { ...one.state, agent_read_seq: index + 1, last_message_preview: `Message ${index}` },
    }));
    const batch = vi.spyOn(env.DB, 'batch');
    expect(await updateRows(openDatabase(env), changes)).toEqual(new Set());
    const [statements = []] = batch.mock.calls[0] ?? [];
    const parameters = statements.map((statement): unknown[] => Reflect.get(statement, 'params'));
    for (const some of parameters) expect(some.length).toBeLessThanOrEqual(100);
    expect(statements.length).toBeLessThan(changes.length / 10);
    for (const { founding } of changes) {
      expect(parameters.flat().filter((value) => value === founding.id)).toHaveLength(1);
    }
  });

  test('with other labels or an older row are written whole', async () => {
    const fields = { name: crypto.randomUUID().slice(0, 8), color: '#112233' };
    const label = await createLabel(openDatabase(env), byFoyer(world.acme.id), fields);
    const labelled = await newChange({ label_ids: [label.id] });
    const older = await newChange({ last_seq: 4, priority: 'high' });
    const wrong = { ...older, guess: { ...older.guess, version: older.guess.version - 1 } };
    expect(await write([labelled, wrong])).toEqual(['done', 'written', 'written']);
    expect(await row(wrong.founding.id)).toMatchObject({ last_seq: 4, priority: 'high' });
    expect(await row(labelled.founding.id)).toMatchObject({ label_ids: labelled.state.label_ids });
  });

  test('and one whose row is gone is written whole again', async () => {
    const gone = await newChange({ last_seq: 7 });
    await openDatabase(env).delete(conversations).where(eq(conversations.id, gone.founding.id));
    const other = await newChange({ last_seq: 1 });
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect((await write([gone, other])).sort()).toEqual(['done', 'restored', 'written']);
    expect(await row(gone.founding.id)).toMatchObject({ last_seq: 7 });
  });
});

describe('Y7: what was done with conversations', () => {
  const actor = { kind: 'agent', id: crypto.randomUUID(), name: 'Amos \0 \ud83d' } as const;

  function withActivity(change: RowChange): RowChange {
    const by = { organization_id: world.acme.id, actor };
    const subject = { id: change.founding.id };
    const before = { priority: 'low' };
    const after = { priority: 'high' };
    const row = activityRow(by, { kind: 'conversation.prioritized', subject, before, after });
    return { ...change, activity: [row] };
  }

  const recorded = () =>
    openDatabase(env)
      .select()
      .from(activity)
      .where(eq(activity.area, 'conversations'))
      .orderBy(asc(activity.id));

  test('is written with their rows, once, whichever way they are written', async () => {
    const updated = withActivity(await newChange({ priority: 'high' }));
    const guessedWrong = withActivity(await newChange({ priority: 'high' }));
    guessedWrong.guess = { ...guessedWrong.guess, version: guessedWrong.guess.version - 1 };
    const overtaken = withActivity(await newChange({ priority: 'high' }));
    const newest = { ...overtaken.state, version: overtaken.state.version + 5 };
    await write([{ ...overtaken, activity: undefined, state: newest }]);
    const doubted = { ...overtaken, guess: overtaken.state };
    const gone = withActivity(await newChange({ priority: 'high' }));
    await openDatabase(env).delete(conversations).where(eq(conversations.id, gone.founding.id));
    vi.spyOn(console, 'warn').mockImplementation(() => {});

    const all = [updated, guessedWrong, doubted, gone];
    expect((await write(all)).sort()).toEqual(['done', 'restored', ...Array(3).fill('written')]);
    const first = await recorded();
    expect(first.map(({ subject_id }) => subject_id).sort()).toEqual(
      all.map(({ founding }) => founding.id).sort(),
    );
    expect(first[0]).toMatchObject({
      organization_id: world.acme.id,
      kind: 'conversation.prioritized',
      actor: { kind: 'agent', id: actor.id },
      actor_id: actor.id,
      subject_type: 'conversation',
      subject_name: null,
      before: { priority: 'low' },
      after: { priority: 'high' },
    });
    // Again, in halves, and the direct way.
    await write(all.toReversed());
    for (const change of all) await write([change]);
    for (const { founding, state, guess, activity: rows = [] } of all) {
      await projectionOf(env).write(founding, state, guess, rows);
    }
    expect(await recorded()).toEqual(first);
  });

  test('stops no row where the organization is gone', async () => {
    const by = { organization_id: crypto.randomUUID(), actor };
    const row = activityRow(by, { kind: 'conversation.reopened' });
    expect(await recordRows(openDatabase(env), [row])).toEqual([]);
  });
});

/** The database does not answer until the returned function is called. */
async function hang(): Promise<() => Promise<void>> {
  let release = () => {};
  const hanging = new Promise<void>((resolve) => {
    release = resolve;
  });
  await inOrganization((instance) => {
    const update: Rows['update'] = async (changes) => {
      await hanging;
      return real.update(changes);
    };
    instance.rows = { ...real, update };
  });
  return () => inOrganization(() => release());
}

test('K13: agents get a flush’s changes in one frame, and tabs from before it one for each', async () => {
  const changes = await Promise.all([newChange({}), newChange({}), newChange({}), newChange({})]);
  const commits = changes.map(
    (row): Commit => ({
      id: row.founding.id,
      news: { conversation: agentView(row.founding, row.state) },
      row,
    }),
  );
  const told = commits.map(({ news }) => news?.conversation);
  const inbox = await amos.socket('/inbox/socket', CHANGES);
  const oldTab = await amos.socket('/inbox/socket');
  const release = await hang();
  const organization = organizationObject(env, world.acme.id);
  const answers = commits.map((commit) => organization.commit(commit));
  // The first one comes alone; its flush is on its way when the others come.
  expect((await inbox.next('conversation')).conversation).toEqual(told[0]);
  expect(await inbox.next('changes')).toEqual({
    type: 'changes',
    conversations: told.slice(1),
    gone: [],
  });
  await release();
  for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ row: 'written' });
  await Promise.all([inbox.settle(), oldTab.settle()]);
  const isAboutConversations = ({ type }: { type: string }) => type !== 'presence';
  expect(inbox.frames.filter(isAboutConversations)).toEqual([]);
  expect(oldTab.frames.filter(isAboutConversations)).toEqual(
    told.map((conversation) => ({ type: 'conversation', conversation })),
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
    expect(await row(id)).toMatchObject({ last_seq: 0 });
    await release();
    await vi.waitFor(
      async () => expect(await row(id)).toMatchObject({ message_count: 2, assignee_id: amosId }),
      SOON,
    );
  });
});

test('K14: when the database is back, the lists follow without an alarm', async () => {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  const object = conversationObject(env, world.acme.id, id);
  const gone = () => Promise.reject(new Error('D1_ERROR: Network connection lost.'));
  await inOrganization((instance) => {
    instance.rows = { ...real, update: gone, versions: gone, replace: gone, alone: gone };
  });
  const theirs = await visitor.socket(id);
  await theirs.hello();
  await theirs.send('Hello?');
  // After some tries in vain the next alarm is far away.
  for (let n = 0; n < 6; n += 1) expect(await runDurableObjectAlarm(object)).toBe(true);
  expect(await row(id)).toMatchObject({ last_seq: 0 });
  const alarm = await runInDurableObject(object, (_, { storage }) => storage.getAlarm());
  await inOrganization((instance) => {
    instance.rows = real;
  });
  await vi.waitFor(async () => expect(await row(id)).toMatchObject({ last_seq: 1 }), SOON);
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
  for (let n = 0; n < 4; n += 1) changes.push(await newChange({ last_seq: n }));
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
