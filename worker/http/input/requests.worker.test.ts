import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { call, ORIGIN, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** What holds for the requests of all routes: unknown fields, cursors, and who may ask for it. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  amos = await SignedInAgent.signIn('amos@acme.example');
});

beforeEach(async () => {
  await openDatabase(env).delete(tables.rateLimits);
});

const refused = ({ status, json }: Awaited<ReturnType<typeof call>>) => [
  status,
  json.error.code,
  json.error.fields,
];
const named = (fields: Record<string, string>) => [400, 'validation_failed', fields];

describe('O5: a field that a request does not have is refused by name', () => {
  test.each<[string, string, unknown, Record<string, string>]>([
    [
      'PATCH',
      '/admin/settings',
      { allowed_origins: ['https://shop.example'] },
      { allowed_origins: 'Unknown field. Did you mean allowedOrigins?' },
    ],
    [
      'POST',
      '/admin/departments',
      { name: 'Returns', preChatFields: [{ label: 'A', type: 'text', required: true, hint: '' }] },
      { 'preChatFields.0.hint': 'Unknown field.' },
    ],
    [
      'PATCH',
      '/admin/me',
      { preferences: { notify_of: 'all' } },
      { 'preferences.notify_of': 'Unknown field. Did you mean notifyOf?' },
    ],
    ['GET', '/admin/conversations?departement=x', undefined, { departement: 'Unknown field.' }],
    ['GET', '/admin/labels?cursor=x', undefined, { cursor: 'Unknown field.' }],
    ['GET', '/admin/customers.csv?query=x', undefined, { query: 'Unknown field.' }],
    ['POST', '/admin/identity-secrets', { name: 'first' }, { name: 'Unknown field.' }],
    [
      'POST',
      '/auth/two-factor/verify-totp',
      { code: '123456', trustDevice: true },
      { trustDevice: 'Unknown field.' },
    ],
  ])('%s %s', async (method, path, body, fields) => {
    // The second step of signing in is for whoever is not signed in yet.
    const answer = path.startsWith('/auth')
      ? await call(method, `/api${path}`, { body, headers: { origin: ORIGIN } })
      : await olive.call(method, path, body);
    expect(refused(answer)).toEqual(named(fields));
  });

  test('also where a route takes no body, and an empty object is none', async () => {
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.billing);
    const close = (body: unknown) => visitor.call('POST', `/conversations/${id}/close`, body);
    expect(refused(await close({ reason: 'bored' }))).toEqual(named({ reason: 'Unknown field.' }));
    expect((await close({})).status).toBe(200);
  });

  test('except for what monitors and images may add against caches', async () => {
    expect((await call('GET', '/api/health?now=1')).status).toBe(200);
    expect((await call('GET', `/api/pictures/${'0'.repeat(32)}?v=1`)).status).toBe(404);
  });

  test('after the caller was checked', async () => {
    expect((await call('GET', '/api/admin/labels?x=1')).status).toBe(401);
    expect((await amos.call('POST', '/admin/labels', { x: 1 })).status).toBe(403);
    expect((await call('GET', '/api/nothing?x=1')).status).toBe(404);
  });

  test('and the request that the widget’s document shows is none of these', async () => {
    const { session } = await Visitor.arrive();
    const asDocumented = {
      sessionToken: session.sessionToken,
      departmentId: world.globex.support,
      preChatData: {},
      customerData: { name: 'John Doe', email: 'john@example.com', phone: '+1234567890' },
    };
    const globex = await Visitor.arrive('wk_globex');
    const { status, json } = await call('POST', '/api/widget/conversations', {
      body: { ...asDocumented, sessionToken: globex.session.sessionToken },
    });
    expect(status).toBe(201);
    expect(json.conversation.widget_customer).toMatchObject({
      full_name: 'John Doe',
      email: 'john@example.com',
      phone: '+1234567890',
    });
  });
});

