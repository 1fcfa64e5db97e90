import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { CloseCode } from '../../../protocol/version.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { cell } from '../../http/csv.ts';
import { uuidv7 } from '../../kernel/ids.ts';
import { recorded } from '../../test/recorded.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { customersCsv } from './csv.ts';

const { conversations, widgetCustomers } = tables;

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  amos = await SignedInAgent.signIn('amos@acme.example');
});

/** A visitor who wrote to Billing, and their customer's path. */
async function somebody(customerData: object = {}) {
  const visitor = await Visitor.arrive();
  const conversation = await visitor.pick(world.acme.billing, { customerData });
  return {
    visitor,
    conversation,
    path: `/admin/customers/${conversation.widget_customer_id}`,
  };
}

describe('blocking a customer', () => {
  test('ends their sockets, and refuses sessions, conversations and messages until unblocked', async () => {
    const { visitor, conversation, path } = await somebody();
    const socket = await visitor.socket(conversation.id);
    await socket.hello();
    const blocked = await amos.call('POST', `${path}/block`);
    expect(blocked.json.widget_customer.blocked_at).not.toBe(null);
    expect((await socket.gone()).code).toBe(CloseCode.blocked);

    const refused = { status: 403, json: { error: { code: 'blocked' } } };
    const { visitorToken } = visitor.session;
    expect((await Visitor.arrive('wk_acme', visitorToken)).session).toMatchObject(refused.json);
    const departmentId = world.acme.sales;
    const preChatData = { name: 'Ada', email: 'ada@example.org' };
    expect(
      await visitor.call('POST', '/conversations', { departmentId, preChatData }),
    ).toMatchObject(refused);
    const message = { id: crypto.randomUUID(), body: 'Let me in' };
    const messages = `/conversations/${conversation.id}/messages`;
    expect(await visitor.call('POST', messages, message)).toMatchObject(refused);
    expect(await visitor.call('GET', messages)).toMatchObject(refused);
    await expect(visitor.socket(conversation.id)).rejects.toThrow('403');

    const since = blocked.json.widget_customer.blocked_at;
    const again = await amos.call('POST', `${path}/block`);
    expect(again.json.widget_customer.blocked_at).toBe(since);

    expect((await amos.call('DELETE', `${path}/block`)).json.widget_customer.blocked_at).toBe(null);
    const subject = { type: 'customer', id: conversation.widget_customer_id, name: null };
    expect(await recorded(world.acme.id, 'customer.blocked')).toMatchObject([{ subject }]);
    expect(await recorded(world.acme.id, 'customer.unblocked')).toMatchObject([{ subject }]);
    const back = await Visitor.arrive('wk_acme', visitorToken);
    expect(back.session.open_conversation?.id).toBe(conversation.id);
    expect((await back.call('POST', messages, message)).status).toBe(201);
  });
});

describe('notes on a customer', () => {
  test('are the team’s; an agent removes their own, an owner anyone’s', async () => {
    const { path } = await somebody();
    const add = async (agent: SignedInAgent, body: string) =>
      (await agent.call('POST', `${path}/notes`, { body })).json.note;
    const hers = await add(olive, ' Prefers the phone\n');
    const his = await add(amos, 'Moved to Leeds');
    expect(hers).toMatchObject({ body: 'Prefers the phone', author: { name: 'Olive' } });
    const bodies = async () =>
      (await amos.call('GET', `${path}/notes`)).json.items.map((note: typeof his) => note.body);
    expect(await bodies()).toEqual(['Moved to Leeds', 'Prefers the phone']);
    expect((await amos.call('DELETE', `${path}/notes/${hers.id}`)).status).toBe(404);
    expect((await olive.call('DELETE', `${path}/notes/${his.id}`)).status).toBe(204);
    expect(await bodies()).toEqual(['Prefers the phone']);
    expect((await amos.call('POST', `${path}/notes`, { body: '  ' })).status).toBe(400);
  });
});

