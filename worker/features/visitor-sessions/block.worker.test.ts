import { env } from 'cloudflare:workers';
import { inspectRoutes } from 'hono/dev';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { UpFrame } from '../../../protocol/frames/up.ts';
import { CloseCode } from '../../../protocol/version.ts';
import { newVisitorId, signTokens } from '../../auth/visitors.ts';
import { app } from '../../http/app.ts';
import { BODIES } from '../../test/access/access.ts';
import { call, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** S5: a blocked visitor with sessions from before the block, at every door. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let olive: SignedInAgent;
let secret: string;
/** Everybody is blocked after their sessions began. */
let blocked: Record<string, Case>;

type Case = { visitor: Visitor; identity?: string; open: string; closed: string };

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  olive = await SignedInAgent.signIn('olive@acme.example');
  secret = (await olive.call('POST', '/admin/identity-secrets')).json.secret;
  blocked = {
    'an anonymous visitor': await anonymous(),
    'a signed identity': await identified('c_'),
    'a signed identity whose browser was blocked before it signed in': await identified('v_'),
  };
});

async function block(customerId: string): Promise<void> {
  const { status } = await amos.call('POST', `/admin/customers/${customerId}/block`);
  expect(status).toBe(200);
}

const say = (visitor: Visitor, id: string) =>
  visitor.call('POST', `/conversations/${id}/messages`, { id: crypto.randomUUID(), body: 'Hello' });

/** A closed conversation and an open one, with a word in each; and the customer's id. */
async function talk(visitor: Visitor) {
  const closed = await visitor.pick(world.acme.billing);
  await say(visitor, closed.id);
  await visitor.call('POST', `/conversations/${closed.id}/close`, {});
  const open = await visitor.pick(world.acme.billing);
  expect(open.id).not.toBe(closed.id);
  await say(visitor, open.id);
  return { open: open.id, closed: closed.id, customer: open.widget_customer_id ?? '' };
}

async function anonymous(): Promise<Case> {
  const visitor = await Visitor.arrive();
  const { customer, ...conversations } = await talk(visitor);
  await block(customer);
  return { visitor, ...conversations };
}

async function sign(sub: string): Promise<string> {
  return new SignJWT({ sub })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
}

async function arrive(visitorToken: string, identity: string): Promise<Visitor> {
  const body = { key: 'wk_acme', visitorToken, identity };
  const { json } = await call('POST', '/api/widget/sessions', { body });
  expect(json.identity).toBe('verified');
  return new Visitor(json);
}

/** Somebody who wrote before and after they signed in; one of the two records is blocked. */
async function identified(which: 'c_' | 'v_'): Promise<Case> {
  const before = await Visitor.arrive();
  const first = await talk(before);
  const identity = await sign(`of ${which}`);
  const visitor = await arrive(before.session.visitorToken, identity);
  const second = await talk(visitor);
  expect(second.customer).not.toBe(first.customer);
  await block(which === 'v_' ? first.customer : second.customer);
  return { visitor, identity, open: second.open, closed: second.closed };
}

const ROUTES = inspectRoutes(app)
  .filter(({ isMiddleware, path }) => !isMiddleware && path.startsWith('/api/widget/'))
  .map(({ method, path }) => `${method} ${path}`);

async function ask(route: string, { visitor, identity }: Case, id: string): Promise<number[]> {
  const [method = '', pattern = ''] = route.split(' ');
  const { sessionToken, visitorToken } = visitor.session;
  const body = BODIES[route]?.(world);
  const right = route.endsWith('/sessions') ? { key: 'wk_acme', visitorToken, identity } : body;
  const query = pattern.endsWith('/files') ? `&name=a.txt` : '';
  const needsId = query || (method === 'DELETE' && pattern.includes('/messages/'));
  const path = `${pattern.replace(':id', id).replace(':seq', '1')}${needsId ? `?id=${crypto.randomUUID()}${query}` : ''}`;
  const socket = pattern.endsWith('/socket') && {
    upgrade: 'websocket',
    'sec-websocket-protocol': `foyer.v1, ${sessionToken}`,
  };
  const length = query && { 'content-length': '9' };
  const headers = { authorization: `Bearer ${sessionToken}`, ...socket, ...length };
  const { status, json } = await call(method, path, {
    headers,
    ...(right !== undefined && { body: right }),
  });
  expect(json?.error?.code, route).toBe('blocked');
  return [status];
}

describe('S5: a blocked visitor is refused', () => {
  test('the table has every route of the widget', () => {
    expect(ROUTES.length).toBeGreaterThanOrEqual(15);
  });

  for (const name of [
    'an anonymous visitor',
    'a signed identity',
    'a signed identity whose browser was blocked before it signed in',
  ]) {
    test.each(ROUTES)(`${name}: %s`, async (route) => {
      const it = blocked[name];
      if (!it) throw new Error('Nobody was blocked.');
      for (const id of [it.open, it.closed]) expect(await ask(route, it, id)).toEqual([403]);
    });
  }

  const FRAMES: UpFrame[] = [
    { type: 'hello', after: 0 },
    { type: 'send', id: crypto.randomUUID(), body: 'Let me in', kind: 'text' },
    { type: 'typing', typing: true },
    { type: 'read', seq: 1 },
    { type: 'page', url: 'https://shop.example/', title: 'Shop' },
  ];

  test.each(FRAMES)('and their sockets close, with $type on its way', async (frame) => {
    const visitor = await Visitor.arrive();
    const { open, closed, customer } = await talk(visitor);
    const sockets = [await visitor.socket(open), await visitor.socket(closed)];
    for (const socket of sockets) await socket.hello();
    const watching = await amos.socket(`/conversations/${open}/socket`);
    await watching.hello();
    await watching.settle();
    watching.frames.length = 0;
    await block(customer);
    for (const socket of sockets) {
      // Said before this end has heard that it is closed.
      if (!socket.closed) socket.say(frame);
      expect((await socket.gone()).code).toBe(CloseCode.blocked);
    }
    await watching.settle();
    // P11: the block is an entry, and nothing of the frame came through.
    expect(watching.frames).toMatchObject([
      { type: 'message', message: { event: { type: 'visitor_blocked', blocked: true } } },
    ]);
    watching.close();
  });
});

describe('S5: whoever is unblocked', () => {
  test('opens a new session with their visitor token and has their conversations again', async () => {
    const visitor = await Visitor.arrive();
    const { open, closed, customer } = await talk(visitor);
    await block(customer);
    await amos.call('DELETE', `/admin/customers/${customer}/block`);
    // S14: the sessions from before the block are over for good.
    for (const path of [
      '/conversations',
      `/conversations/${open}`,
      `/conversations/${open}/messages`,
    ]) {
      expect(await visitor.call('GET', path)).toMatchObject({
        status: 401,
        json: { error: { code: 'session_expired' } },
      });
    }
    const back = await Visitor.arrive('wk_acme', visitor.session.visitorToken);
    expect(back.session.visitor_id).toBe(visitor.session.visitor_id);
    expect((await say(back, open)).status).toBe(201);
    const { json } = await back.call('GET', '/conversations');
    expect(json.items.map(({ id }: { id: string }) => id).sort()).toEqual([open, closed].sort());
  });

  test('S14: a visitor who was never a customer has nothing to be refused', async () => {
    const visitor_id = newVisitorId();
    const tokens = await signTokens(env.FOYER_SECRET, {
      organization_id: world.acme.id,
      visitor_id,
    });
    const { json } = await call('GET', '/api/widget/conversations', {
      headers: { authorization: `Bearer ${tokens.sessionToken}` },
    });
    expect(json.items).toEqual([]);
  });
});