describe('O6: the next_cursor of a list is its cursor', () => {
  /** All items of a list in pages of two, each page asked for by the cursor of the one before. */
  async function walk(
    get: (query: string) => Promise<{ status: number; json: Page }>,
    query: string,
    keepsQuery = true,
  ) {
    const items: unknown[] = [];
    let path = query;
    for (let pages = 0; pages < 20; pages += 1) {
      const { status, json } = await get(path);
      expect(status).toBe(200);
      items.push(...json.items);
      if (json.next_cursor === null) return items;
      expect(json.items).not.toHaveLength(0);
      const cursor = encodeURIComponent(json.next_cursor);
      path = keepsQuery ? `${query}&cursor=${cursor}` : `limit=2&cursor=${cursor}`;
    }
    throw new Error('The list has no end.');
  }
  type Page = { items: unknown[]; next_cursor: string | null };

  let visitor: Visitor;
  let conversation: string;

  beforeAll(async () => {
    visitor = await Visitor.arrive();
    // Five conversations of one visitor and five customers with one each.
    for (let n = 0; n < 5; n += 1) {
      const { id } = await visitor.pick(world.acme.billing);
      conversation = id;
      await visitor.call('PATCH', '/customer', { name: 'Walker' });
      await visitor.call('POST', `/conversations/${id}/messages`, {
        id: crypto.randomUUID(),
        body: `walking ${n}`,
      });
      await visitor.call('POST', `/conversations/${id}/close`);
      const other = await Visitor.arrive();
      await other.pick(world.acme.billing, { customerData: { name: `Walker ${n}` } });
    }
  });

  test('of every list that has pages', async () => {
    const agent = (path: string) => (query: string) => amos.call('GET', `/admin${path}?${query}`);
    const own = (query: string) => visitor.call('GET', `/conversations?${query}`);
    const lists: [string, (query: string) => ReturnType<typeof own>, string][] = [
      ['conversations', agent('/conversations'), 'limit=2'],
      ['closed ones', agent('/conversations'), 'limit=2&status=closed'],
      ['those that wait', agent('/conversations'), 'limit=2&sort=waiting'],
      ['customers', agent('/customers'), 'limit=2'],
      ['customers by first visit', agent('/customers'), 'limit=2&sort=first_seen'],
      ['found customers', agent('/customers'), 'limit=2&q=walker'],
      ['a search', agent('/search'), 'limit=2&q=walk'],
      ['a visitor’s conversations', own, 'limit=2'],
    ];
    for (const [name, get, query] of lists) {
      const walked = (await walk(get, query)).map((item) => JSON.stringify(item));
      expect(walked.length, name).toBeGreaterThan(3);
      expect(new Set(walked).size, name).toBe(walked.length);
    }
  });

  test('of a history, in both directions, with the first query and without it', async () => {
    const { id } = await (await Visitor.arrive()).pick(world.acme.billing);
    for (let n = 0; n < 6; n += 1) {
      const body = { id: crypto.randomUUID(), body: `${n}` };
      await amos.call('POST', `/admin/conversations/${id}/messages`, body);
    }
    const get = (query: string) => amos.call('GET', `/admin/conversations/${id}/messages?${query}`);
    const all = (await get('limit=100')).json.items.map(({ seq }: { seq: number }) => seq);
    for (const keepsQuery of [true, false]) {
      const seqs = async (query: string) =>
        (await walk(get, query, keepsQuery)).map((item) => Object(item).seq);
      expect(await seqs('limit=2')).toEqual(all);
      expect(await seqs('limit=2&after=2')).toEqual(all.filter((seq: number) => seq > 2));
      // Pages go back, and each is in order.
      expect((await seqs('limit=2&before=7')).sort((a, b) => a - b)).toEqual(
        all.filter((seq: number) => seq < 7),
      );
    }
    for (const cursor of ['nonsense', '-1', 'after-', 'before-3', '']) {
      expect(refused(await get(`cursor=${cursor}`))).toEqual(
        named({ cursor: 'Not a cursor of this list.' }),
      );
    }
  });

  test('of a visitor’s history', async () => {
    const get = (query: string) =>
      visitor.call('GET', `/conversations/${conversation}/messages?${query}`);
    const { json } = await get('limit=1');
    const next = await get(`limit=1&cursor=${json.next_cursor}`);
    expect(next.json.items[0].seq).toBeGreaterThan(json.items[0].seq);
  });
});

