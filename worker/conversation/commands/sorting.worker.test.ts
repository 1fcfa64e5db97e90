import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { createLabel } from '../../features/labels/store.ts';
import { byFoyer } from '../../test/by.ts';
import { hire, SignedInAgent, SOON, settleWorld, Visitor } from '../../test/world.ts';
import { conversationObject } from '../calls/address.ts';

const { conversationLabels, conversationMentions } = tables;

/** What agents sort conversations by: snoozed until a time, labelled, named in a note, rated. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let visitor: Visitor;
let conversation: StartedConversation;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

beforeEach(async () => {
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
});

afterEach(() => {
  vi.useRealTimers();
});

const patch = (body: object) => amos.call('PATCH', `/admin/conversations/${conversation.id}`, body);
const object = () => conversationObject(env, world.acme.id, conversation.id);

async function isListed(query: string): Promise<boolean> {
  const { json } = await amos.call('GET', `/admin/conversations?${query}`);
  return json.items.some(({ id }: { id: string }) => id === conversation.id);
}

describe('snoozed', () => {
  test('until a time, it is not in the inbox, and comes back by itself', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const { json } = await patch({ status: 'snoozed', snoozedUntil: until });
    expect(json.conversation).toMatchObject({ status: 'snoozed', snoozed_until: until });
    expect([await isListed('status=open'), await isListed('status=snoozed')]).toEqual([
      false,
      true,
    ]);
    // Its visitor is not told that it was put aside.
    const theirs = await visitor.socket(conversation.id);
    expect(await theirs.hello()).toMatchObject({
      messages: [],
      conversation: { status: 'waiting' },
    });

    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(until) - 60_000 });
    await runDurableObjectAlarm(object());
    expect(await isListed('status=snoozed')).toBe(true);
    vi.setSystemTime(Date.parse(until));
    expect(await runDurableObjectAlarm(object())).toBe(true);
    expect([await isListed('status=open'), await isListed('status=snoozed')]).toEqual([
      true,
      false,
    ]);
    // Alarms may ring twice.
    await runInDurableObject(object(), (instance) => instance.alarm());
    const { json: history } = await amos.call(
      'GET',
      `/admin/conversations/${conversation.id}/messages`,
    );
    const types = history.items.map(({ event }: { event: { type: string } }) => event.type);
    expect(types).toEqual(['snoozed', 'woke']);
  });

  test('until the next reply, a message of the visitor brings it back', async () => {
    await patch({ status: 'snoozed' });
    expect(await isListed('status=snoozed')).toBe(true);
    const theirs = await visitor.socket(conversation.id);
    await theirs.send('Are you there?');
    await object().settle();
    expect([await isListed('status=open'), await isListed('status=snoozed')]).toEqual([
      true,
      false,
    ]);
  });
});

test('labels are added and removed one by one, and the row is found by each', async () => {
  const db = openDatabase(env);
  const color = '#aa3300';
  const bug = await createLabel(db, byFoyer(world.acme.id), { name: crypto.randomUUID(), color });
  const vip = await createLabel(db, byFoyer(world.acme.id), { name: crypto.randomUUID(), color });
  await Promise.all([patch({ addLabels: [bug.id] }), patch({ addLabels: [vip.id] })]);
  const rows = async () =>
    (
      await db
        .select({ id: conversationLabels.label_id })
        .from(conversationLabels)
        .where(eq(conversationLabels.conversation_id, conversation.id))
    )
      .map(({ id }) => id)
      .sort();
  expect(await rows()).toEqual([bug.id, vip.id].sort());
  const { json } = await patch({ removeLabels: [bug.id] });
  expect(json.conversation.label_ids).toEqual([vip.id]);
  expect(await rows()).toEqual([vip.id]);
  // P7: said again, as after a crash, it is the same.
  await object().settle();
  expect(await rows()).toEqual([vip.id]);
  expect((await patch({ addLabels: [crypto.randomUUID()] })).status).toBe(400);
  // P11: each change is an entry with its labels' names, and says who did it.
  const path = `/admin/conversations/${conversation.id}/messages`;
  const { json: history } = await amos.call('GET', path);
  const [first, second, third, ...more] = history.items;
  expect(more).toEqual([]);
  const added = [first, second].flatMap(({ event }) => event.added).map(({ name }) => name);
  expect(added.sort()).toEqual([bug.name, vip.name].sort());
  expect(third).toMatchObject({
    by: { kind: 'agent', name: 'Amos' },
    body: `Labels removed: ${bug.name}.`,
    event: { type: 'labels_changed', added: [], removed: [{ id: bug.id, name: bug.name }] },
  });
});

test('a note is in the mentions of the user it names until they have seen it, and of nobody else', async () => {
  const db = openDatabase(env);
  const [olive = ''] = world.acme.users;
  const nobody = crypto.randomUUID();
  await amos.call('POST', `/admin/conversations/${conversation.id}/messages`, {
    id: crypto.randomUUID(),
    kind: 'note',
    body: '@Olive, can you look?',
    mentions: [olive, nobody],
  });
  await object().settle();
  const rows = () =>
    db
      .select()
      .from(conversationMentions)
      .where(eq(conversationMentions.conversation_id, conversation.id));
  const row = {
    organization_id: world.acme.id,
    user_id: olive,
    conversation_id: conversation.id,
    seq: 1,
    seen: false,
  };
  expect(await rows()).toEqual([row]);
  const hers = await SignedInAgent.signIn('olive@acme.example');
  await hers.call('PATCH', `/admin/conversations/${conversation.id}`, { mentionSeen: true });
  expect(await rows()).toEqual([{ ...row, seen: true }]);
});

test('A17: a note that is edited or taken back is in the mentions of the users it names now', async () => {
  const [olive = ''] = world.acme.users;
  const hers = await SignedInAgent.signIn('olive@acme.example');
  const inbox = await hers.socket('/inbox/socket');
  const messages = `/admin/conversations/${conversation.id}/messages`;
  const note = { id: crypto.randomUUID(), kind: 'note', body: 'Can somebody look?' };
  const { seq } = (await amos.call('POST', messages, note)).json;
  const change = (body: string, mentions?: string[]) =>
    amos.call('PATCH', `${messages}/${seq}`, { id: crypto.randomUUID(), body, mentions });
  const counted = async () => {
    await object().settle();
    return (await hers.call('GET', '/admin/conversations/counts')).json.mentions;
  };
  const before = await counted();
  const nextHead = () =>
    inbox.next('conversation', (frame) => frame.conversation.id === conversation.id);

  expect((await change('Can @Olive look?', [olive])).status).toBe(200);
  expect(await counted()).toBe(before + 1);
  await vi.waitFor(async () => {
    expect((await nextHead()).conversation).toMatchObject({
      mentions: [{ user_id: olive, seq, seen: false }],
    });
  }, SOON);
  await change('Can @Olive look, please?');
  expect(await counted()).toBe(before + 1);
  await change('Can anybody look?', []);
  expect(await counted()).toBe(before);
  await change('@Olive?', [olive]);
  expect(await counted()).toBe(before + 1);
  await amos.call('DELETE', `${messages}/${seq}?id=${crypto.randomUUID()}`);
  expect(await counted()).toBe(before);
  inbox.close();
});

test('A17: an agent who sees it through a mention does not after the mention is removed', async () => {
  const { id: cleo, agent: hers } = await hire(world.acme.id, 'Cleopatra', [world.acme.sales]);
  const olive = await SignedInAgent.signIn('olive@acme.example');
  await olive.call('PATCH', '/admin/team', { restrictAgents: true });
  const messages = `/admin/conversations/${conversation.id}/messages`;
  const note = { id: crypto.randomUUID(), kind: 'note', body: '@Cleopatra', mentions: [cleo] };
  const { seq } = (await olive.call('POST', messages, note)).json;
  await object().settle();
  const path = `/admin/conversations/${conversation.id}`;
  expect((await hers.call('GET', path)).status).toBe(200);
  const inbox = await hers.socket('/inbox/socket');
  await olive.call('DELETE', `${messages}/${seq}?id=${crypto.randomUUID()}`);
  await object().settle();
  expect((await inbox.next('gone')).id).toBe(conversation.id);
  expect((await hers.call('GET', path)).status).toBe(404);
  expect((await hers.call('GET', messages)).status).toBe(404);
  await olive.call('PATCH', '/admin/team', { restrictAgents: false });
  inbox.close();
});

test('A16: an answer that is taken back leaves the question in the queue of those who wait', async () => {
  const theirs = await visitor.socket(conversation.id);
  await theirs.send('Is anybody there?');
  const messages = `/admin/conversations/${conversation.id}/messages`;
  const answer = { id: crypto.randomUUID(), body: 'Wrong window' };
  const { seq } = (await amos.call('POST', messages, answer)).json;
  await object().settle();
  expect(await isListed('sort=waiting')).toBe(false);
  await amos.call('DELETE', `${messages}/${seq}?id=${crypto.randomUUID()}`);
  await object().settle();
  expect(await isListed('sort=waiting')).toBe(true);
  const { json } = await amos.call('GET', `/admin/conversations/${conversation.id}`);
  expect(json.conversation).toMatchObject({
    status: 'waiting',
    waiting_since: conversation.created_at,
    first_response_at: null,
    last_sender: 'visitor',
    last_message_preview: '',
  });
});

test('agents see the visitor’s rating, and the last one counts', async () => {
  await visitor.call('POST', `/conversations/${conversation.id}/close`);
  const rate = (body: object) =>
    visitor.call('PUT', `/conversations/${conversation.id}/rating`, body);
  expect((await rate({ score: 6 })).status).toBe(400);
  expect((await rate({ score: 4 })).status).toBe(204);
  expect((await rate({ score: 2, comment: 'Slow.' })).status).toBe(204);
  await object().settle();
  const { json } = await amos.call('GET', `/admin/conversations/${conversation.id}`);
  expect(json.conversation.rating).toEqual({ score: 2, comment: 'Slow.' });
});
