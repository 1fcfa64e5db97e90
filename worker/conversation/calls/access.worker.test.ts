import { listDurableObjectIds, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { newVisitorId, signTokens } from '../../auth/visitors.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { app } from '../../http/app.ts';
import { call, ORIGIN, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { conversationObject } from './address.ts';

const { conversations } = tables;

/** P5 and P6: every route and socket of a conversation refuses the people who may not open it. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let gus: SignedInAgent;
let ada: Visitor;
let stranger: Visitor;
let foreigner: Visitor;
let conversation: StartedConversation;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  gus = await SignedInAgent.signIn('gus@globex.example');
  ada = await Visitor.arrive();
  stranger = await Visitor.arrive();
  foreigner = await Visitor.arrive('wk_globex');
  conversation = await ada.pick(world.acme.billing);
  await ada.call('POST', `/conversations/${conversation.id}/messages`, {
    id: crypto.randomUUID(),
    body: 'Between us',
  });
});

const WIDGET_ROUTES: [string, string, unknown?][] = [
  ['GET', ''],
  ['POST', '/close'],
  ['GET', '/messages'],
  ['POST', '/messages', { id: crypto.randomUUID(), body: 'Let me in' }],
];

const ADMIN_ROUTES: [string, string, unknown?][] = [
  ['GET', ''],
  ['PATCH', '', { status: 'closed' }],
  ['PATCH', '', { assigneeId: null, priority: 'low' }],
  ['POST', '/claim'],
  ['GET', '/messages'],
  ['POST', '/messages', { id: crypto.randomUUID(), body: 'Let me in', kind: 'note' }],
];

const NOT_FOUND = { error: { code: 'not_found', message: 'Not found.' } };

async function upgrade(path: string, protocols: string, headers: Record<string, string> = {}) {
  return call('GET', path, {
    headers: { upgrade: 'websocket', 'sec-websocket-protocol': protocols, ...headers },
  });
}

const widgetSocket = (id: string, token: string) =>
  upgrade(`/api/widget/conversations/${id}/socket`, `foyer.v1, ${token}`);

/** What the object has on its disk. */
async function diskOf(organizationId: string, id: string) {
  return runInDurableObject(
    conversationObject(env, organizationId, id),
    async (_instance, { storage }) => ({
      tables: storage.sql
        .exec<{ name: string }>(`SELECT name FROM sqlite_master WHERE type = 'table'`)
        .toArray()
        .map(({ name }) => name)
        .filter((name) => !name.startsWith('_cf_')),
      alarm: await storage.getAlarm(),
    }),
  );
}

async function untouched(): Promise<void> {
  const { json } = await amos.call('GET', `/admin/conversations/${conversation.id}/messages`);
  expect(json.items).toMatchObject([{ seq: 1, body: 'Between us' }]);
  const { json: detail } = await amos.call('GET', `/admin/conversations/${conversation.id}`);
  expect(detail.conversation).toMatchObject({ status: 'waiting', priority: 'normal' });
}

describe("somebody else's conversation is not there", () => {
  test.each(WIDGET_ROUTES)('P5: for another visitor: %s %s', async (method, rest, body) => {
    for (const visitor of [stranger, foreigner]) {
      const path = `/conversations/${conversation.id}${rest}`;
      const answer = await visitor.call(method, path, body);
      expect([answer.status, answer.json]).toEqual([404, NOT_FOUND]);
    }
    await untouched();
  });

  test.each(ADMIN_ROUTES)(
    "P6: for another organization's agent: %s %s",
    async (method, rest, body) => {
      const path = `/admin/conversations/${conversation.id}${rest}`;
      const answer = await gus.call(method, path, body);
      expect([answer.status, answer.json]).toEqual([404, NOT_FOUND]);
      await untouched();
      expect(await diskOf(world.globex.id, conversation.id)).toEqual({ tables: [], alarm: null });
    },
  );

  test('a socket of another visitor is refused', async () => {
    for (const visitor of [stranger, foreigner]) {
      const answer = await widgetSocket(conversation.id, visitor.session.sessionToken);
      expect([answer.status, answer.json]).toEqual([404, NOT_FOUND]);
    }
    const path = `/api/admin/conversations/${conversation.id}/socket`;
    expect(await upgrade(path, 'foyer.v1', gus.headers)).toMatchObject({ status: 404 });
  });

  test('it cannot be named as the previous conversation', async () => {
    const answer = await stranger.call('POST', '/conversations', {
      departmentId: world.acme.billing,
      previousConversationId: conversation.id,
    });
    expect(answer.status).toBe(404);
    await untouched();
  });

  test('P6: the customer is not there, and in no list', async () => {
    const path = `/admin/customers/${conversation.widget_customer_id}`;
    expect(await amos.call('GET', path)).toMatchObject({ status: 200 });
    for (const [method, body] of [['GET'], ['PATCH', { name: 'Mallory' }]] as const) {
      const answer = await gus.call(method, path, body);
      expect([answer.status, answer.json]).toEqual([404, NOT_FOUND]);
    }
    for (const list of ['conversations', 'conversations?status=closed', 'customers']) {
      const { json } = await gus.call('GET', `/admin/${list}`);
      expect(json).toEqual({ items: [], next_cursor: null });
    }
    const filtered = `department=${world.acme.billing}&assignee=${world.acme.users[0]}`;
    expect((await gus.call('GET', `/admin/conversations?${filtered}`)).json.items).toEqual([]);
    expect((await gus.call('GET', '/admin/conversations/counts')).json).toEqual({
      unassigned: 0,
      mine: 0,
      mentions: 0,
      all: 0,
      snoozed: 0,
      departments: { [world.globex.support]: 0 },
      labels: {},
      late: { unassigned: 0, mine: 0, as_of: expect.any(String), next_in: null },
      expected_seconds: {},
    });
    const { json: members } = await gus.call('GET', '/admin/members');
    expect(members.items.map(({ name }: { name: string }) => name)).toEqual(['Gus']);
    const { json: departments } = await gus.call('GET', '/admin/departments');
    expect(departments.items.map(({ name }: { name: string }) => name)).toEqual(['Support']);
    const { json: settings } = await gus.call('GET', '/admin/settings');
    expect(settings.settings.public_key).toBe('wk_globex');
  });

  test('P5: knowing a visitor_id opens nothing', async () => {
    const { visitor_id } = ada.session;
    const signed = await signTokens('a secret of another installation, long', {
      organization_id: world.acme.id,
      visitor_id,
    });
    for (const token of [visitor_id, signed.sessionToken, signed.visitorToken]) {
      const headers = { authorization: `Bearer ${token}` };
      const path = `/api/widget/conversations/${conversation.id}/messages`;
      expect((await call('GET', path, { headers })).status).toBe(401);
      const arrived = await Visitor.arrive('wk_acme', token);
      expect(arrived.session.visitor_id).not.toBe(visitor_id);
      expect(arrived.session.open_conversation).toBeNull();
    }
  });
});

describe('a conversation that nobody created', () => {
  test('is 404 for every call and writes nothing, not even tables', async () => {
    const id = crypto.randomUUID();
    for (const [method, rest, body] of WIDGET_ROUTES) {
      expect((await ada.call(method, `/conversations/${id}${rest}`, body)).status).toBe(404);
    }
    for (const [method, rest, body] of ADMIN_ROUTES) {
      const path = `/admin/conversations/${id}${rest}`;
      expect((await amos.call(method, path, body)).status).toBe(404);
    }
    expect((await widgetSocket(id, ada.session.sessionToken)).status).toBe(404);
    const path = `/api/admin/conversations/${id}/socket`;
    expect((await upgrade(path, 'foyer.v1', amos.headers)).status).toBe(404);
    expect(await diskOf(world.acme.id, id)).toEqual({ tables: [], alarm: null });
  });

  test('is created from its row, where the Worker died before it called the object', async () => {
    const id = crypto.randomUUID();
    const db = openDatabase(env);
    const [row] = await db
      .select()
      .from(conversations)
      .where(eq(conversations.id, conversation.id));
    if (!row) throw new Error('The conversation has a row.');
    await db.insert(conversations).values({ ...row, id, department_id: world.acme.sales });
    expect((await stranger.call('GET', `/conversations/${id}/messages`)).status).toBe(404);
    expect(await diskOf(world.acme.id, id)).toEqual({ tables: [], alarm: null });
    const socket = await ada.socket(id);
    expect(await socket.hello()).toMatchObject({ last_seq: 0 });
    expect(await socket.send('I am here')).toMatchObject({ seq: 1 });
    const { json } = await amos.call('GET', `/admin/conversations/${id}`);
    expect(json.conversation).toMatchObject({ id, department: { name: 'Sales' } });
  });
});

describe('a socket without a right token', () => {
  /** The tokens that open nothing, and what each is refused with. */
  async function wrongTokens(): Promise<[string, string, string][]> {
    const { sessionToken, visitorToken } = ada.session;
    const key = new TextEncoder().encode(`${env.FOYER_SECRET}:visitors`);
    const jwt = new SignJWT({ org: world.acme.id })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(ada.session.visitor_id)
      .setAudience('foyer.session');
    const expired = await jwt.setExpirationTime(Math.floor(Date.now() / 1000) - 1).sign(key);
    const [, payload = '', signature = ''] = sessionToken.slice(3).split('.');
    const none = btoa('{"alg":"none"}').replaceAll('=', '');
    const other = btoa(JSON.stringify({ org: world.acme.id, sub: newVisitorId() }));
    return [
      ['none at all', '', 'unauthorized'],
      ['a visitor token', visitorToken, 'unauthorized'],
      [
        'a visitor token that calls itself a session',
        `st_${visitorToken.slice(3)}`,
        'unauthorized',
      ],
      [
        'one that was tampered with',
        `st_x.${other.replaceAll('=', '')}.${signature}`,
        'unauthorized',
      ],
      ['one without a signature', `st_${none}.${payload}.`, 'unauthorized'],
      ['noise', 'st_noise', 'unauthorized'],
      ['one that expired', `st_${expired}`, 'session_expired'],
    ];
  }

  test('is 401 before any object wakes or the database is asked', async () => {
    // That a binding is there may be seen; whatever is asked of it throws.
    const unasked = (name: string) =>
      new Proxy(
        {},
        {
          get(_, method) {
            throw new Error(`${name}.${String(method)} was asked`);
          },
        },
      );
    const names = ['CONVERSATIONS', 'INBOXES', 'DB'];
    const asleep = new Proxy(env, {
      get: (bindings, name) =>
        names.includes(String(name)) ? unasked(String(name)) : Reflect.get(bindings, name),
    });
    for (const [what, token, code] of await wrongTokens()) {
      const response = await app.fetch(
        new Request(`${ORIGIN}/api/widget/conversations/${conversation.id}/socket`, {
          headers: { upgrade: 'websocket', 'sec-websocket-protocol': `foyer.v1, ${token}` },
        }),
        asleep,
      );
      expect([what, response.status]).toEqual([what, 401]);
      expect(await response.json()).toMatchObject({ error: { code } });
    }
  });

  test('is 401 through the Worker, and no object is created', async () => {
    const before = await listDurableObjectIds(env.CONVERSATIONS);
    for (const [what, token, code] of await wrongTokens()) {
      const answer = await widgetSocket(crypto.randomUUID(), token);
      expect([what, answer.status, answer.json.error.code]).toEqual([what, 401, code]);
      const headers = { authorization: `Bearer ${token}` };
      const listed = await call('GET', '/api/widget/conversations', { headers });
      expect([what, listed.status, listed.json.error.code]).toEqual([what, 401, code]);
    }
    expect(await listDurableObjectIds(env.CONVERSATIONS)).toHaveLength(before.length);
  });

  test('is 401 where the token comes without the protocol, or not first', async () => {
    const path = `/api/widget/conversations/${conversation.id}/socket`;
    const { sessionToken } = ada.session;
    for (const protocols of [
      sessionToken,
      `${sessionToken}, foyer.v1`,
      `foyer.v2, ${sessionToken}`,
    ]) {
      expect((await upgrade(path, protocols)).status).toBe(401);
    }
  });

  test('a plain request to a socket’s address gets an error that says so', async () => {
    const answer = await ada.call('GET', `/conversations/${conversation.id}/socket`);
    expect(answer).toMatchObject({
      status: 400,
      json: { error: { message: 'This address accepts WebSockets only.' } },
    });
  });
});
