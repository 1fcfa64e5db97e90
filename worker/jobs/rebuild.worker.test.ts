import { introspectWorkflow, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq, inArray } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { StartedConversation } from '../../protocol/visitor-conversation.ts';
import { conversationOf } from '../conversation/address.ts';
import type { ConversationObject } from '../conversation/object.ts';
import { databaseKind, tables } from '../database/configured.ts';
import { openDatabase } from '../database/database.ts';
import { cancelJob, findJob } from '../features/jobs/store.ts';
import { createLabel } from '../features/labels/store.ts';
import { call, SignedInAgent, settleWorld, Visitor } from '../test/world.ts';
import { PAGES_AN_INSTANCE } from './plan.ts';

const {
  conversationLabels,
  conversationMentions,
  conversations,
  jobs,
  searchDocuments,
  widgetCustomers,
} = tables;

/** J1 to J6: the database is written again from the objects, whatever was done to it (P7). */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
/** Ada has three conversations, one closed and one with a file; Bob has one, Globex has one. */
let ada: StartedConversation[];
let bob: StartedConversation;
let label: string;

const db = () => openDatabase(env);
const LONG = { timeout: 20_000 };
const FORM = { name: 'Ada', email: 'ada@example.org', size: '1' };

const object = (id: string) => conversationOf(env, world.acme.id, id);
const all = () => [...ada, bob].map(({ id }) => id);

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  label = (await createLabel(db(), world.acme.id, { name: 'Urgent', color: '#112233' })).id;
  const visitor = await Visitor.arrive();
  const closed = await begin(visitor, world.acme.sales, 'My armadillo', { preChatData: FORM });
  await visitor.call('POST', `/conversations/${closed.id}/close`);
  const open = await begin(visitor, world.acme.sales, 'A bluebird', { preChatData: FORM });
  const other = await begin(visitor, world.acme.billing, 'A capybara');
  ada = [closed, open, other];
  bob = await begin(await Visitor.arrive(), world.acme.billing, 'A dragonfly');
  const path = `/admin/conversations/${open.id}`;
  await olive.call('PATCH', path, { priority: 'high', addLabels: [label] });
  const note = { kind: 'note', body: 'Look', mentions: world.acme.users };
  await olive.call('POST', `${path}/messages`, { id: crypto.randomUUID(), ...note });
  // What the search has of each is written when the alarm rings.
  for (const id of all()) await runDurableObjectAlarm(object(id));
  for (const id of all()) expect(await object(id).settle()).toBe(true);
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function begin(visitor: Visitor, department: string, body: string, more: object = {}) {
  const conversation = await visitor.pick(department, more);
  const messages = `/conversations/${conversation.id}/messages`;
  await visitor.call('POST', messages, { id: crypto.randomUUID(), body });
  return conversation;
}

/** What people see of it: lists, counts, customers with their totals, and what the search finds. */
async function seen() {
  const paths = [
    'conversations?status=open',
    'conversations?status=closed',
    `conversations?status=open&label=${label}`,
    'conversations?status=open&mentioned=me',
    'conversations/counts',
    'customers',
    ...['armadillo', 'bluebird', 'capybara', 'dragonfly'].map((word) => `search?q=${word}`),
    ...all().map((id) => `conversations/${id}`),
  ];
  const answers: [string, unknown][] = [];
  for (const path of paths) {
    const { status, json } = await olive.call('GET', `/admin/${path}`);
    answers.push([path, { status, json }]);
  }
  return Object.fromEntries(answers);
}

/** What the objects do not know of a customer whose row is gone. */
function withoutLost(answers: object): unknown {
  const lost = ['user_agent', 'ip_address', 'country', 'city', 'custom_fields', 'last_seen_at'];
  return JSON.parse(
    JSON.stringify(answers, (key, value) => (lost.includes(key) ? undefined : value)),
  );
}

async function start() {
  const { status, json } = await olive.call('POST', '/admin/jobs', { kind: 'rebuild' });
  expect(status).toBe(201);
  return json.job.id as string;
}

const job = async (id: string) => {
  const row = await findJob(db(), { organization_id: world.acme.id, id });
  if (!row) throw new Error('There is no such job.');
  return row;
};

const ends = (id: string, state = 'done') =>
  vi.waitFor(async () => expect(await job(id)).toMatchObject({ state }), LONG);

async function rebuilt() {
  const id = await start();
  await ends(id);
  return job(id);
}

async function forget(ids: string[]): Promise<void> {
  const parts = [conversationLabels, conversationMentions] as const;
  for (const table of parts) await db().delete(table).where(inArray(table.conversation_id, ids));
  await db().delete(conversations).where(inArray(conversations.id, ids));
}

