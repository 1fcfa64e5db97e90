import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import type { Message } from '../../../protocol/conversation/message.ts';
import type { CustomerEntry } from '../../../protocol/resources/customer-entry.ts';
import { following, type Principal } from '../../auth/principal.ts';
import { callConversation } from '../../conversation/calls/call-conversation.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { attempt, type Result } from '../../kernel/result.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** P11: what happens to a customer is an entry of theirs, and of their open conversations. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

test('P11: a name, a block and ended sessions are entries of the customer and of what is open', async () => {
  const visitor = await Visitor.arrive();
  const closed = await visitor.pick(world.acme.billing);
  await visitor.call('POST', `/conversations/${closed.id}/close`, {});
  const open = await visitor.pick(world.acme.billing);
  const customer = open.widget_customer_id ?? '';

  await visitor.call('PATCH', '/customer', { name: 'Ada' });
  // Said again, it is no change.
  await visitor.call('PATCH', '/customer', { name: 'Ada' });
  await amos.call('PATCH', `/admin/customers/${customer}`, {
    name: 'Ada L.',
    email: 'ada@l.example',
  });
  await amos.call('POST', `/admin/customers/${customer}/sessions/revoke`);
  await amos.call('POST', `/admin/customers/${customer}/block`);
  await amos.call('POST', `/admin/customers/${customer}/block`);
  await amos.call('DELETE', `/admin/customers/${customer}/block`);

  const by = { kind: 'agent', name: 'Amos' };
  const expected = [
    {
      event: { type: 'customer_changed', changed: ['full_name'], full_name: 'Ada' },
      by: { kind: 'visitor', id: customer },
    },
    {
      event: { type: 'customer_changed', changed: ['full_name', 'email'], full_name: 'Ada L.' },
      by,
    },
    { event: { type: 'sessions_ended' }, by },
    { event: { type: 'visitor_blocked', blocked: true }, by },
    { event: { type: 'visitor_blocked', blocked: false }, by },
  ];
  const path = `/admin/customers/${customer}/entries`;
  const { json } = await amos.call('GET', path);
  expect([...json.items].reverse()).toMatchObject(expected);
  expect(json.items).toHaveLength(expected.length);
  // The address stands with the customer alone.
  expect(JSON.stringify(json)).not.toContain('ada@l.example');

  const entriesOf = async (id: string): Promise<Message[]> =>
    (await amos.call('GET', `/admin/conversations/${id}/messages`)).json.items;
  const of = await entriesOf(open.id);
  // A block that is said again ends the sessions that began since.
  const customerEvents = of.filter(({ event }) => event?.type !== 'sessions_ended');
  expect(customerEvents).toMatchObject(
    expected.filter(({ event }) => event.type !== 'sessions_ended'),
  );
  expect(of.some(({ event }) => event?.type === 'sessions_ended')).toBe(true);
  expect((await entriesOf(closed.id)).map(({ event }) => event?.type)).toEqual(['closed']);

  // The list comes in pages.
  const entries: CustomerEntry[] = [];
  for (let cursor = ''; ; ) {
    const page = (await amos.call('GET', `${path}?limit=2${cursor && `&cursor=${cursor}`}`)).json;
    entries.push(...page.items);
    if (page.next_cursor === null) break;
    cursor = page.next_cursor;
  }
  expect(entries).toEqual(json.items);
  expect((await amos.call('GET', `${path}?cursor=nonsense`)).status).toBe(400);
});

test('what follows from a deed reaches an object of the version before, too', async () => {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  const agent = {
    role: 'agent',
    organization_id: world.acme.id,
    id: 'a',
    name: 'Amos',
    session_id: 's',
  } as const;
  const called: Principal[] = [];
  // That version knows visitors and agents alone.
  const former = async (_object: unknown, by: Principal): Promise<Result<null>> => {
    called.push(by);
    if (by.role === 'agent') return { ok: true, value: null };
    return attempt(() => {
      throw new FoyerError('not_found');
    });
  };
  await callConversation(env, following({ ...agent, departments: [] }, 'customer'), id, former);
  expect(called).toMatchObject([
    { role: 'system', by: { kind: 'agent', id: 'a', name: 'Amos' } },
    { role: 'agent', id: 'a', name: 'Amos' },
  ]);
  expect(called[1]).not.toHaveProperty('departments');
});

test('P11: the list and the conversation say who closed it', async () => {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  const change = (status: string) => amos.call('PATCH', `/admin/conversations/${id}`, { status });
  const listed = async () =>
    (await amos.call('GET', '/admin/conversations?status=closed')).json.items.find(
      (item: { id: string }) => item.id === id,
    );
  const by = { kind: 'agent', name: 'Amos' };
  expect((await change('closed')).json.conversation).toMatchObject({ closed_by: by });
  expect(await listed()).toMatchObject({ closed_reason: 'resolved', closed_by: by });
  expect((await change('active')).json.conversation).toMatchObject({ closed_by: null });
  const { json } = await amos.call('GET', `/admin/conversations/${id}`);
  expect(json.conversation.closed_by).toBe(null);
  // A visitor is not told who of the team did what.
  const { json: visitorView } = await visitor.call('GET', `/conversations/${id}`);
  expect(JSON.stringify(visitorView)).not.toContain('closed_by');
});