describe('A26: a conversation is snoozed to a time that comes', () => {
  test('and to no other, alone or with others', async () => {
    const { id } = await (await Visitor.arrive()).pick(world.acme.billing);
    const snooze = (time: string) => ({ status: 'snoozed', snoozedUntil: time });
    const change = (body: object) => amos.call('PATCH', `/admin/conversations/${id}`, body);
    for (const time of [new Date().toISOString(), '2020-01-01T00:00:00Z', '0001-01-01T00:00:00Z']) {
      expect(refused(await change(snooze(time)))).toEqual(
        named({ snoozedUntil: 'Choose a time in the future.' }),
      );
      const bulk = { ids: [id], change: snooze(time) };
      expect(refused(await amos.call('POST', '/admin/conversations/bulk', bulk))).toEqual(
        named({ 'change.snoozedUntil': 'Choose a time in the future.' }),
      );
    }
    const soon = new Date(Date.now() + 60_000).toISOString();
    const { status, json } = await change(snooze(soon));
    expect([status, json.conversation.status]).toEqual([200, 'snoozed']);
    // Without a time it comes back when the visitor writes.
    expect((await change({ status: 'snoozed', snoozedUntil: null })).status).toBe(200);
  });
});

describe('S19: the team’s views', () => {
  test('are changed and removed by those who manage the team alone', async () => {
    const { json } = await olive.call('POST', '/admin/views', {
      name: 'Urgent',
      query: { status: 'open' },
      shared: true,
    });
    const path = `/admin/views/${json.view.id}`;
    for (const change of [{ shared: false }, { name: 'Mine' }, { query: {} }, {}]) {
      expect((await amos.call('PATCH', path, change)).status).toBe(403);
    }
    expect((await amos.call('DELETE', path)).status).toBe(403);
    const listed = (await amos.call('GET', '/admin/views')).json.items;
    expect(listed).toContainEqual(json.view);
    expect((await olive.call('PATCH', path, { shared: false })).json.view.shared).toBe(false);
    // Now it is hers, and not there for anybody else.
    expect((await amos.call('PATCH', path, { name: 'Mine' })).status).toBe(404);
    expect((await olive.call('DELETE', path)).status).toBe(204);
  });

  test('are not there for another organization', async () => {
    const gus = await SignedInAgent.signIn('gus@globex.example');
    const { json } = await olive.call('POST', '/admin/views', {
      name: 'Ours',
      query: {},
      shared: true,
    });
    expect((await gus.call('PATCH', `/admin/views/${json.view.id}`, {})).status).toBe(404);
    expect((await gus.call('DELETE', `/admin/views/${json.view.id}`)).status).toBe(404);
  });

  test('may come from an agent, who keeps those that are not shared', async () => {
    const own = (await amos.call('POST', '/admin/views', { name: 'Own', query: {} })).json.view;
    const path = `/admin/views/${own.id}`;
    expect((await amos.call('PATCH', path, { name: 'Still own' })).status).toBe(200);
    expect((await amos.call('PATCH', path, { shared: true })).json.view.shared).toBe(true);
    expect((await amos.call('DELETE', path)).status).toBe(403);
    expect((await olive.call('DELETE', path)).status).toBe(204);
  });
});

describe('S20: a department that is hidden while nobody is there', () => {
  test('is not opened by its id, and is as soon as somebody comes', async () => {
    const { billing } = world.acme;
    const change = (body: object) => olive.call('PATCH', `/admin/departments/${billing}`, body);
    await change({ offline: 'hide' });
    const visitor = await Visitor.arrive();
    const pick = () => visitor.call('POST', '/conversations', { departmentId: billing });
    const answer = await pick();
    expect([answer.status, answer.json.error.message]).toEqual([
      404,
      "This department doesn't exist.",
    ]);
    const dashboard = await amos.socket('/inbox/socket');
    await dashboard.next('presence');
    expect((await pick()).status).toBe(201);
    // Served by somebody else alone, it has nobody there again.
    await change({ memberIds: [world.acme.users[0]] });
    const other = await Visitor.arrive();
    expect((await other.call('POST', '/conversations', { departmentId: billing })).status).toBe(
      404,
    );
    await change({ offline: 'show', memberIds: [] });
    dashboard.close();
    await dashboard.gone();
  });
});
