import { listDurableObjectIds } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

const { conversations, widgetCustomers } = tables;

/** A conversation is opened once, however often it is asked for, and nothing before (P1). */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

const FORM = { preChatData: { name: 'Ada', email: 'ada@example.org' } };

async function customerOf(visitor: Visitor) {
  const { json } = await visitor.call('GET', '/conversations');
  const [{ widget_customer_id }] = json.items;
  return (await amos.call('GET', `/admin/customers/${widget_customer_id}`)).json;
}

async function written() {
  const db = openDatabase(env);
  return {
    conversations: await db.$count(conversations),
    customers: await db.$count(widgetCustomers),
    objects: (await listDurableObjectIds(env.CONVERSATIONS)).length,
  };
}

describe('P1: a session', () => {
  test('writes no row and makes no conversation, new or returning', async () => {
    const before = await written();
    const first = await Visitor.arrive();
    const again = await Visitor.arrive('wk_acme', first.session.visitorToken);
    expect(again.session.visitor_id).toBe(first.session.visitor_id);
    expect((await again.call('GET', '/conversations')).json.items).toEqual([]);
    expect(await written()).toEqual(before);
  });

  test('is followed by the first rows when a department is picked', async () => {
    const before = await written();
    const visitor = await Visitor.arrive();
    await visitor.pick(world.acme.billing);
    const after = await written();
    expect(after.conversations).toBe(before.conversations + 1);
    expect(after.customers).toBe(before.customers + 1);
    expect(after.objects).toBe(before.objects + 1);
  });
});

