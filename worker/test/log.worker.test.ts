import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { conversationObject } from '../conversation/calls/address.ts';
import type { ConversationObject } from '../conversation/object.ts';
import { Room } from '../conversation/room/room.ts';
import type { Env } from '../env.ts';
import { scheduled } from '../jobs/nightly.ts';
import { FailingDatabase } from './stand-ins/failing-database.ts';
import { call, ORIGIN, SignedInAgent, settleWorld, Visitor } from './world.ts';

/**
 * S4: whatever fails, the log says which, where and for whom by id, and holds nothing that a person
 * wrote or is. Everything in here bears a mark, and no line that is logged may.
 */

const MARK =
  /marked|markiert|203\.0\.113|4242\D?4242|st_ey|vt_ey|session_token|correct horse|example\.org/i;

const FORM = {
  name: 'Marked Ada',
  email: 'marked.ada@example.org',
  phone: '+49 4242 4242',
  size: '1',
};

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let visitor: Visitor;
let conversation: string;
let customer: string;
let lines: string[];
const database = new FailingDatabase();

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  visitor = await Visitor.arrive();
  const started = await visitor.pick(world.acme.sales, { preChatData: FORM });
  conversation = started.id;
  customer = started.widget_customer_id ?? '';
});

beforeEach(() => {
  lines = [];
  for (const method of ['error', 'warn', 'log', 'info', 'debug', 'trace'] as const) {
    vi.spyOn(console, method).mockImplementation((...args) => void lines.push(args.join(' ')));
  }
});

afterEach(() => {
  database.end();
});

type Asked = { by: 'visitor' | 'olive' | 'nobody'; method: string; path: string; body?: unknown };

const id = () => crypto.randomUUID();
const text = () => `Marked words ${id().slice(0, 8)}`;

/** A request to every kind of route that reads or writes, with marked data. */
function requests(): Asked[] {
  const own = `/widget/conversations/${conversation}`;
  const conversationPath = `/admin/conversations/${conversation}`;
  const page = { url: 'https://marked.example/', referrer: 'https://marked.example/?q=marked' };
  return [
    { by: 'nobody', method: 'POST', path: '/widget/sessions', body: { key: 'wk_acme', page } },
    {
      by: 'visitor',
      method: 'POST',
      path: '/widget/conversations',
      body: { departmentId: world.acme.sales, preChatData: FORM, page },
    },
    { by: 'visitor', method: 'GET', path: '/widget/conversations' },
    { by: 'visitor', method: 'GET', path: '/widget/conversations?q=marked' },
    { by: 'visitor', method: 'GET', path: own },
    { by: 'visitor', method: 'PATCH', path: '/widget/customer', body: { name: 'Marked Tom' } },
    { by: 'visitor', method: 'POST', path: `${own}/messages`, body: { id: id(), body: text() } },
    { by: 'visitor', method: 'PUT', path: `${own}/rating`, body: { score: 5, comment: text() } },
    { by: 'olive', method: 'GET', path: '/admin/conversations?q=marked' },
    { by: 'olive', method: 'GET', path: '/admin/conversations/counts' },
    { by: 'olive', method: 'GET', path: conversationPath },
    { by: 'olive', method: 'PATCH', path: conversationPath, body: { priority: 'high' } },
    { by: 'olive', method: 'POST', path: `${conversationPath}/claim` },
    {
      by: 'olive',
      method: 'POST',
      path: `${conversationPath}/messages`,
      body: { id: id(), body: text(), kind: 'note', mentions: world.acme.users },
    },
    {
      by: 'olive',
      method: 'POST',
      path: '/admin/conversations/bulk',
      body: { ids: [conversation], change: { priority: 'low' } },
    },
    { by: 'olive', method: 'GET', path: '/admin/customers?q=marked' },
    { by: 'olive', method: 'GET', path: `/admin/customers/${customer}` },
    { by: 'olive', method: 'PATCH', path: `/admin/customers/${customer}`, body: { name: text() } },
    { by: 'olive', method: 'GET', path: `/admin/customers/${customer}/notes` },
    {
      by: 'olive',
      method: 'POST',
      path: `/admin/customers/${customer}/notes`,
      body: { body: text() },
    },
    { by: 'olive', method: 'GET', path: '/admin/customers.csv' },
    { by: 'olive', method: 'GET', path: '/admin/search?q=marked' },
    { by: 'olive', method: 'POST', path: '/admin/departments', body: { name: text() } },
    {
      by: 'olive',
      method: 'PATCH',
      path: `/admin/departments/${world.acme.sales}`,
      body: { description: text() },
    },
    { by: 'olive', method: 'GET', path: '/admin/settings' },
    { by: 'olive', method: 'PATCH', path: '/admin/settings', body: { greeting: text() } },
    {
      by: 'olive',
      method: 'POST',
      path: '/admin/labels',
      body: { name: text(), color: '#aa3300' },
    },
    {
      by: 'olive',
      method: 'POST',
      path: '/admin/canned-responses',
      body: { shortcut: id(), body: text() },
    },
    {
      by: 'olive',
      method: 'POST',
      path: '/admin/views',
      body: { name: text(), query: { q: 'marked' } },
    },
    { by: 'olive', method: 'POST', path: '/admin/identity-secrets' },
    { by: 'olive', method: 'GET', path: '/admin/members' },
    { by: 'olive', method: 'GET', path: '/admin/me' },
    { by: 'olive', method: 'PATCH', path: '/admin/me', body: { name: 'Marked Olive' } },
    { by: 'olive', method: 'GET', path: '/admin/me/sessions' },
    {
      by: 'olive',
      method: 'POST',
      path: '/admin/invitations',
      body: { email: `marked.${id()}@example.org`, role: 'agent' },
    },
    {
      by: 'olive',
      method: 'POST',
      path: '/admin/me/address',
      body: { email: 'marked.olive@example.org', password: 'correct horse battery' },
    },
    {
      by: 'nobody',
      method: 'POST',
      path: '/password/forgot',
      body: { email: 'amos@acme.example' },
    },
    {
      by: 'nobody',
      method: 'POST',
      path: '/auth/sign-in/email',
      body: { email: 'marked@acme.example', password: 'a marked password' },
    },
    { by: 'nobody', method: 'GET', path: '/health' },
  ];
}

