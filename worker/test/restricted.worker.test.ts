import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { sees } from '../../protocol/conversation/visibility.ts';
import type { SearchHit } from '../../protocol/resources/search.ts';
import { conversationObject } from '../conversation/calls/address.ts';
import { tables } from '../database/configured.ts';
import { openDatabase } from '../database/database.ts';
import { restrictAgents, serveDepartments } from '../features/team/store.ts';
import { COME_BACK } from '../kernel/sockets/closing.ts';
import { connect, counts, expectReconnecting, walk } from './agent-view.ts';
import type { TestSocket } from './socket.ts';
import { hire, SignedInAgent, settleWorld, Visitor } from './world.ts';

/**
 * Agents who see only the departments that they serve (protocol/conversation/visibility.ts): what they list, count,
 * find and hear, and what becomes of what they have open when that changes.
 */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let rita: SignedInAgent;
let ritaId: string;
let memberId: string;
let amosId: string;

beforeAll(async () => {
  world = await settleWorld();
  amosId = world.acme.users[1] ?? '';
  olive = await SignedInAgent.signIn('olive@acme.example');
  const hired = await hire(world.acme.id, 'Rita', [world.acme.sales]);
  ({ agent: rita, id: ritaId } = hired);
  memberId = hired.member.id;
});

/** As it is in each test to begin with: Rita serves Sales, and sees only that. */
beforeEach(async () => {
  const db = openDatabase(env);
  await db.delete(tables.rateLimits);
  await restrictAgents(db, world.acme.id, true);
  await serveDepartments(db, world.acme.id, ritaId, [world.acme.sales]);
});

const FORM = { name: 'Ada', email: 'ada@example.org' };

async function start(department = world.acme.billing, preChatData: object = FORM) {
  const visitor = await Visitor.arrive();
  const more = department === world.acme.sales ? { preChatData } : {};
  return { visitor, ...(await visitor.pick(department, more)) };
}

async function change(id: string, request: object, by = olive) {
  return by.call('PATCH', `/admin/conversations/${id}`, request);
}

async function nameRita(id: string): Promise<void> {
  const note = { id: crypto.randomUUID(), kind: 'note', body: 'Rita?', mentions: [ritaId] };
  await olive.call('POST', `/admin/conversations/${id}/messages`, note);
  await conversationObject(env, world.acme.id, id).settle();
}

const isThere = async (id: string) => {
  const { status } = await rita.call('GET', `/admin/conversations/${id}`);
  return status === 200;
};

describe('lists', () => {
  let label: string;

  beforeAll(async () => {
    const made = await olive.call('POST', '/admin/labels', { name: 'All', color: '#aa3300' });
    label = made.json.label.id;
    // Every way to be Rita's or not, on every shelf.
    const people = [null, ritaId, amosId].flatMap((assigneeId) =>
      [true, false].map((named) => ({ assigneeId, named })),
    );
    for (const department of [world.acme.sales, world.acme.billing]) {
      for (const status of ['open', 'snoozed', 'closed']) {
        await Promise.all(
          people.map(async ({ assigneeId, named }) => {
            const { id } = await start(department);
            const request = { addLabels: [label], ...(assigneeId && { assigneeId }) };
            await change(id, { ...request, ...(status !== 'open' && { status }) });
            if (named) await nameRita(id);
          }),
        );
      }
    }
  }, 120_000);

  test('hold what the rule says, in every queue, in the order of all, page by page', async () => {
    const { sales, billing } = world.acme;
    const queues = [
      'sort=activity',
      'status=snoozed',
      'status=closed',
      'status=active',
      'status=waiting',
      'sort=waiting',
      'assignee=none',
      `assignee=${ritaId}`,
      `assignee=${amosId}`,
      `assignee=${amosId}&status=closed`,
      `department=${sales}`,
      `department=${billing}`,
      `department=${billing}&status=closed`,
      `label=${label}`,
      `label=${label}&status=snoozed`,
      'q=ada',
      'q=nobody',
    ];
    const visibility = { id: ritaId, departments: [sales] };
    let shown = 0;
    for (const queue of queues) {
      const all = await walk(olive, queue);
      const expected = all.filter((item) => sees(visibility, item)).map(({ id }) => id);
      const listed = (await walk(rita, queue)).map(({ id }) => id);
      expect([...listed].sort(), queue).toEqual([...expected].sort());
      expect(new Set(listed).size, queue).toBe(listed.length);
      shown += all.length - expected.length;
    }
    expect(shown).toBeGreaterThan(20);
    const named = await walk(rita, 'mentioned=me');
    expect(named.filter(({ department_id }) => department_id === billing)).toHaveLength(9);
  });

  test('are counted as they are listed', async () => {
    const ritaCounts = await counts(rita);
    const length = async (query: string) => (await walk(rita, query)).length;
    expect(ritaCounts).toMatchObject({
      unassigned: await length('assignee=none'),
      mine: await length('assignee=me'),
      all: await length('status=open'),
      snoozed: await length('status=snoozed'),
    });
    expect(Object.keys(ritaCounts.departments)).toEqual([world.acme.sales]);
    expect(ritaCounts.labels[label]).toBe(await length(`label=${label}`));
    const everything = await counts(olive);
    expect(ritaCounts.all).toBeLessThan(everything.all);
    expect(ritaCounts.snoozed).toBeLessThan(everything.snoozed);
  });
});