const customerOf = ({ widget_customer_id }: StartedConversation) => widget_customer_id ?? '';

describe('J1: the rebuild', () => {
  test('J1: a copy from before, with rows that differ, is made right; the second run writes nothing', async () => {
    const before = await seen();
    const [closed, open, other] = all();
    // As a copy from before has it, and as a hand that slipped leaves it.
    await db()
      .update(conversations)
      .set({ last_message_preview: null, message_count: 0, closed_by: null, version: 1 })
      .where(eq(conversations.id, closed ?? ''));
    await db()
      .update(conversations)
      .set({ status: 'snoozed', shelf: 'snoozed' })
      .where(eq(conversations.id, other ?? ''));
    await db()
      .update(conversations)
      .set({ priority: 'normal', message_count: 99, label_ids: [] })
      .where(eq(conversations.id, open ?? ''));
    await db()
      .delete(conversationLabels)
      .where(eq(conversationLabels.conversation_id, open ?? ''));
    await db()
      .delete(searchDocuments)
      .where(eq(searchDocuments.conversation_id, other ?? ''));
    await db()
      .update(widgetCustomers)
      .set({ total_conversations: 17 })
      .where(eq(widgetCustomers.organization_id, world.acme.id));
    expect(await seen()).not.toEqual(before);

    expect(await rebuilt()).toMatchObject({
      done: 6,
      total: 6,
      results: { rows_corrected: 3, documents_written: 1, totals_corrected: 2 },
      failures: {},
      error: null,
    });
    expect(await seen()).toEqual(before);

    expect(await rebuilt()).toMatchObject({ done: 6, results: {}, failures: {} });
    expect(await seen()).toEqual(before);
  });

  test('J1: rows that are gone are found by the documents of the search and by files', async () => {
    const before = await seen();
    const [, open, other] = all();
    if (!open || !other) throw new Error('Ada has three.');
    // Named by a file, and by nothing else.
    const key = `${world.acme.id}/2026-11-29/${other}/${crypto.randomUUID()}`;
    await env.FILES?.put(key, 'bytes');
    await forget([open, other]);
    await db().delete(searchDocuments).where(eq(searchDocuments.conversation_id, other));
    if (databaseKind === 'postgres') await nameByFile(open);

    expect(await rebuilt()).toMatchObject({ results: { rows_restored: 2 }, failures: {} });
    expect(withoutLost(await seen())).toEqual(withoutLost(before));
    await env.FILES?.delete(key);
  });

  test('J1: one that the copy has open makes room for the one that follows it', async () => {
    const before = await seen();
    const [closed, open] = all();
    if (!closed || !open) throw new Error('Ada has three.');
    await forget([open]);
    const stale = { status: 'waiting', shelf: 'open', closed_at: null, version: 1 } as const;
    await db().update(conversations).set(stale).where(eq(conversations.id, closed));
    await nameByFile(open);
    expect(await rebuilt()).toMatchObject({
      results: { rows_corrected: 1, rows_restored: 1 },
      failures: {},
    });
    expect(withoutLost(await seen())).toEqual(withoutLost(before));
  });

  test('J1: conversations before one another are found by the later one', async () => {
    const visitor = await Visitor.arrive();
    const first = await begin(visitor, world.acme.sales, 'First', { preChatData: FORM });
    await visitor.call('POST', `/conversations/${first.id}/close`);
    const second = await begin(visitor, world.acme.sales, 'Second', {
      preChatData: FORM,
      previousConversationId: first.id,
    });
    await db().delete(searchDocuments).where(eq(searchDocuments.conversation_id, first.id));
    await forget([first.id]);
    expect((await olive.call('GET', `/admin/conversations/${second.id}`)).status).toBe(200);
    expect(await rebuilt()).toMatchObject({ results: { rows_restored: 1 }, failures: {} });
    const { json } = await olive.call('GET', `/admin/conversations/${first.id}`);
    expect(json.conversation).toMatchObject({ status: 'closed', last_message_preview: 'First' });
  });

  test('J1: a customer who is gone comes back with what the objects know', async () => {
    const [closed, open, other] = all();
    if (!closed || !open || !other) throw new Error('Ada has three.');
    const whose = eq(widgetCustomers.id, customerOf(ada[0] as StartedConversation));
    const [was] = await db().select().from(widgetCustomers).where(whose);
    for (const id of [closed, open, other]) await nameByFile(id);
    await forget([closed, open, other]);
    await db().delete(widgetCustomers).where(whose);

    expect(await rebuilt()).toMatchObject({ results: { rows_restored: 3 }, failures: {} });
    const [is] = await db().select().from(widgetCustomers).where(whose);
    expect(is).toMatchObject({
      visitor_id: was?.visitor_id,
      full_name: 'Ada',
      email: 'ada@example.org',
      first_seen_at: was?.first_seen_at,
      total_conversations: 3,
      ip_address: null,
      country: null,
    });
  });

  test('J1: another organization is not touched (P6)', async () => {
    const visitor = await Visitor.arrive('wk_globex');
    const theirs = await visitor.pick(world.globex.support);
    const where = eq(conversations.id, theirs.id);
    await db().update(conversations).set({ message_count: 99 }).where(where);
    await rebuilt();
    const [row] = await db().select().from(conversations).where(where);
    expect(row?.message_count).toBe(99);
  });

  test('J1: no agent hears of it, and no log gets an entry', async () => {
    const last = async (id: string) =>
      runInDurableObject(object(id), (_: ConversationObject, { storage }) =>
        [...storage.sql.exec('SELECT count(*) AS rows FROM messages')].at(0),
      );
    const before = await Promise.all(all().map(last));
    await rebuilt();
    expect(await Promise.all(all().map(last))).toEqual(before);
  });
});

