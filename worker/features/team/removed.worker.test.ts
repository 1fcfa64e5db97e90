import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { MAX_LABELS_EACH } from '../../../protocol/limits.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { hire, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { join } from '../joining/store.ts';

const { members } = tables;

/** What stays behind of things and people that an organization removed. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  amos = await SignedInAgent.signIn('amos@acme.example');
});

describe('labels', () => {
  test('A11: those that were removed leave room on a conversation for others', async () => {
    const label = async (name: string): Promise<string> =>
      (await olive.call('POST', '/admin/labels', { name, color: '#aa3300' })).json.label.id;
    const old: string[] = [];
    for (let index = 0; index < MAX_LABELS_EACH; index += 1) old.push(await label(`Old ${index}`));
    const { id } = await (await Visitor.arrive()).pick(world.acme.billing);
    const add = (addLabels: string[]) =>
      amos.call('PATCH', `/admin/conversations/${id}`, { addLabels });
    expect((await add(old)).status).toBe(200);
    const newLabel = await label('New');
    expect((await add([newLabel])).status).toBe(409);
    for (const item of old) await olive.call('DELETE', `/admin/labels/${item}`);
    const { status, json } = await add([newLabel]);
    expect(status).toBe(200);
    expect(json.conversation.label_ids).toEqual([newLabel]);
    const listed = await amos.call('GET', `/admin/conversations?label=${newLabel}`);
    expect(listed.json.items.map((item: { id: string }) => item.id)).toEqual([id]);
  });
});

describe('saved views', () => {
  test('A23: say which of what they ask for was removed', async () => {
    const label = await olive.call('POST', '/admin/labels', { name: 'Gone', color: '#aa3300' });
    const { id: userId, member } = await hire(world.acme.id, 'Departing', []);
    const make = async (query: object) => {
      const made = await amos.call('POST', '/admin/views', { name: 'A view', query });
      expect(made).toMatchObject({ status: 201, json: { view: { missing: [] } } });
      return made.json.view.id;
    };
    const labelled = await make({ label: label.json.label.id, status: 'open' });
    const othersView = await make({ assignee: userId, department: world.acme.sales });
    const ownView = await make({ assignee: 'me' });
    const missing = async () => {
      const { items } = (await amos.call('GET', '/admin/views')).json;
      return [labelled, othersView, ownView].map(
        (id) => items.find((item: { id: string }) => item.id === id).missing,
      );
    };
    expect(await missing()).toEqual([[], [], []]);
    const inbox = await amos.socket('/inbox/socket');
    await olive.call('DELETE', `/admin/labels/${label.json.label.id}`);
    await inbox.next('setup', ({ what }) => what === 'views');
    expect(await missing()).toEqual([['label'], [], []]);
    await olive.call('DELETE', `/admin/members/${member.id}`);
    await inbox.next('setup', ({ what }) => what === 'views');
    expect(await missing()).toEqual([['label'], ['assignee'], []]);
    const renamed = await amos.call('PATCH', `/admin/views/${othersView}`, { name: 'Theirs' });
    expect(renamed.json.view).toMatchObject({ name: 'Theirs', missing: ['assignee'] });
    const mended = await amos.call('PATCH', `/admin/views/${labelled}`, { query: {} });
    expect(mended.json.view.missing).toEqual([]);
    inbox.close();
  });
});

describe('A2: conversations of a member who is removed', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  let hired = 0;
  /** A new colleague who has a conversation. */
  async function somebody() {
    const colleague = await hire(world.acme.id, `Colleague${'x'.repeat(++hired)}`, []);
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.billing);
    expect((await colleague.agent.call('POST', `/admin/conversations/${id}/claim`)).status).toBe(
      200,
    );
    const patch = async (body: object, by = olive) => {
      const { status, json } = await by.call('PATCH', `/admin/conversations/${id}`, body);
      expect(status).toBe(200);
      return json.conversation;
    };
    const look = async () =>
      (await olive.call('GET', `/admin/conversations/${id}`)).json.conversation;
    const object = conversationObject(env, world.acme.id, id);
    return { ...colleague, visitor, conversation: id, patch, look, object };
  }
  const remove = async (memberId: string) =>
    expect((await olive.call('DELETE', `/admin/members/${memberId}`)).status).toBe(204);
  /** As if the conversation had not been told: it was closed, or did not answer. */
  const removeUnnoticed = (memberId: string) =>
    openDatabase(env).delete(members).where(eq(members.id, memberId));
  async function isUnassigned(id: string): Promise<void> {
    const { json } = await amos.call('GET', '/admin/conversations?assignee=none&limit=100');
    expect(json.items.map((item: { id: string }) => item.id)).toContain(id);
    const claimed = await amos.call('POST', `/admin/conversations/${id}/claim`);
    expect(claimed).toMatchObject({
      status: 200,
      json: { conversation: { assignee: { name: 'Amos' } } },
    });
  }

  test('A2: a closed one is unassigned once it is reopened, and can be claimed', async () => {
    const { member, conversation, patch, look } = await somebody();
    const { version } = await patch({ status: 'closed' });
    await remove(member.id);
    // A member with thousands of closed ones is removed without a call to each.
    expect((await look()).version).toBe(version);
    expect(await patch({ status: 'active' })).toMatchObject({ status: 'waiting', assignee: null });
    await isUnassigned(conversation);
  });

  test('A2: one that is snoozed until its visitor writes is unassigned at once', async () => {
    const { member, conversation, patch, look, visitor, object } = await somebody();
    await patch({ status: 'snoozed' });
    await remove(member.id);
    expect(await look()).toMatchObject({ status: 'snoozed', assignee: null });
    const message = { id: crypto.randomUUID(), body: 'Hello?' };
    await visitor.call('POST', `/conversations/${conversation}/messages`, message);
    await object.settle();
    await isUnassigned(conversation);
  });

  test('A2: one that was not told finds out when its visitor writes', async () => {
    const { member, conversation, patch, visitor, object } = await somebody();
    await patch({ status: 'snoozed' });
    await removeUnnoticed(member.id);
    const message = { id: crypto.randomUUID(), body: 'Hello?' };
    await visitor.call('POST', `/conversations/${conversation}/messages`, message);
    await object.settle();
    await isUnassigned(conversation);
  });

  test('A2: or as its time comes, or at its next look at the database', async () => {
    const { member, conversation, patch, object } = await somebody();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    await patch({ status: 'snoozed', snoozedUntil: until });
    await removeUnnoticed(member.id);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(until) });
    await runDurableObjectAlarm(object);
    vi.useRealTimers();
    await isUnassigned(conversation);

    const other = await somebody();
    await removeUnnoticed(other.member.id);
    await runDurableObjectAlarm(other.object);
    await isUnassigned(other.conversation);
  });

  test('A2: who comes back has what was theirs', async () => {
    const { id, member, patch } = await somebody();
    await patch({ status: 'closed' });
    await remove(member.id);
    await join(openDatabase(env), world.acme.id, 'agent', { user_id: id });
    expect(await patch({ status: 'active' })).toMatchObject({ assignee: { id } });
  });

  test('A2: agents are told who it was, visitors only that it is unassigned', async () => {
    const { member, conversation, visitor, object } = await somebody();
    const visitorSocket = await visitor.socket(conversation);
    await visitorSocket.hello();
    await remove(member.id);
    const head = await visitorSocket.next('conversation');
    expect(head.conversation.assignee).toBeNull();
    visitorSocket.close();
    await object.settle();
    const { json } = await olive.call('GET', `/admin/conversations/${conversation}/messages`);
    expect(json.items.at(-1)).toMatchObject({ event: { type: 'assigned', assignee: null } });
    const { json: transcript } = await visitor.call(
      'GET',
      `/conversations/${conversation}/messages`,
    );
    expect(JSON.stringify(transcript)).not.toContain('assigned');
  });
});