describe('the list of customers', () => {
  test('is filtered, sorted and paged by when they were seen', async () => {
    const { users, billing, sales } = world.acme;
    const { conversation } = await somebody({
      name: 'Grace Hopper',
      email: 'grace@navy.example',
    });
    const other = await Visitor.arrive();
    await other.pick(sales, { preChatData: { name: 'Alan', email: 'alan@bletchley.example' } });
    const { json } = await olive.call('POST', '/admin/labels', { name: 'VIP', color: '#aa3300' });
    const labelId = json.label.id;
    await amos.call('PATCH', `/admin/conversations/${conversation.id}`, { addLabels: [labelId] });
    // Grace came first and was here last.
    const db = openDatabase(env);
    await db.update(widgetCustomers).set({ last_seen_at: new Date('2027-01-01') });
    await other.call('PATCH', '/customer', { name: 'Alan' });
    const names = async (query: string) => {
      const response = await amos.call('GET', `/admin/customers?${query}`);
      expect(response.status, query).toBe(200);
      return response.json.items.flatMap(
        (item: { full_name: string | null }) => item.full_name ?? [],
      );
    };
    expect(users).toHaveLength(2);
    expect(await names('q=hopper')).toEqual(['Grace Hopper']);
    expect(await names('q=bletchley.example')).toEqual(['Alan']);
    // V18: a query of which nothing can be seen asks for nothing.
    expect(await names('q=%E2%80%8B')).toEqual(await names('q='));
    expect(await names(`department=${sales}`)).toEqual(['Alan']);
    expect(await names(`department=${billing}&hasEmail=true`)).toEqual(['Grace Hopper']);
    expect(await names('hasEmail=false')).toEqual([]);
    expect(await names(`label=${labelId}`)).toEqual(['Grace Hopper']);
    expect(await names('seenSince=2027-06-01T00:00:00Z')).toEqual([]);
    expect(await names('seenSince=2026-12-31T00:00:00Z&sort=first_seen&q=a')).toEqual([
      'Alan',
      'Grace Hopper',
    ]);
    for (const sort of ['last_seen', 'first_seen']) {
      const all = (await amos.call('GET', `/admin/customers?sort=${sort}`)).json.items;
      const walked: unknown[] = [];
      for (let cursor = ''; ; ) {
        const page = (await amos.call('GET', `/admin/customers?sort=${sort}&limit=1${cursor}`))
          .json;
        walked.push(...page.items);
        if (!page.next_cursor) break;
        cursor = `&cursor=${page.next_cursor}`;
      }
      expect(walked).toEqual(all);
    }
  });
});

describe('A15: a customer with many conversations', () => {
  test('A15: all of them can be reached, each once, and the open ones are told of every change', async () => {
    const { visitor, conversation, path } = await somebody();
    const db = openDatabase(env);
    const thisConversation = eq(conversations.id, conversation.id);
    const [row] = await db.select().from(conversations).where(thisConversation);
    if (!row) throw new Error('There is no row');
    // 130 closed ones that began later than the open one.
    const began = row.created_at.getTime();
    const closed = Array.from({ length: 130 }, (_, index) => ({
      ...row,
      id: uuidv7(),
      status: 'closed' as const,
      shelf: 'closed' as const,
      created_at: new Date(began + 60_000 + Math.floor(index / 3)),
      closed_at: new Date(began + 90_000),
    }));
    // D1 takes a hundred parameters with a statement.
    for (const values of closed) await db.insert(conversations).values(values);

    const { json } = await amos.call('GET', path);
    const ids: string[] = json.conversations.map(({ id }: { id: string }) => id);
    let cursor: string | null = json.conversations_cursor;
    expect(ids.length).toBeLessThan(131);
    while (cursor !== null) {
      const next = await amos.call('GET', `${path}/conversations?cursor=${cursor}`);
      expect(next.status).toBe(200);
      ids.push(...next.json.items.map(({ id }: { id: string }) => id));
      cursor = next.json.next_cursor;
    }
    expect(ids).toHaveLength(131);
    expect(new Set(ids).size).toBe(131);
    expect(ids.at(-1)).toBe(conversation.id);
    const fromTheStart = await amos.call('GET', `${path}/conversations?limit=100`);
    expect(fromTheStart.json.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 100));
    expect((await amos.call('GET', `${path}/conversations?cursor=nonsense`)).status).toBe(400);
    const gus = await SignedInAgent.signIn('gus@globex.example');
    expect((await gus.call('GET', `${path}/conversations`)).status).toBe(404);

    // The open one is the oldest, and is still renamed and blocked.
    await amos.call('PATCH', path, { name: 'Many Times' });
    const head = await amos.call('GET', `/admin/conversations/${conversation.id}`);
    expect(head.json.conversation.customer.full_name).toBe('Many Times');
    await amos.call('POST', `${path}/block`);
    const message = { id: crypto.randomUUID(), body: 'Let me in' };
    const posted = await visitor.call(
      'POST',
      `/conversations/${conversation.id}/messages`,
      message,
    );
    expect(posted).toMatchObject({ status: 403, json: { error: { code: 'blocked' } } });
  });
});

