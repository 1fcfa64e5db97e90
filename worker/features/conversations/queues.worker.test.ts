import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { SavedView } from '../../../protocol/resources/saved-view.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import type { TestSocket } from '../../test/socket.ts';
import { hire, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** What agents find conversations by, and what they do with many at once. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let olive: SignedInAgent;
let amosId: string;
let oliveId: string;

beforeAll(async () => {
  world = await settleWorld();
  [oliveId = '', amosId = ''] = world.acme.users;
  amos = await SignedInAgent.signIn('amos@acme.example');
  olive = await SignedInAgent.signIn('olive@acme.example');
});

async function start(department = world.acme.billing): Promise<string> {
  const visitor = await Visitor.arrive();
  // Sales alone asks who it is.
  const preChatData = { name: 'Ada', email: 'ada@example.org' };
  return (await visitor.pick(department, department === world.acme.sales ? { preChatData } : {}))
    .id;
}

async function makeLabel(): Promise<string> {
  const body = { name: crypto.randomUUID(), color: '#aa3300' };
  return (await olive.call('POST', '/admin/labels', body)).json.label.id;
}

const patch = (id: string, change: object) =>
  amos.call('PATCH', `/admin/conversations/${id}`, change);

async function mention(id: string, ...mentions: string[]): Promise<void> {
  const note = { id: crypto.randomUUID(), kind: 'note', body: 'Can you look?', mentions };
  await amos.call('POST', `/admin/conversations/${id}/messages`, note);
  await conversationObject(env, world.acme.id, id).settle();
}

async function list(agent: SignedInAgent, query: string): Promise<string[]> {
  const { status, json } = await agent.call('GET', `/admin/conversations?${query}`);
  expect(status, query).toBe(200);
  return json.items.map(({ id }: ConversationSummary) => id);
}

const counts = async (agent: SignedInAgent) =>
  (await agent.call('GET', '/admin/conversations/counts')).json;

describe('queues', () => {
  test('a label finds its own, in pages, with every other filter', async () => {
    const label = await makeLabel();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      const id = await start(world.acme.sales);
      await patch(id, { addLabels: [label] });
      ids.unshift(id);
    }
    const [newest = '', second = '', third = '', ...older] = ids;
    await patch(newest, { status: 'closed' });
    await patch(second, { assigneeId: amosId });
    await patch(third, { departmentId: world.acme.billing });
    await start();
    const listed: string[] = [];
    for (let cursor = ''; ; ) {
      const path = `/admin/conversations?label=${label}&limit=2${cursor}`;
      const { json } = await amos.call('GET', path);
      listed.push(...json.items.map(({ id }: ConversationSummary) => id));
      if (json.next_cursor === null) break;
      cursor = `&cursor=${json.next_cursor}`;
    }
    expect(listed.sort()).toEqual([second, third, ...older].sort());
    const labelled = (query: string) => list(amos, `label=${label}&${query}`);
    expect(await labelled('status=closed')).toEqual([newest]);
    expect(await labelled('assignee=me')).toEqual([second]);
    expect(await labelled(`department=${world.acme.billing}`)).toEqual([third]);
    expect((await labelled('sort=waiting')).sort()).toEqual([second, third, ...older].sort());
    expect((await labelled('q=ada')).sort()).toEqual([second, third, ...older].sort());
    expect(await labelled('q=nobody')).toEqual([]);
    await patch(third, { removeLabels: [label] });
    expect((await labelled('sort=activity')).sort()).toEqual([second, ...older].sort());
  });

  test('whom a note names finds it, closed or not, and nobody else does', async () => {
    const [open, shut] = [await start(), await start()];
    await mention(open, oliveId);
    await mention(shut, oliveId);
    await patch(shut, { status: 'closed' });
    const hers = await list(olive, 'mentioned=me');
    expect(hers).toEqual(expect.arrayContaining([open, shut]));
    expect(await list(olive, 'mentioned=me&status=closed')).toEqual([shut]);
    expect(await list(amos, 'mentioned=me')).toEqual([]);
    const label = await makeLabel();
    await patch(open, { addLabels: [label] });
    expect(await list(olive, `mentioned=me&label=${label}`)).toEqual([open]);
    expect((await olive.call('GET', '/admin/conversations?mentioned=you')).status).toBe(400);
  });

  test('counts follow what is claimed, snoozed, labelled, moved, named and seen', async () => {
    const label = await makeLabel();
    const { sales, billing } = world.acme;
    const before = await counts(olive);
    const id = await start(billing);
    const during = async (change: object) => {
      expect((await patch(id, change)).status).toBe(200);
      const now = await counts(olive);
      const difference: Record<string, number> = {};
      for (const queue of ['unassigned', 'mine', 'mentions', 'all', 'snoozed']) {
        if (now[queue] !== before[queue]) difference[queue] = now[queue] - before[queue];
      }
      for (const [name, department] of Object.entries({ sales, billing })) {
        const step = now.departments[department] - before.departments[department];
        if (step !== 0) difference[name] = step;
      }
      if (now.labels[label]) difference.label = now.labels[label];
      return difference;
    };
    expect(await during({ priority: 'high' })).toEqual({ unassigned: 1, all: 1, billing: 1 });
    expect(await during({ assigneeId: oliveId, addLabels: [label] })).toEqual({
      mine: 1,
      all: 1,
      billing: 1,
      label: 1,
    });
    expect(await during({ departmentId: sales })).toEqual({ mine: 1, all: 1, sales: 1, label: 1 });
    await mention(id, oliveId);
    expect(await during({ status: 'snoozed' })).toEqual({ mentions: 1, snoozed: 1 });
    await olive.call('PATCH', `/admin/conversations/${id}`, { mentionSeen: true });
    expect(await during({ status: 'active' })).toEqual({ mine: 1, all: 1, sales: 1, label: 1 });
    expect(await during({ status: 'closed' })).toEqual({});
  });
});

