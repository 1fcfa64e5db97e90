import { SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../../protocol/conversation/message.ts';
import type { CustomerEntry } from '../../../protocol/resources/customer-entry.ts';
import { whileRefused } from '../../test/stand-ins/refusing-table.ts';
import { call, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** P11: a customer's record and its entry are written together, whoever changes it and on which way. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let secret: string;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  const olive = await SignedInAgent.signIn('olive@acme.example');
  secret = (await olive.call('POST', '/admin/identity-secrets')).json.secret;
});

/** What happened to a customer, in order. */
async function entriesOf(customer: string): Promise<Pick<CustomerEntry, 'event' | 'by'>[]> {
  const { json } = await amos.call('GET', `/admin/customers/${customer}/entries`);
  return [...json.items].reverse().map(({ event, by }: CustomerEntry) => ({ event, by }));
}

async function recordOf(customer: string) {
  const { json } = await amos.call('GET', `/admin/customers/${customer}`);
  const { full_name, email, blocked_at, total_conversations } = json.widget_customer;
  return { full_name, email, blocked: blocked_at !== null, total_conversations };
}

/** The events of a conversation about its customer, each with who did it. */
async function toldTo(conversation: string) {
  const { json } = await amos.call('GET', `/admin/conversations/${conversation}/messages`);
  return json.items
    .filter(({ event }: Message) => event?.type === 'customer_changed')
    .map(({ event, by }: Message) => ({ event, by }));
}

/** A visitor whom the site vouches for. */
async function arrive(claims: Record<string, string>): Promise<Visitor> {
  const identity = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
  const { json } = await call('POST', '/api/widget/sessions', {
    body: { key: 'wk_acme', identity, page: { url: 'https://shop.example/' } },
  });
  return new Visitor(json);
}

const named = (full_name: string, ...changed: string[]) => ({
  type: 'customer_changed',
  changed,
  full_name,
});

test('P11: a name of the form is an entry of the customer and of what else is open', async () => {
  const visitor = await Visitor.arrive();
  const first = await visitor.pick(world.acme.billing, { customerData: { name: 'Ada' } });
  const customer = first.widget_customer_id ?? '';
  const by = { kind: 'visitor', id: customer };
  // What a record begins with is no change.
  expect(await entriesOf(customer)).toEqual([]);
  const answers = { preChatData: { name: 'Ada L.', email: 'ada@l.example' } };
  const second = await visitor.pick(world.acme.sales, answers);
  const expected = [{ event: named('Ada L.', 'full_name', 'email'), by }];
  expect(await entriesOf(customer)).toEqual(expected);
  expect(await toldTo(first.id)).toEqual(expected);
  // It began with that name.
  expect(await toldTo(second.id)).toEqual([]);
  // The same values again, and no values, change nothing.
  await visitor.call('POST', `/conversations/${second.id}/close`);
  await visitor.pick(world.acme.sales, answers);
  expect(await entriesOf(customer)).toEqual(expected);
});

test('P11: what the site vouches for is the site’s, what is typed beside it the visitor’s', async () => {
  const first = await (await arrive({ sub: 'grace' })).pick(world.acme.billing);
  const customer = first.widget_customer_id ?? '';
  const grace = await arrive({ sub: 'grace', name: 'Grace' });
  await grace.pick(world.acme.sales, { preChatData: { name: 'G.', email: 'g@h.example' } });
  const site = { kind: 'system', cause: 'identity' };
  const entries = await entriesOf(customer);
  expect(entries).toHaveLength(2);
  expect(entries).toEqual(
    expect.arrayContaining([
      { event: named('Grace', 'full_name'), by: site },
      { event: named('Grace', 'email'), by: { kind: 'visitor', id: customer } },
    ]),
  );
  expect(await recordOf(customer)).toMatchObject({ full_name: 'Grace', email: 'g@h.example' });
  expect(await toldTo(first.id)).toEqual([
    { event: named('Grace', 'full_name', 'email'), by: site },
  ]);
});

describe('P11: a change that fails leaves neither the record nor an entry', () => {
  const changes: Record<
    string,
    (visitor: Visitor, customer: string) => Promise<{ status: number }>
  > = {
    'a name by an agent': (_, customer) =>
      amos.call('PATCH', `/admin/customers/${customer}`, { name: 'Eve', email: 'e@e.example' }),
    'a name by the visitor': (visitor) => visitor.call('PATCH', '/customer', { name: 'Eve' }),
    'a name of the form': (visitor) =>
      visitor.call('POST', '/conversations', {
        departmentId: world.acme.sales,
        preChatData: { name: 'Eve', email: 'e@e.example' },
      }),
    'a block': (_, customer) => amos.call('POST', `/admin/customers/${customer}/block`),
    'ended sessions': (_, customer) =>
      amos.call('POST', `/admin/customers/${customer}/sessions/revoke`),
  };
  const faults = [
    ['customer_entries', 'INSERT'],
    ['widget_customers', 'UPDATE'],
  ] as const;
  const cases = Object.keys(changes).flatMap((name) =>
    faults.map(([table, kind]) => ({ name, table, kind })),
  );

  test.each(cases)('$name, when $table refuses', async ({ name, table, kind }) => {
    const visitor = await Visitor.arrive();
    const { widget_customer_id } = await visitor.pick(world.acme.billing);
    const customer = widget_customer_id ?? '';
    const change = () => changes[name]?.(visitor, customer);
    const before = await recordOf(customer);
    const failed = await whileRefused(table, kind, async () => change());
    expect(failed?.status).toBeGreaterThanOrEqual(500);
    expect(await recordOf(customer)).toEqual(before);
    expect(await entriesOf(customer)).toEqual([]);
    // Asked again, it is done once.
    expect((await change())?.status).toBeLessThan(300);
    expect(await entriesOf(customer)).toHaveLength(1);
  });
});

test('P11: of two at once who change it alike, one entry says so', async () => {
  const visitor = await Visitor.arrive();
  const { widget_customer_id } = await visitor.pick(world.acme.billing);
  const path = `/admin/customers/${widget_customer_id}`;
  const twice = (ask: () => Promise<{ status: number }>) =>
    Promise.all([ask(), ask(), ask()]).then((answers) => answers.map(({ status }) => status));
  const ok = [200, 200, 200];
  expect(await twice(() => amos.call('PATCH', path, { name: 'Ada' }))).toEqual(ok);
  expect(await twice(() => amos.call('POST', `${path}/block`))).toEqual(ok);
  expect(await twice(() => amos.call('DELETE', `${path}/block`))).toEqual(ok);
  expect((await entriesOf(widget_customer_id ?? '')).map(({ event }) => event)).toEqual([
    named('Ada', 'full_name'),
    { type: 'visitor_blocked', blocked: true },
    { type: 'visitor_blocked', blocked: false },
  ]);
});