describe('J2: a job goes on where it was', () => {
  const key = (id: string) => ({ organization_id: world.acme.id, id });

  /** Pages of one conversation, so that few conversations are many pages. */
  async function spoil(): Promise<void> {
    await db().update(conversations).set({ message_count: 99 });
  }

  test('J2: a second start is the job that runs', async () => {
    await using workflow = await introspectWorkflow(mustBe(env.JOBS));
    await workflow.modifyAll((instance) =>
      instance.mockStepError({ name: 'page 1' }, new Error('The database is away.')),
    );
    const id = await start();
    const { status, json } = await olive.call('POST', '/admin/jobs', { kind: 'rebuild' });
    expect({ status, id: json.job.id }).toEqual({ status: 200, id });
    expect((await olive.call('POST', `/admin/jobs/${id}/cancel`)).status).toBe(200);
    expect((await olive.call('POST', `/admin/jobs/${id}/cancel`)).status).toBe(404);
  });

  test('J2: one whose page fails each time gives up, and says so', async () => {
    await using workflow = await introspectWorkflow(mustBe(env.JOBS));
    await workflow.modifyAll((instance) =>
      instance.mockStepError({ name: 'page 1' }, new Error('The Worker died.')),
    );
    await workflow.modifyAll((instance) => instance.disableRetryDelays());
    const id = await start();
    await ends(id, 'failed');
    expect(await job(id)).toMatchObject({ error: 'gave_up', done: 0, steps: 0 });
  });

  test('J2: one that failed in the middle goes on from there, and counts nothing twice', async () => {
    const before = await seen();
    await spoil();
    let id = '';
    {
      await using workflow = await introspectWorkflow(mustBe(env.JOBS));
      await workflow.modifyAll((instance) =>
        instance.mockStepError({ name: 'page 2' }, new Error('The Worker died.')),
      );
      await workflow.modifyAll((instance) => instance.disableRetryDelays());
      id = await start();
      await ends(id, 'failed');
    }
    const half = await job(id);
    expect(half).toMatchObject({ steps: 1, runs: 1, cursor: { phase: 'documents' } });
    const { status, json } = await olive.call('POST', `/admin/jobs/${id}/resume`);
    expect({ status, json }).toMatchObject({ status: 200, json: { job: { state: 'running' } } });
    await ends(id);
    const whole = await job(id);
    expect(whole).toMatchObject({ runs: 2, error: null, failures: {}, results: half.results });
    expect(whole.done).toBe(whole.total);
    expect(await seen()).toEqual(before);
  });

  test('J2: a page that fails now and then is tried again by the engine', async () => {
    await spoil();
    await using workflow = await introspectWorkflow(mustBe(env.JOBS));
    await workflow.modifyAll((instance) =>
      instance.mockStepError({ name: 'page 1' }, new Error('The database is away.'), 2),
    );
    await workflow.modifyAll((instance) => instance.disableRetryDelays());
    expect(await rebuilt()).toMatchObject({ failures: {}, runs: 1 });
  });

  test('J2: one that was cancelled writes nothing more, and can go on', async () => {
    const id = await start();
    const cancelled = await olive.call('POST', `/admin/jobs/${id}/cancel`);
    if (cancelled.status === 404) throw new Error('It was done before it could be cancelled.');
    expect(cancelled.json.job).toMatchObject({ state: 'cancelled' });
    const row = await job(id);
    expect(await cancelJob(db(), key(id), new Date())).toBeNull();
    await olive.call('POST', `/admin/jobs/${id}/resume`);
    await ends(id);
    expect((await job(id)).runs).toBe(row.runs + 1);
  });

  test('J2: after as many pages as an instance takes, the next one goes on', async () => {
    const many = (PAGES_AN_INSTANCE + 1) * 100;
    await db().delete(jobs);
    const { visitor_id: _, ...like } = await aCustomer();
    for (let at = 0; at < many; at += 4) {
      await db()
        .insert(widgetCustomers)
        .values(
          Array.from({ length: 4 }, () => ({
            ...like,
            id: crypto.randomUUID(),
            visitor_id: crypto.randomUUID(),
            total_conversations: 0,
          })),
        );
    }
    const { done, runs, total, results } = await rebuilt();
    expect({ runs, done, results }).toEqual({ runs: 2, done: total, results: {} });
    await db().delete(widgetCustomers).where(eq(widgetCustomers.total_conversations, 0));
  });

  async function aCustomer() {
    const [row] = await db().select().from(widgetCustomers).limit(1);
    return mustBe(row);
  }
});