test('a customer is there with whom they see a conversation, and only what they see of it', async () => {
  const visible = await start(world.acme.sales);
  const hidden = await start();
  const both = await start(world.acme.sales);
  const inBilling = await both.visitor.pick(world.acme.billing);
  const listed = async () => {
    const { json } = await rita.call('GET', '/admin/customers?limit=100');
    return json.items.map(({ id }: { id: string }) => id);
  };
  expect(await listed()).toContain(visible.widget_customer_id);
  expect(await listed()).not.toContain(hidden.widget_customer_id);
  const customerPath = `/admin/customers/${hidden.widget_customer_id}`;
  for (const [method, path, body] of [
    ['GET', customerPath],
    ['PATCH', customerPath, { name: 'Mine now' }],
    ['GET', `${customerPath}/notes`],
    ['POST', `${customerPath}/notes`, { body: 'Hello' }],
    ['POST', `${customerPath}/block`],
  ] as const) {
    expect((await rita.call(method, path, body)).status, `${method} ${path}`).toBe(404);
  }
  const { json } = await rita.call('GET', `/admin/customers/${both.widget_customer_id}`);
  expect(json.conversations.map(({ id }: { id: string }) => id)).toEqual([both.id]);
  // Not even their number reveals what she does not see.
  const totals = async (agent: SignedInAgent) => {
    const list = await agent.call('GET', '/admin/customers?limit=100');
    const customer = await agent.call('GET', `/admin/customers/${both.widget_customer_id}`);
    const detail = await agent.call('GET', `/admin/conversations/${both.id}`);
    return [
      ...list.json.items.filter(({ id }: { id: string }) => id === both.widget_customer_id),
      customer.json.widget_customer,
      detail.json.conversation.widget_customer,
    ].map(({ total_conversations }) => total_conversations);
  };
  expect(await totals(rita)).toEqual([1, 1, 1]);
  expect(await totals(olive)).toEqual([2, 2, 2]);
  // What follows from what she may do reaches further than she sees.
  const path = `/admin/customers/${both.widget_customer_id}`;
  expect((await rita.call('PATCH', path, { name: 'Ada Byron' })).status).toBe(200);
  const { json: other } = await olive.call('GET', `/admin/conversations/${inBilling.id}`);
  expect(other.conversation.customer.full_name).toBe('Ada Byron');
  const socket = await both.visitor.socket(inBilling.id);
  await socket.hello();
  expect((await rita.call('POST', `${path}/block`)).status).toBe(200);
  expect((await socket.gone()).code).toBe(4403);

  await nameRita(hidden.id);
  expect(await listed()).toContain(hidden.widget_customer_id);
  expect((await rita.call('GET', customerPath)).status).toBe(200);
});

test('the search finds nothing of what they do not see, neither open nor closed', async () => {
  const [visible, hidden] = [
    await start(world.acme.sales, { ...FORM, name: 'Wilma Okapi' }),
    await start(),
  ];
  await hidden.visitor.call('PATCH', '/customer', { name: 'Winona Okapi' });
  for (const { id, visitor } of [visible, hidden]) {
    const sent = { id: crypto.randomUUID(), body: `An okapi in ${id}` };
    await visitor.call('POST', `/conversations/${id}/messages`, sent);
  }
  const idsFor = async (agent: SignedInAgent) => {
    const { json } = await agent.call('GET', '/admin/search?q=okapi');
    return json.items
      .map((hit: SearchHit) => (hit.kind === 'customer' ? hit.customer.id : hit.conversation.id))
      .sort();
  };
  const all = [visible, hidden].flatMap((item) => [item.id, item.widget_customer_id]).sort();
  const own = [visible.id, visible.widget_customer_id].sort();
  await vi.waitFor(async () => expect(await idsFor(olive)).toEqual(all), { timeout: 15_000 });
  expect(await idsFor(rita)).toEqual(own);
  for (const { id } of [visible, hidden]) {
    await change(id, { status: 'closed' });
    await runDurableObjectAlarm(conversationObject(env, world.acme.id, id));
  }
  await vi.waitFor(async () => expect(await idsFor(olive)).toEqual(all), { timeout: 15_000 });
  expect(await idsFor(rita)).toEqual(own);
});

