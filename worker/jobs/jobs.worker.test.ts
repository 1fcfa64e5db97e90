import { introspectWorkflow, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { systemFor } from '../../protocol/conversation/actor.ts';
import type { ConversationObject } from '../conversation/object.ts';
import { tables } from '../database/configured.ts';
import { openDatabase } from '../database/database.ts';
import { cancelJob } from '../features/jobs/store.ts';
import { forget, mustBe, settleRebuildWorld } from '../test/rebuild-world.ts';
import { call } from '../test/world.ts';
import { PAGES_AN_INSTANCE } from './plan.ts';

const { conversations, jobs, widgetCustomers } = tables;

/** G1 to G4: long work, on Cloudflare Workflows as the tests' runtime has them. */

let at: Awaited<ReturnType<typeof settleRebuildWorld>>;

const db = () => openDatabase(env);
const ids = () => ({ closed: at.closed.id });
const LONG = { timeout: 20_000 };

beforeAll(async () => {
  at = await settleRebuildWorld();
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('G2: a job goes on where it was', () => {
  const key = (id: string) => ({ organization_id: at.world.acme.id, id });

  /** Pages of one conversation, so that few conversations are many pages. */
  async function spoil(): Promise<void> {
    await db().update(conversations).set({ message_count: 99 });
  }

  test('G1: a second start is the job that runs', async () => {
    await using workflow = await introspectWorkflow(mustBe(env.JOBS));
    await workflow.modifyAll((instance) =>
      instance.mockStepError({ name: 'page 1' }, new Error('The database is away.')),
    );
    const id = await at.start();
    const { status, json } = await at.olive.call('POST', '/admin/jobs', { kind: 'rebuild' });
    expect({ status, id: json.job.id }).toEqual({ status: 200, id });
    expect((await at.olive.call('POST', `/admin/jobs/${id}/cancel`)).status).toBe(200);
    expect((await at.olive.call('POST', `/admin/jobs/${id}/cancel`)).status).toBe(404);
  });

  test('G2: one whose page fails each time gives up, and says so', async () => {
    await using workflow = await introspectWorkflow(mustBe(env.JOBS));
    await workflow.modifyAll((instance) =>
      instance.mockStepError({ name: 'page 1' }, new Error('The Worker died.')),
    );
    await workflow.modifyAll((instance) => instance.disableRetryDelays());
    const id = await at.start();
    await at.ends(id, 'failed');
    expect(await at.job(id)).toMatchObject({ error: 'gave_up', done: 0, steps: 0 });
  });

  test('G2: one that failed in the middle goes on from there, and counts nothing twice', async () => {
    const before = await at.seen();
    await spoil();
    let id = '';
    {
      await using workflow = await introspectWorkflow(mustBe(env.JOBS));
      await workflow.modifyAll((instance) =>
        instance.mockStepError({ name: 'page 2' }, new Error('The Worker died.')),
      );
      await workflow.modifyAll((instance) => instance.disableRetryDelays());
      id = await at.start();
      await at.ends(id, 'failed');
    }
    const half = await at.job(id);
    expect(half).toMatchObject({ steps: 1, runs: 1, cursor: { phase: 'documents' } });
    const { status, json } = await at.olive.call('POST', `/admin/jobs/${id}/resume`);
    expect({ status, json }).toMatchObject({ status: 200, json: { job: { state: 'running' } } });
    await at.ends(id);
    const whole = await at.job(id);
    expect(whole).toMatchObject({ runs: 2, error: null, failures: {}, results: half.results });
    expect(whole.done).toBe(whole.total);
    expect(await at.seen()).toEqual(before);
  });

  test('G2: a page that fails now and then is tried again by the engine', async () => {
    await spoil();
    await using workflow = await introspectWorkflow(mustBe(env.JOBS));
    await workflow.modifyAll((instance) =>
      instance.mockStepError({ name: 'page 1' }, new Error('The database is away.'), 2),
    );
    await workflow.modifyAll((instance) => instance.disableRetryDelays());
    expect(await at.rebuilt()).toMatchObject({ failures: {}, runs: 1 });
  });

  test('G2: one that was cancelled writes nothing more, and can go on', async () => {
    const id = await at.start();
    const cancelled = await at.olive.call('POST', `/admin/jobs/${id}/cancel`);
    if (cancelled.status === 404) throw new Error('It was done before it could be cancelled.');
    expect(cancelled.json.job).toMatchObject({ state: 'cancelled' });
    const row = await at.job(id);
    expect(await cancelJob(db(), key(id), systemFor('operator'), new Date())).toBeNull();
    await at.olive.call('POST', `/admin/jobs/${id}/resume`);
    await at.ends(id);
    expect((await at.job(id)).runs).toBe(row.runs + 1);
    const { json } = await at.olive.call('GET', '/admin/activity?kind=settings&limit=3');
    expect(json.items).toMatchObject(
      ['job.resumed', 'job.cancelled', 'job.started'].map((kind) => ({
        kind,
        actor: { kind: 'agent', name: 'Olive' },
        after: { job: 'rebuild' },
      })),
    );
  });

  test('G2: one whose instance is over without a word has failed, and a start continues it', async () => {
    const id = await at.rebuilt().then((row) => row.id);
    const lost = { state: 'running', finished_at: null, updated_at: new Date(0) } as const;
    await db().update(jobs).set(lost).where(eq(jobs.id, id));
    const listed = await at.olive.call('GET', '/admin/jobs');
    expect(listed.json.items[0]).toMatchObject({ id, state: 'failed', error: 'instance_lost' });

    await db()
      .update(jobs)
      .set({ ...lost, error: null })
      .where(eq(jobs.id, id));
    const { status, json } = await at.olive.call('POST', '/admin/jobs', { kind: 'rebuild' });
    expect({ status, id: json.job.id }).toEqual({ status: 200, id });
    await at.ends(id);
    expect((await at.job(id)).runs).toBe(2);
  });

  test('G2: one that waits for the next try of a page is not lost', async () => {
    await using workflow = await introspectWorkflow(mustBe(env.JOBS));
    await workflow.modifyAll((instance) =>
      instance.mockStepError({ name: 'page 1' }, new Error('The database is away.')),
    );
    const id = await at.start();
    const silentFor = (minutes: number) =>
      db()
        .update(jobs)
        .set({ updated_at: new Date(Date.now() - minutes * 60_000) })
        .where(eq(jobs.id, id));
    await silentFor(29);
    const { json } = await at.olive.call('GET', '/admin/jobs');
    expect(json.items[0]).toMatchObject({ id, state: 'running' });
    // As a local Worker that was stopped leaves it.
    await silentFor(31);
    const later = await at.olive.call('GET', '/admin/jobs');
    expect(later.json.items[0]).toMatchObject({ id, state: 'failed', error: 'instance_lost' });
  });

  test('G2: after as many pages as an instance takes, the next one goes on', async () => {
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
    const { done, runs, total, results } = await at.rebuilt();
    expect({ runs, done, results }).toEqual({ runs: 2, done: total, results: {} });
    await db().delete(widgetCustomers).where(eq(widgetCustomers.total_conversations, 0));
  });

  async function aCustomer() {
    const [row] = await db().select().from(widgetCustomers).limit(1);
    return mustBe(row);
  }
});

describe('G3: what fails is counted', () => {
  test('G3: a row that no object stands behind, and an object that fails; the others are written', async () => {
    const before = await at.seen();
    const { closed } = ids();
    const [row] = await db().select().from(conversations).where(eq(conversations.id, closed));
    const orphan = crypto.randomUUID();
    await db()
      .insert(conversations)
      .values({ ...mustBe(row), id: orphan });
    await db().update(conversations).set({ message_count: 99 });
    const real = await runInDurableObject(at.object(at.bob.id), (instance: ConversationObject) => {
      const { projection } = instance;
      const rewrite = () => Promise.reject(new Error('D1_ERROR: a bad row'));
      instance.projection = { ...projection, rewrite };
      return projection;
    });
    vi.spyOn(console, 'error').mockImplementation(() => {});
    await using workflow = await introspectWorkflow(mustBe(env.JOBS));
    await workflow.modifyAll((instance) => instance.disableRetryDelays());
    expect(await at.rebuilt()).toMatchObject({
      failures: { no_object: 1, conversation_failed: 1 },
    });
    await runInDurableObject(at.object(at.bob.id), (instance: ConversationObject) => {
      instance.projection = real;
    });
    await db().delete(conversations).where(eq(conversations.id, orphan));
    expect(await at.rebuilt()).toMatchObject({ results: { rows_corrected: 1 }, failures: {} });
    expect(await at.seen()).toEqual(before);
  });
});

describe('G4: who may', () => {
  const token = 'a-token-of-an-operator-which-is-long-enough';
  const bindings = { ...env, FOYER_OPERATOR_TOKEN: token };
  const ask = (method: string, path: string, body?: object, bearer = token) =>
    call(method, `/api/operator${path}`, {
      body,
      bindings,
      headers: { authorization: `Bearer ${bearer}` },
    });

  test('G4: an operator starts it in each organization, and follows it', async () => {
    const { json } = await ask('GET', '/organizations');
    expect(json.items).toContainEqual({ id: at.world.globex.id, slug: 'globex' });
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

  test('B11: an operator has conversations written whose names nobody has, by the ids of their objects', async () => {
    const before = await at.seen();
    await forget(at.all);
    await db().delete(tables.searchDocuments);
    await db().update(widgetCustomers).set({ total_conversations: 1 });
    const named = at.all.map((id) => `${at.world.acme.id}/${id}`);
    const ids = [...named, 'nobody'].map((name) => env.CONVERSATIONS.idFromName(name).toString());
    const { status, json } = await ask('POST', '/objects', { ids });
    expect({ status, json }).toEqual({
      status: 200,
      json: {
        results: { rows_restored: 4, documents_written: 4 },
        failures: {},
        empty: 1,
      },
    });
    await at.rebuilt();
    expect(await at.seen()).toEqual(before);
    expect((await ask('POST', '/objects', { ids: ['0'.repeat(64)] })).status).toBe(400);
    expect((await ask('POST', '/objects', { ids })).json).toMatchObject({ results: {}, empty: 1 });
  });

  test('G4: a wrong token, and any where none is set, is refused', async () => {
    expect((await ask('GET', '/organizations', undefined, 'x'.repeat(40))).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect((await call('GET', '/api/operator/organizations', { headers })).status).toBe(401);
  });

  test('G4: where no Workflow is bound, a start says so', async () => {
    const { JOBS: _, ...without } = env;
    const { status } = await at.olive.call('POST', '/admin/jobs', { kind: 'rebuild' }, without);
    expect(status).toBe(503);
  });
});