describe('J3: what fails is counted', () => {
  test('J3: a row that no object stands behind, and an object that fails; the others are written', async () => {
    const before = await seen();
    const [closed] = all();
    const [row] = await db()
      .select()
      .from(conversations)
      .where(eq(conversations.id, closed ?? ''));
    const orphan = crypto.randomUUID();
    await db()
      .insert(conversations)
      .values({ ...mustBe(row), id: orphan });
    await db().update(conversations).set({ message_count: 99 });
    const real = await runInDurableObject(object(bob.id), (instance: ConversationObject) => {
      const { projection } = instance;
      const rewrite = () => Promise.reject(new Error('D1_ERROR: a bad row'));
      instance.projection = { ...projection, rewrite };
      return projection;
    });
    vi.spyOn(console, 'error').mockImplementation(() => {});
    await using workflow = await introspectWorkflow(mustBe(env.JOBS));
    await workflow.modifyAll((instance) => instance.disableRetryDelays());
    expect(await rebuilt()).toMatchObject({ failures: { no_object: 1, conversation_failed: 1 } });
    await runInDurableObject(object(bob.id), (instance: ConversationObject) => {
      instance.projection = real;
    });
    await db().delete(conversations).where(eq(conversations.id, orphan));
    expect(await rebuilt()).toMatchObject({ results: { rows_corrected: 1 }, failures: {} });
    expect(await seen()).toEqual(before);
  });
});

describe('J4: who may', () => {
  const token = 'a-token-of-an-operator-which-is-long-enough';
  const bindings = { ...env, FOYER_OPERATOR_TOKEN: token };
  const ask = (method: string, path: string, body?: object, bearer = token) =>
    call(method, `/api/operator${path}`, {
      body,
      bindings,
      headers: { authorization: `Bearer ${bearer}` },
    });

  test('J4: an operator starts it in each organization, and follows it', async () => {
    const { json } = await ask('GET', '/organizations');
    expect(json.items).toContainEqual({ id: world.globex.id, slug: 'globex' });
    const started = await ask('POST', '/jobs', { organization: 'globex', kind: 'rebuild' });
    expect(started).toMatchObject({
      status: 201,
      json: { job: { started_by: { kind: 'system', cause: 'operator' } } },
    });
    await vi.waitFor(async () => {
      const { json } = await ask('GET', '/jobs?organization=globex');
      expect(json.items[0]).toMatchObject({ id: started.json.job.id, state: 'done' });
    }, LONG);
    expect((await ask('GET', '/jobs?organization=nobody')).status).toBe(404);
  });

  test('J4: a wrong token, and any where none is set, is refused', async () => {
    expect((await ask('GET', '/organizations', undefined, 'x'.repeat(40))).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect((await call('GET', '/api/operator/organizations', { headers })).status).toBe(401);
  });

  test('J4: where no Workflow is bound, a start says so', async () => {
    const { JOBS: _, ...without } = env;
    const { status } = await olive.call('POST', '/admin/jobs', { kind: 'rebuild' }, without);
    expect(status).toBe(503);
  });
});

function mustBe<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('It is missing.');
  return value;
}

/** Has a file of the conversation lie in the bucket. */
async function nameByFile(id: string): Promise<void> {
  await env.FILES?.put(`${world.acme.id}/2026-11-28/${id}/${crypto.randomUUID()}`, 'bytes');
}