describe('the export', () => {
  test('is a file that holds every customer once, quoted, with no formula in it', async () => {
    const formula = '=HYPERLINK("https://evil.example","x")';
    await somebody({ name: formula, phone: '+44 20 7946 0000' });
    await somebody({ name: 'Zoë, "the line\nbreaker"' });
    const response = await olive.file('/admin/customers.csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder().decode(bytes);
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"",""x"")"`);
    expect(text).toContain(`"'+44 20 7946 0000"`);
    expect(text).toContain(`"Zoë, ""the line\nbreaker"""`);
    const { items } = (await olive.call('GET', '/admin/customers?limit=100')).json;
    for (const { id } of items) expect(text.split(id)).toHaveLength(2);
  });

  test.each([
    ['plain', 'plain'],
    ['a, b', '"a, b"'],
    ['say "hi"', '"say ""hi"""'],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t'=1"`],
    ['-2', `"'-2"`],
    ['a=1', 'a=1'],
  ])('writes %j as %s', (value, written) => {
    expect(cell(value)).toBe(written);
  });

  test.each([
    'x;=1+1;y',
    'x\t=1+1\ty',
    'x,=1+1,y',
    'x|=1+1|y',
    'x;"=1+1";y',
    'x; =1+1',
    'x;\u200b+1',
    'x;\t-1',
    'x\r\n@SUM(A1)\r\ny',
    'x;＝1;＋1;－1;＠1',
    '"=1+1',
    ' =1+1',
    '\ufeff=1+1',
    '\r=1',
  ])('A4: no cell of %j begins a formula, whatever the separator', (value) => {
    const line = ['id', cell(value), cell({ [value]: value }), ''].join(',');
    for (const separator of [',', ';', '\t', '|']) {
      // As a reader takes them who does, or does not, know our quotation marks.
      for (const part of line.split(new RegExp(`[\r\n${separator}]`, 'u'))) {
        expect(part.replace(/^[\p{Zs}\p{Cf}"]*/u, ''), separator).not.toMatch(
          /^[=+\-@\t\r＝＋－＠]/u,
        );
      }
    }
  });

  test('A4: stays readable, custom fields valid JSON', () => {
    expect(cell('x;=1+1;y')).toBe(`"x;'=1+1;y"`);
    expect(cell('Meyer - Schmidt')).toBe('Meyer - Schmidt');
    const written = cell({ a: 'b', '-c': 'd;=1' });
    expect(JSON.parse(written.slice(1, -1).replaceAll('""', '"'))).toEqual({
      a: 'b',
      "'-c": "d;'=1",
    });
  });

  test('A5: has everybody once, though they come back while it is read', async () => {
    const db = openDatabase(env);
    for (let index = 0; index < 3; index += 1) await somebody();
    const acme = eq(widgetCustomers.organization_id, world.acme.id);
    const customerIds = await db
      .select({ id: widgetCustomers.id })
      .from(widgetCustomers)
      .where(acme);
    const file = customersCsv(db, world.acme.id, { sort: 'last_seen' }, 2).getReader();
    let text = '';
    const decoder = new TextDecoder();
    for (let later = Date.parse('2027-03-01'); ; later += 60_000) {
      const { done, value } = await file.read();
      if (done) break;
      text += decoder.decode(value);
      // Whoever is not in it yet comes back.
      for (const { id } of customerIds.filter((item) => !text.includes(item.id)).slice(-1)) {
        await db
          .update(widgetCustomers)
          .set({ last_seen_at: new Date(later) })
          .where(eq(widgetCustomers.id, id));
      }
    }
    for (const { id } of customerIds) expect(text.split(id)).toHaveLength(2);
  });
});

describe('a search of customers and of a queue', () => {
  test.each([
    ['A6', 'LODZ', { name: 'Ana Łódź' }],
    ['A6', 'ozturk', { name: 'ÖZTÜRK Bey' }],
    ['A6', 'ИВАН', { name: 'иванов' }],
    ['A6', 'hauptstrasse', { name: 'Hauptstraße 1' }],
    ['V9', 'kim@почта.рф', { email: 'kim@xn--80a1acny.xn--p1ai' }],
    ['A7', '+491701234567', { phone: '+49 170 1234567' }],
    ['A7', '0171 765-4321', { phone: '+491717654321' }],
    ['A7', '٠١٧٢ ٧٦٥٤٣٢١', { phone: '0172/7654321' }],
  ])('%s: %s finds who gave %j, here and in a queue', async (_row, q, customerData) => {
    const { conversation } = await somebody(customerData);
    const encoded = encodeURIComponent(q);
    const people = await amos.call('GET', `/admin/customers?q=${encoded}`);
    expect(people.json.items.map(({ id }: { id: string }) => id)).toEqual([
      conversation.widget_customer_id,
    ]);
    const queue = await amos.call('GET', `/admin/conversations?q=${encoded}`);
    expect(queue.json.items.map(({ id }: { id: string }) => id)).toEqual([conversation.id]);
  });
});

describe('a change of a customer', () => {
  test('is recorded with the names of its fields, and without their values', async () => {
    const { path, conversation } = await somebody();
    const changes = { name: 'Rosalind Franklin', email: 'rf@kings.example' };
    expect((await amos.call('PATCH', path, changes)).status).toBe(200);
    const [change] = await recorded(world.acme.id, 'customer.changed');
    expect(change).toMatchObject({
      actor: { name: 'Amos' },
      subject: { id: conversation.widget_customer_id, name: null },
      before: null,
      after: { fields: ['full_name', 'email'] },
    });
    expect(JSON.stringify(change)).not.toMatch(/franklin|kings/i);
  });
});