function ask({ by, method, path, body }: Asked, bindings: Env = env) {
  const headers: Record<string, string> = {
    'user-agent': 'Marked/1.0',
    'cf-connecting-ip': `203.0.113.${Math.floor(Math.random() * 250)}`,
    ...(by === 'visitor' && { authorization: `Bearer ${visitor.session.sessionToken}` }),
    ...(by === 'olive' && olive.headers),
    ...(by === 'nobody' && method === 'POST' && { origin: ORIGIN }),
  };
  return call(method, `/api${path}`, { headers, bindings, ...(body !== undefined && { body }) });
}

function logged(): Record<string, unknown>[] {
  expect(lines.filter((line) => MARK.test(line))).toEqual([]);
  return lines.map((line) => JSON.parse(line));
}

const mailing = (send: () => Promise<never>): Env => ({ ...env, EMAIL: { send } });

/** A bucket or a namespace whose every method throws what it was given. */
function broken<Binding extends object>(binding: Binding): Binding {
  return new Proxy(binding, {
    get:
      () =>
      (...args: unknown[]) => {
        throw new Error(`Marked: ${JSON.stringify(args)}`);
      },
  });
}

/** The objects of a namespace, each of whose methods throws what it was given. */
const brokenObjects = {
  getByName: () => broken({}),
};