describe('what changes hands', () => {
  const framesAbout = (inbox: TestSocket, id: string) =>
    inbox.next('conversation', ({ conversation }) => conversation.id === id);

  test('is heard of by who sees it; who saw it last hears that it is gone', async () => {
    const inbox = await rita.socket('/inbox/socket');
    const hidden = await start();
    const { id } = await start(world.acme.sales);
    await framesAbout(inbox, id);
    const socket = await rita.socket(`/conversations/${id}/socket`);
    await socket.hello();

    await change(id, { departmentId: world.acme.billing });
    expect(await inbox.next('gone')).toEqual({ type: 'gone', id, version: expect.any(Number) });
    expect((await socket.gone()).code).toBe(COME_BACK);
    await expect(rita.socket(`/conversations/${id}/socket`)).rejects.toThrow('404');
    expect(await isThere(id)).toBe(false);
    await change(id, { priority: 'high' });

    await nameRita(id);
    await framesAbout(inbox, id);
    expect(await isThere(id)).toBe(true);
    await change(hidden.id, { assigneeId: ritaId });
    await framesAbout(inbox, hidden.id);
    await change(hidden.id, { assigneeId: null });
    expect(await inbox.next('gone')).toEqual({
      type: 'gone',
      id: hidden.id,
      version: expect.any(Number),
    });
    // Of what is not hers, not a word.
    expect(inbox.frames.filter(({ type }) => type === 'gone' || type === 'conversation')).toEqual(
      [],
    );
    inbox.close();
  });

  test('is handed on by its assignee, and is then unassigned in its new department', async () => {
    const { id } = await start(world.acme.sales);
    await rita.call('POST', `/admin/conversations/${id}/claim`);
    const { status, json } = await change(id, { departmentId: world.acme.billing }, rita);
    expect(status).toBe(200);
    expect(json.conversation).toMatchObject({
      department_id: world.acme.billing,
      assignee: null,
    });
    expect(await isThere(id)).toBe(false);
    expect((await walk(rita, 'sort=activity')).map((item) => item.id)).not.toContain(id);
    expect((await walk(olive, 'assignee=none')).map((item) => item.id)).toContain(id);
    // A colleague whom she names keeps it.
    const other = await start(world.acme.sales);
    await rita.call('POST', `/admin/conversations/${other.id}/claim`);
    const response = await change(
      other.id,
      { departmentId: world.acme.billing, assigneeId: amosId },
      rita,
    );
    expect(response.json.conversation.assignee.id).toBe(amosId);
  });

  test('cannot be reached in bulk where it is not seen, and changes where it is', async () => {
    const [visible, hidden] = [await start(world.acme.sales), await start()];
    const ids = [visible.id, hidden.id];
    const request = { ids, change: { departmentId: world.acme.billing } };
    const { json } = await rita.call('POST', '/admin/conversations/bulk', request);
    expect(json.items).toMatchObject([
      { ok: true, id: visible.id },
      { ok: false, id: hidden.id, error: { code: 'not_found' } },
    ]);
    const claimed = await rita.call('POST', `/admin/conversations/${hidden.id}/claim`);
    expect(claimed.status).toBe(404);
    expect((await change(hidden.id, { assigneeId: ritaId }, rita)).status).toBe(404);
  });
});

describe('a change while they are connected', () => {
  const billingServedBy = (memberIds: string[]) =>
    olive.call('PATCH', `/admin/departments/${world.acme.billing}`, { memberIds });

  test('of the setting holds at once: their sockets come back, and nobody else’s', async () => {
    const { id } = await start();
    const hers = await olive.socket('/inbox/socket');
    const set = (restrictAgents: boolean) => olive.call('PATCH', '/admin/team', { restrictAgents });
    expect((await rita.call('PATCH', '/admin/team', { restrictAgents: false })).status).toBe(403);
    expect((await rita.call('GET', '/admin/me')).json.departments).toEqual([world.acme.sales]);
    const inbox = await rita.socket('/inbox/socket');
    expect((await set(false)).json.restrict_agents).toBe(false);
    await expectReconnecting([inbox]);
    expect((await rita.call('GET', '/admin/me')).json.departments).toBeUndefined();
    const sockets = await connect(rita, id);
    await hers.next('setup', ({ what }) => what === 'members');
    await set(true);
    await expectReconnecting(sockets);
    expect(await isThere(id)).toBe(false);
    await expect(rita.socket(`/conversations/${id}/socket`)).rejects.toThrow('404');
    expect(hers.closed).toBeNull();
    hers.close();
  });

  test('of the members of a department takes effect at once, from either side', async () => {
    const { id } = await start();
    const inbox = await rita.socket('/inbox/socket');
    await billingServedBy([ritaId]);
    await expectReconnecting([inbox]);
    const sockets = await connect(rita, id);
    await olive.call('PATCH', `/admin/members/${memberId}`, { departmentIds: [] });
    await expectReconnecting(sockets);
    expect(await isThere(id)).toBe(false);
    expect(await walk(rita, `department=${world.acme.sales}`)).toEqual(
      (await walk(rita, 'status=open')).filter(
        ({ department_id }) => department_id === world.acme.sales,
      ),
    );
  });

  test('of the role: a new admin sees everything, and stops when an agent again', async () => {
    const { id } = await start();
    expect(await isThere(id)).toBe(false);
    await olive.call('PATCH', `/admin/members/${memberId}`, { role: 'admin' });
    expect(await isThere(id)).toBe(true);
    const sockets = await connect(rita, id);
    await olive.call('PATCH', `/admin/members/${memberId}`, { role: 'agent' });
    await expectReconnecting(sockets);
    expect(await isThere(id)).toBe(false);
  });
});