describe('saved views', () => {
  const views = async (agent: SignedInAgent): Promise<SavedView[]> =>
    (await agent.call('GET', '/admin/views')).json.items;

  test('are private until they are shared, and everybody is told of a change', async () => {
    const hers: TestSocket = await olive.socket('/inbox/socket');
    const query = { status: 'open', assignee: 'none', sort: 'waiting' };
    const made = await amos.call('POST', '/admin/views', { name: ' Queue ', query });
    expect(made.status).toBe(201);
    const { view } = made.json;
    const own = { shared: false, shared_by: null };
    expect(view).toEqual({
      id: view.id,
      name: 'Queue',
      query,
      position: expect.any(Number),
      ...own,
      missing: [],
    });
    expect(await hers.next('setup')).toMatchObject({ what: 'views', items: [], removed: [] });
    expect([await views(amos), await views(olive)]).toEqual([[view], []]);
    const path = `/admin/views/${view.id}`;
    expect((await olive.call('PATCH', path, { name: 'Mine now' })).status).toBe(404);
    expect((await olive.call('DELETE', path)).status).toBe(404);

    await amos.call('PATCH', path, { shared: true });
    const shared = { shared: true, shared_by: amosId };
    expect(await views(olive)).toEqual([{ ...view, ...shared }]);
    await olive.call('PATCH', path, { name: 'Ours' });
    expect(await views(amos)).toEqual([{ ...view, name: 'Ours', ...shared }]);
    // It is the team's now, and so no longer his to change (S19).
    expect((await amos.call('PATCH', path, { name: 'Mine' })).status).toBe(403);
    expect((await olive.call('DELETE', path)).status).toBe(204);
    expect(await views(amos)).toEqual([]);
    hers.close();
  });

  test('S19: who shared one takes it back, whoever changed it meanwhile, and nobody else does', async () => {
    const query = { status: 'open' };
    const made = await amos.call('POST', '/admin/views', { name: 'Queue', query, shared: true });
    const { view } = made.json;
    expect(view).toMatchObject({ shared: true, shared_by: amosId });
    const path = `/admin/views/${view.id}`;
    const bea = (await hire(world.acme.id, 'Bea', [])).agent;
    expect((await bea.call('PATCH', path, { shared: false })).status).toBe(403);
    // Shared again by the owner, it still belongs to the agent who shared it first.
    await olive.call('PATCH', path, { shared: true, name: 'Ours' });
    expect((await amos.call('PATCH', path, { shared: true })).status).toBe(403);
    const back = await amos.call('PATCH', path, { shared: false });
    expect([back.status, back.json.view]).toMatchObject([
      200,
      { name: 'Ours', shared: false, shared_by: null },
    ]);
    expect([await views(bea), await views(olive)]).toEqual([[], []]);
    // What the owner made private is hers, and no longer his to take back.
    await amos.call('PATCH', path, { shared: true });
    await olive.call('PATCH', path, { shared: false });
    expect((await amos.call('PATCH', path, { shared: false })).status).toBe(404);
    expect((await olive.call('DELETE', path)).status).toBe(204);
  });

  test('P9 what is no view is refused, field by field', async () => {
    const refused = await amos.call('POST', '/admin/views', {
      name: ' ',
      query: { sort: 'loudest', nonsense: 1 },
    });
    expect(refused.status).toBe(400);
    expect(Object.keys(refused.json.error.fields).sort()).toEqual([
      'name',
      'query.nonsense',
      'query.sort',
    ]);
  });
});

describe('bulk', () => {
  const bulk = (ids: unknown, change: object) =>
    amos.call('POST', '/admin/conversations/bulk', { ids, change });

  test('changes each, and says for each that failed why', async () => {
    const [fine, shut] = [await start(), await start()];
    const missing = crypto.randomUUID();
    await patch(shut, { status: 'closed' });
    const { status, json } = await bulk([fine, shut, missing, fine], {
      assigneeId: oliveId,
      priority: 'high',
    });
    expect(status).toBe(200);
    expect(json.items).toMatchObject([
      { id: fine, ok: true, conversation: { assignee: { name: 'Olive' }, priority: 'high' } },
      { id: shut, ok: false, error: { code: 'conversation_closed' } },
      { id: missing, ok: false, error: { code: 'not_found' } },
    ]);
    expect(await list(olive, 'assignee=me')).toContain(fine);
  });

  test('closes many, and the lists have it at once', async () => {
    const label = await makeLabel();
    const ids = await Promise.all(Array.from({ length: 20 }, () => start()));
    await bulk(ids, { addLabels: [label] });
    expect((await list(amos, `label=${label}&limit=100`)).sort()).toEqual([...ids].sort());
    const { json } = await bulk(ids, { status: 'closed' });
    expect(json.items.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(json.items.every(({ ok }: { ok: boolean }) => ok)).toBe(true);
    expect(await list(amos, `label=${label}`)).toEqual([]);
  });

  test('P9 refuses what fits none of them before it changes anything', async () => {
    const id = await start();
    expect((await bulk([], { status: 'closed' })).status).toBe(400);
    expect((await bulk(['nonsense'], { status: 'closed' })).status).toBe(400);
    const many = Array.from({ length: 101 }, () => crypto.randomUUID());
    expect((await bulk(many, { status: 'closed' })).status).toBe(400);
    const refused = await bulk([id], { status: 'closed', assigneeId: 'nobody' });
    expect(refused.json.error.fields).toEqual({ assigneeId: "This member doesn't exist." });
    expect(await list(amos, 'assignee=none&limit=100')).toContain(id);
  });
});
