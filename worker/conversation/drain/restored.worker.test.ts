import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { createLabel } from '../../features/labels/store.ts';
import { byFoyer } from '../../test/by.ts';
import { projectBy } from '../../test/projecting.ts';
import type { TestSocket } from '../../test/socket.ts';
import { SignedInAgent, SOON, settleWorld, Visitor } from '../../test/world.ts';
import { conversationObject } from '../calls/address.ts';
import type { ConversationObject } from '../object.ts';

const {
  conversationLabels,
  conversationMentions,
  conversations,
  departments,
  searchDocuments,
  widgetCustomers,
} = tables;

/** O2, A1: what the database lost is written again, and what it refuses stops nothing (P7). */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let visitor: Visitor;
let conversation: StartedConversation;
let theirs: TestSocket;
let lines: Record<string, unknown>[];

const FORM = { name: 'Ada', email: 'ada@example.org', phone: '030 901820', size: '1' };
const PAGE = { url: 'https://shop.example/cart', referrer: 'https://search.example/' };

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

beforeEach(async () => {
  lines = [];
  for (const method of ['error', 'warn', 'log'] as const) {
    vi.spyOn(console, method).mockImplementation((line) => void lines.push(JSON.parse(line)));
  }
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.sales, { preChatData: FORM, page: PAGE });
  theirs = await visitor.socket(conversation.id);
  await theirs.hello();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const db = () => openDatabase(env);
const object = (id = conversation.id) => conversationObject(env, world.acme.id, id);
const path = (rest = '') => `/admin/conversations/${conversation.id}${rest}`;
const own = () => eq(conversations.id, conversation.id);

async function row() {
  const [found] = await db().select().from(conversations).where(own());
  return found ?? null;
}

const reaches = (wanted: object) =>
  vi.waitFor(async () => expect(await row()).toMatchObject(wanted), SOON);

/** Deletes the conversation's rows as a database that was set back has none of them. */
async function lose({ customer = true } = {}): Promise<void> {
  const { id } = conversation;
  await db().delete(conversationLabels).where(eq(conversationLabels.conversation_id, id));
  await db().delete(conversationMentions).where(eq(conversationMentions.conversation_id, id));
  await db().delete(searchDocuments).where(eq(searchDocuments.conversation_id, id));
  await db().delete(conversations).where(own());
  if (customer) {
    const whose = eq(widgetCustomers.id, conversation.widget_customer_id ?? '');
    await db().delete(widgetCustomers).where(whose);
  }
}

async function newLabel(): Promise<string> {
  const name = crypto.randomUUID().slice(0, 8);
  const { id } = await createLabel(db(), byFoyer(world.acme.id), { name, color: '#112233' });
  return id;
}

async function listed(query: string): Promise<boolean> {
  const { json } = await amos.call('GET', `/admin/conversations?${query}`);
  return json.items.some(({ id }: { id: string }) => id === conversation.id);
}

describe('O2: a row that is gone', () => {
  test('is whole again after the next message: customer, form, lists, labels, mentions, search', async () => {
    const label = await newLabel();
    await theirs.send('A word like zebrafinch');
    await amos.call('PATCH', path(), { priority: 'high', addLabels: [label] });
    const note = { kind: 'note', body: 'Look', mentions: world.acme.users };
    await amos.call('POST', path('/messages'), { id: crypto.randomUUID(), ...note });
    await runDurableObjectAlarm(object());
    const before = await amos.call('GET', path());

    await lose();
    expect((await amos.call('GET', path())).status).toBe(404);
    await theirs.send('Still there?');
    await reaches({ message_count: 2, priority: 'high' });

    const { json } = await amos.call('GET', path());
    const {
      custom_fields: _,
      first_seen_at,
      ...customer
    } = before.json.conversation.widget_customer;
    expect(json.conversation).toMatchObject({
      ...before.json.conversation,
      version: expect.any(Number),
      last_seq: before.json.conversation.last_seq + 1,
      last_message_preview: 'Still there?',
      last_message_at: expect.any(String),
      message_count: 2,
      last_sender: 'visitor',
      visitor_read_seq: expect.any(Number),
      widget_customer: {
        ...customer,
        // What only the database knew comes back with its customer.
        user_agent: null,
        ip_address: null,
        country: null,
        city: null,
        last_seen_at: expect.any(String),
        total_conversations: 1,
      },
    });
    expect(first_seen_at).toBe(json.conversation.widget_customer.first_seen_at);
    expect(json.conversation.pre_chat_data).toEqual(FORM);
    for (const query of ['status=open', `label=${label}`, 'mentioned=me']) {
      expect(await listed(query)).toBe(true);
    }
    await vi.waitFor(async () => {
      const { json: results } = await amos.call('GET', '/admin/search?q=zebrafinch');
      expect(JSON.stringify(results)).toContain(conversation.id);
    }, SOON);
    expect(lines).toContainEqual(
      expect.objectContaining({ event: 'projection_restored', conversation: conversation.id }),
    );
  });

  test('is whole again once somebody opens it, and is written once', async () => {
    await theirs.send('One');
    await reaches({ message_count: 1 });
    await lose();
    const settle = () =>
      runInDurableObject(object(), (instance: ConversationObject) => instance.settle());
    expect(await settle()).toBe(true);
    expect(await row()).toMatchObject({ message_count: 1, page_url: PAGE.url });
    const settled = await row();
    await settle();
    expect(await row()).toEqual(settled);
    expect(lines.filter(({ event }) => event === 'projection_restored')).toHaveLength(1);
  });

  test('that was closed comes back closed, beside a new one that is open', async () => {
    await theirs.send('One');
    await visitor.call('POST', `/conversations/${conversation.id}/close`);
    await lose({ customer: false });
    const next = await visitor.pick(world.acme.sales, { preChatData: FORM });
    expect(next.id).not.toBe(conversation.id);
    await runInDurableObject(object(), (instance: ConversationObject) => instance.settle());
    expect(await row()).toMatchObject({
      status: 'closed',
      message_count: 1,
      widget_customer_id: conversation.widget_customer_id,
    });
    const { json } = await amos.call('GET', path());
    expect(json.conversation.widget_customer.total_conversations).toBe(2);
  });

  test('finds the customer that its visitor has become meanwhile', async () => {
    await theirs.send('One');
    await visitor.call('POST', `/conversations/${conversation.id}/close`);
    await lose();
    const next = await visitor.pick(world.acme.sales, { preChatData: FORM });
    expect(next.widget_customer_id).not.toBe(conversation.widget_customer_id);
    await runInDurableObject(object(), (instance: ConversationObject) => instance.settle());
    expect(await row()).toMatchObject({ widget_customer_id: next.widget_customer_id });
  });

  test('of a department that is gone too is set aside, told in the log, and comes with it', async () => {
    await theirs.send('One');
    await reaches({ message_count: 1 });
    const where = and(
      eq(departments.organization_id, world.acme.id),
      eq(departments.id, world.acme.sales),
    );
    const [department] = await db().select().from(departments).where(where);
    if (!department) throw new Error('There is a department.');
    await lose();
    // Those of the other tests stand in its way.
    await db().delete(conversations).where(eq(conversations.department_id, world.acme.sales));
    await db().delete(departments).where(where);
    await theirs.send('Two');
    await vi.waitFor(
      () =>
        expect(lines).toContainEqual(
          expect.objectContaining({
            event: 'projection_set_aside',
            reason: 'department_missing',
            organization: world.acme.id,
            conversation: conversation.id,
            department: world.acme.sales,
          }),
        ),
      SOON,
    );
    expect(await row()).toBeNull();
    await db().insert(departments).values(department);
    await theirs.send('Three');
    await reaches({ message_count: 3 });
  });

  test('and one that was set back in time gets every column', async () => {
    await amos.call('PATCH', path(), { priority: 'urgent' });
    await theirs.send('One');
    await reaches({ message_count: 1, priority: 'urgent' });
    await db()
      .update(conversations)
      .set({ version: 1, priority: 'low', message_count: 0, last_message_preview: null })
      .where(own());
    await theirs.send('Two');
    await reaches({ message_count: 2, priority: 'urgent', last_message_preview: 'Two' });
  });
});

describe('A1: a value that the database cannot hold', () => {
  const WRONG = ['tom@acme.example', 'everyone', '\ud800'];

  test.each(WRONG)('is refused as whom a note names: %j', async (wrong) => {
    const note = { id: crypto.randomUUID(), kind: 'note', body: 'Look', mentions: [wrong] };
    const { status, json } = await amos.call('POST', path('/messages'), note);
    expect([status, json.error.code]).toEqual([400, 'validation_failed']);
    const ours = await amos.socket(path('/socket').replace('/admin', ''));
    await ours.hello();
    ours.raw(JSON.stringify({ type: 'send', ...note }));
    expect(await ours.next('error')).toMatchObject({ code: 'validation_failed', id: note.id });
  });

  test('that an older version took stops nothing: the row, the other labels and mentions', async () => {
    const label = await newLabel();
    const [, user = ''] = world.acme.users;
    const agent = {
      role: 'agent',
      organization_id: world.acme.id,
      id: user,
      name: 'A\ud800\0',
      session_id: 's',
    } as const;
    await runInDurableObject(object(), async (instance: ConversationObject) => {
      instance.post(agent, {
        id: crypto.randomUUID(),
        kind: 'note',
        body: 'Look \0 \ud800',
        mentions: [...WRONG, user],
      });
      await instance.change(agent, { addLabels: ['no id', label] });
    });
    await theirs.send('Half \ud83d and \0');
    await reaches({ message_count: 1 });
    expect(await listed('mentioned=me')).toBe(true);
    expect(await listed(`label=${label}`)).toBe(true);
    expect((await visitor.call('GET', '/conversations')).status).toBe(200);
  });

  test('is set aside where it is refused, and logged; everything else is written', async () => {
    const back = await projectBy(
      world.acme.id,
      conversation.id,
      (real) => (founding, state, guess) =>
        real.write(founding, { ...state, rating: { score: 4.5, comment: 'Good' } }, guess),
    );
    await theirs.send('One');
    await reaches({ message_count: 1, last_message_preview: 'One', rating_comment: 'Good' });
    expect(await row()).toMatchObject({ rating: null });
    await back();
    expect(lines).toContainEqual(
      expect.objectContaining({
        event: 'projection_set_aside',
        column: 'rating',
        conversation: conversation.id,
        organization: world.acme.id,
        query: 'update conversations',
      }),
    );
  });
});