describe('S4: each query that fails', () => {
  test('is told by its name, place, request and organization, and by nothing else', {
    timeout: 120_000,
  }, async () => {
    database.install();
    let failures = 0;
    for (const { path } of requests()) {
      const again = () => {
        const request = requests().find((request) => request.path === path);
        if (!request) throw new Error(`There is no ${path}.`);
        return request;
      };
      database.begin();
      await ask(again());
      const { count } = database;
      for (let failing = 1; failing <= count; failing += 1) {
        const request = again();
        lines = [];
        database.begin((number) => number === failing);
        const answer = await ask(request).catch((error: Error) => error);
        const records = logged();
        // A file that was begun breaks off.
        const { status, headers } =
          answer instanceof Error ? { status: 500, headers: null } : answer;
        if (status < 500) continue;
        failures += 1;
        const line = records.find(({ event }) => event === 'request_failed');
        expect([request.path, line]).toEqual([
          request.path,
          expect.objectContaining({
            request: headers?.get('x-request-id') ?? expect.any(String),
            route: expect.stringContaining(`${request.method} /api/`),
            error: expect.any(String),
            code: expect.stringMatching(/^(SQLITE_CONSTRAINT_CHECK|23514)$/),
            query: expect.stringMatching(/^(select|insert|update|delete) [a-z_]+/),
          }),
        ]);
        const isKnown = request.by === 'visitor' || (request.by === 'olive' && failing > 1);
        // The first query of an agent’s request finds out who they are.
        if (isKnown && line?.query !== 'select sessions')
          expect(line).toMatchObject({ organization: world.acme.id });
      }
    }
    database.begin();
    expect(failures).toBeGreaterThan(60);
  });

  test('also in the objects, as they project and index', async () => {
    database.install();
    const object = conversationObject(env, world.acme.id, conversation);
    const visitorSocket = await visitor.socket(conversation);
    await visitorSocket.hello();
    for (let failing = 1; failing <= 6; failing += 1) {
      database.begin((number) => number >= failing);
      await visitorSocket.send(text());
      await runInDurableObject(object, (instance: ConversationObject) => instance.settle());
      await runDurableObjectAlarm(object);
    }
    const records = logged().filter(({ event }) => /^(projection|indexing)_/.test(String(event)));
    expect(records.length).toBeGreaterThan(1);
    for (const line of records) {
      expect(line).toMatchObject({ organization: world.acme.id, conversation });
    }
    database.begin();
    await runInDurableObject(object, (instance: ConversationObject) => instance.settle());
  });

  test('at night', async () => {
    database.install();
    database.begin(() => true);
    const bindings: Env = { ...env, ...(env.FILES && { FILES: broken(env.FILES) }) };
    await scheduled({ scheduledTime: 0, cron: '', noRetry: () => {} }, bindings);
    expect(logged()).toMatchObject([
      { event: 'job_failed', job: 'sweep_rows', outcome: 'failed' },
      { event: 'job_failed', job: 'sweep_files', outcome: 'failed' },
    ]);
  });
});

describe('S4: what else fails', () => {
  test('objects that throw, asked by every route', { timeout: 60_000 }, async () => {
    const bindings: Env = {
      ...env,
      CONVERSATIONS: new Proxy(env.CONVERSATIONS, {
        get: (_, key) => Reflect.get(brokenObjects, key),
      }),
      INBOXES: new Proxy(env.INBOXES, { get: (_, key) => Reflect.get(brokenObjects, key) }),
    };
    for (const request of requests()) {
      const { status } = await ask(request, bindings);
      if (status === 500) {
        expect(logged().at(-1)).toMatchObject({ error: 'Error', route: expect.any(String) });
      }
    }
    expect(logged().length).toBeGreaterThan(5);
  });

  test('an object’s own mistake, which its caller and the platform get no word of', async () => {
    vi.spyOn(Room.prototype, 'post').mockImplementation((...args) => {
      throw new Error(`Marked: ${JSON.stringify(args)}`);
    });
    const path = `/widget/conversations/${conversation}/messages`;
    const { status, headers } = await ask({
      by: 'visitor',
      method: 'POST',
      path,
      body: { id: id(), body: text() },
    });
    expect(status).toBe(500);
    const request = headers.get('x-request-id');
    expect(logged()).toContainEqual(
      expect.objectContaining({
        event: 'conversation_failed',
        method: 'post',
        organization: world.acme.id,
        conversation,
        request,
      }),
    );
    expect(logged()).toContainEqual(expect.objectContaining({ event: 'request_failed', request }));
  });

  test('mails', async () => {
    const bindings = mailing((...args: unknown[]) => Promise.reject(new Error(`Marked ${args}`)));
    for (const request of requests().filter(({ path }) =>
      /invitations|password|address/.test(path),
    )) {
      await ask(request, bindings);
    }
    const mails = logged().filter(({ event }) => event === 'mail_failed');
    expect(mails.map(({ mail }) => mail)).toEqual(
      expect.arrayContaining(['invitation', 'password', 'address']),
    );
    for (const mail of mails) expect(mail).toMatchObject({ user: expect.any(String) });
  });

  test('files', async () => {
    if (!env.FILES) throw new Error('There is a bucket.');
    const bindings: Env = { ...env, FILES: broken(env.FILES) };
    const query = new URLSearchParams({ id: id(), name: 'marked.txt', body: 'Marked' });
    const path = `/api/widget/conversations/${conversation}/files?${query}`;
    const { status } = await call('POST', path, {
      headers: {
        authorization: `Bearer ${visitor.session.sessionToken}`,
        'content-length': '6',
        'content-type': 'text/plain',
      },
      body: 'marked',
      bindings,
    });
    expect(status).toBe(500);
    expect(logged()).toContainEqual(
      expect.objectContaining({
        event: 'request_failed',
        conversation,
        organization: world.acme.id,
      }),
    );
  });
});