describe('a department picked', () => {
  test('twice at once opens one conversation, of one customer', async () => {
    const visitor = await Visitor.arrive();
    const pick = () => visitor.call('POST', '/conversations', { departmentId: world.acme.billing });
    const answers = await Promise.all([pick(), pick(), pick()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map(({ json }) => json.conversation.id)).size).toBe(1);
    const { widget_customer, conversations: listed } = await customerOf(visitor);
    expect(widget_customer.total_conversations).toBe(1);
    expect(listed).toHaveLength(1);
  });

  test('again later finds the open one, and what was said in it', async () => {
    const visitor = await Visitor.arrive();
    const first = await visitor.pick(world.acme.sales, FORM);
    const again = await visitor.call('POST', '/conversations', {
      departmentId: world.acme.sales,
      preChatData: { name: 'Eve', email: 'eve@example.org' },
    });
    expect(again.status).toBe(200);
    expect(again.json.conversation).toMatchObject({
      id: first.id,
      pre_chat_data: FORM.preChatData,
      widget_customer: { full_name: 'Ada' },
    });
  });

  test('and another at once are two conversations of one customer', async () => {
    const visitor = await Visitor.arrive();
    const answers = await Promise.all([
      visitor.call('POST', '/conversations', { departmentId: world.acme.sales, ...FORM }),
      visitor.call('POST', '/conversations', { departmentId: world.acme.billing }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    const customers = answers.map(({ json }) => json.conversation.widget_customer_id);
    expect(new Set(customers).size).toBe(1);
    const { widget_customer, conversations: listed } = await customerOf(visitor);
    expect(widget_customer).toMatchObject({ total_conversations: 2, full_name: 'Ada' });
    expect(listed).toHaveLength(2);
  });

  test('by the same visitor in two organizations is two customers', async () => {
    const visitor = await Visitor.arrive();
    const { widget_customer_id } = await visitor.pick(world.acme.billing);
    const otherOrganization = await Visitor.arrive('wk_globex', visitor.session.visitorToken);
    const other = await otherOrganization.pick(world.globex.support);
    expect(other.widget_customer_id).not.toBe(widget_customer_id);
    expect(other.widget_customer.visitor_id).not.toBe(visitor.session.visitor_id);
  });
});

describe('another department', () => {
  test('closes the first with its reason, and is linked to it', async () => {
    const visitor = await Visitor.arrive();
    const first = await visitor.pick(world.acme.billing);
    const socket = await visitor.socket(first.id);
    await socket.hello();
    const second = await visitor.pick(world.acme.sales, {
      ...FORM,
      previousConversationId: first.id,
    });
    expect(second).toMatchObject({
      previous_conversation_id: first.id,
      widget_customer_id: first.widget_customer_id,
    });
    const { conversation: head } = await socket.next('conversation');
    expect(head).toMatchObject({ status: 'closed', closed_reason: 'department_changed' });
    const { json } = await visitor.call('GET', '/conversations');
    expect(json.items).toMatchObject([
      { id: second.id, status: 'waiting', department: { name: 'Sales' } },
      { id: first.id, status: 'closed', closed_reason: 'department_changed' },
    ]);
    expect((await customerOf(visitor)).widget_customer.total_conversations).toBe(2);
  });

  test('asked for twice at once is one, and the first is closed once', async () => {
    const visitor = await Visitor.arrive();
    const first = await visitor.pick(world.acme.billing);
    const change = () =>
      visitor.call('POST', '/conversations', {
        departmentId: world.acme.sales,
        ...FORM,
        previousConversationId: first.id,
      });
    const answers = await Promise.all([change(), change()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    expect(new Set(answers.map(({ json }) => json.conversation.id)).size).toBe(1);
    const { json } = await visitor.call('GET', `/conversations/${first.id}/messages`);
    expect(json.items).toMatchObject([{ event: { type: 'closed' } }]);
    expect((await customerOf(visitor)).widget_customer.total_conversations).toBe(2);
  });

  test('that is the same one closes nothing', async () => {
    const visitor = await Visitor.arrive();
    const first = await visitor.pick(world.acme.billing);
    const again = await visitor.call('POST', '/conversations', {
      departmentId: world.acme.billing,
      previousConversationId: first.id,
    });
    expect([again.status, again.json.conversation.id]).toEqual([200, first.id]);
    const { json } = await visitor.call('GET', `/conversations/${first.id}`);
    expect(json.conversation.status).toBe('waiting');
  });
});

describe('a visitor who comes back', () => {
  test('is the same customer, and can read all that was said', async () => {
    const visitor = await Visitor.arrive();
    const first = await visitor.pick(world.acme.sales, {
      ...FORM,
      customerData: { phone: '123' },
      page: { url: 'https://shop.example/cart', referrer: 'https://search.example/' },
    });
    await visitor.call('POST', `/conversations/${first.id}/messages`, {
      id: crypto.randomUUID(),
      body: 'See you',
    });
    await visitor.call('POST', `/conversations/${first.id}/close`);

    const back = await Visitor.arrive('wk_acme', visitor.session.visitorToken);
    expect(back.session).toMatchObject({
      visitor_id: visitor.session.visitor_id,
      open_conversation: null,
    });
    const { json } = await back.call('GET', `/conversations/${first.id}/messages`);
    expect(json.items).toMatchObject([{ body: 'See you' }, { event: { type: 'closed' } }]);
    const second = await back.pick(world.acme.sales, {
      preChatData: { name: 'Ada', email: 'new@example.org', size: '1' },
    });
    expect(second.widget_customer).toMatchObject({
      id: first.widget_customer.id,
      email: 'new@example.org',
      phone: '123',
      custom_fields: { name: 'Ada', email: 'new@example.org', size: '1' },
    });
    const { json: detail } = await amos.call('GET', `/admin/conversations/${first.id}`);
    expect(detail.conversation).toMatchObject({
      page_url: 'https://shop.example/cart',
      referrer: 'https://search.example/',
      pre_chat_data: FORM.preChatData,
      widget_customer: { ip_address: '192.0.2.1', total_conversations: 2 },
    });
  });

  test('without a token is a new visitor', async () => {
    const answers = await Promise.all([Visitor.arrive(), Visitor.arrive()]);
    expect(new Set(answers.map(({ session }) => session.visitor_id)).size).toBe(2);
  });
});

test('a conversation that agents snoozed looks open to its visitor, over HTTP as on the socket', async () => {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  const path = `/admin/conversations/${id}`;
  const statuses = async () => {
    const session = await Visitor.arrive('wk_acme', visitor.session.visitorToken);
    return [
      (await visitor.call('GET', '/conversations')).json.items[0].status,
      (await visitor.call('GET', `/conversations/${id}`)).json.conversation.status,
      (await visitor.pick(world.acme.billing)).status,
      session.session.open_conversation?.status,
    ];
  };
  await amos.call('PATCH', path, { status: 'snoozed' });
  expect(await statuses()).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
  const answer = { id: crypto.randomUUID(), body: 'Good morning' };
  await amos.call('POST', `${path}/messages`, answer);
  await amos.call('PATCH', path, { status: 'snoozed' });
  expect(await statuses()).toEqual(['active', 'active', 'active', 'active']);
});
