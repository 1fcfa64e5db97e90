import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import type { TestSocket } from '../../test/socket.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { conversationObject } from '../calls/address.ts';

/** What is between agents leaves no trace at the visitor: notes, and who was assigned. */

const SECRET = 'Owes us money';

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let olive: SignedInAgent;
let visitor: Visitor;
let conversation: StartedConversation;
let theirs: TestSocket;
let ours: TestSocket;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  olive = await SignedInAgent.signIn('olive@acme.example');
});

/** A conversation with two public messages and the event of the agent who joined: seq 1 to 3. */
beforeEach(async () => {
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
  theirs = await visitor.socket(conversation.id);
  ours = await amos.socket(`/conversations/${conversation.id}/socket`);
  await Promise.all([theirs.hello(), ours.hello()]);
  await theirs.send('Hello?');
  await ours.send('Hi!');
  await theirs.next('message', ({ message }) => message.body === 'Hi!');
  await theirs.settle();
  theirs.frames.splice(0);
});

const path = (rest = '') => `/conversations/${conversation.id}${rest}`;

/** Adds the note, and waits until the lists are up to date. */
async function addNote(): Promise<void> {
  expect(await ours.send(SECRET, { kind: 'note' })).toMatchObject({ seq: 4 });
  await conversationObject(env, world.acme.id, conversation.id).settle();
}

describe('a private note', () => {
  test("is in no frame of the visitor's, while other agents get it", async () => {
    const colleague = await olive.socket(path('/socket'));
    await colleague.hello();
    await addNote();
    expect((await colleague.next('message')).message).toMatchObject({ kind: 'note', body: SECRET });
    await theirs.settle();
    expect(theirs.frames).toEqual([]);
  });

  test('is read by agents without a sign to the visitor', async () => {
    const colleague = await olive.socket(path('/socket'));
    await colleague.hello();
    await theirs.send('One more thing');
    await colleague.next('message', ({ message }) => message.seq === 4);
    colleague.say({ type: 'read', seq: 4 });
    expect(await theirs.next('read')).toEqual({ type: 'read', reader: 'agent', seq: 4 });
    const { seq } = await amos
      .call('POST', `/admin${path('/messages')}`, {
        id: crypto.randomUUID(),
        body: SECRET,
        kind: 'note',
      })
      .then(({ json }) => json);
    colleague.say({ type: 'read', seq });
    await colleague.settle();
    await theirs.settle();
    expect(theirs.frames).toEqual([]);
  });

  test('is in nothing that the visitor can request, before and after the object slept', async () => {
    await addNote();
    for (const slept of [false, true]) {
      if (slept) await evictDurableObject(conversationObject(env, world.acme.id, conversation.id));
      const socket = await visitor.socket(conversation.id);
      const welcome = await socket.hello();
      expect(welcome.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(welcome).toMatchObject({ last_seq: 3, conversation: { last_seq: 3 } });
      expect((await socket.hello(3)).messages).toEqual([]);
      const answers = [
        await visitor.call('GET', path('/messages')),
        await visitor.call('GET', path('/messages?after=3')),
        await visitor.call('GET', path('/messages?before=9')),
        await visitor.call('GET', path()),
        await visitor.call('GET', '/conversations'),
        { status: 200, json: await Visitor.arrive('wk_acme', visitor.session.visitorToken) },
      ];
      for (const { status, json } of answers) {
        expect(status).toBe(200);
        expect(JSON.stringify(json)).not.toContain(SECRET);
      }
      expect(answers[1]?.json).toEqual({ items: [], next_cursor: null });
      expect(answers[3]?.json.conversation).toMatchObject({ last_message_preview: 'Hi!' });
    }
    const closed = await visitor.call('POST', path('/close'));
    expect(JSON.stringify(closed.json)).not.toContain(SECRET);
  });

  test("stays out of the lists' preview and count, for agents too", async () => {
    await addNote();
    const { json } = await amos.call('GET', `/admin${path()}`);
    expect(json.conversation).toMatchObject({
      last_message_preview: 'Hi!',
      message_count: 2,
      last_seq: 4,
    });
  });

  test('is not shown to the visitor by a read mark or a resend', async () => {
    await addNote();
    theirs.say({ type: 'read', seq: 4 });
    expect(await ours.next('read')).toEqual({ type: 'read', reader: 'visitor', seq: 3 });
    expect(await theirs.send('Next')).toMatchObject({ seq: 5 });
  });

  test('cannot be written by a visitor', async () => {
    const id = crypto.randomUUID();
    theirs.say({ type: 'send', id, body: 'Psst', kind: 'note' });
    expect(await theirs.next('error')).toMatchObject({ code: 'forbidden', id });
    const posted = await visitor.call('POST', path('/messages'), {
      id,
      body: 'Psst',
      kind: 'note',
    });
    // Over HTTP a visitor has no kinds (O5).
    expect([posted.status, posted.json.error.fields]).toEqual([400, { kind: 'Unknown field.' }]);
    const { json } = await amos.call('GET', `/admin${path('/messages')}`);
    expect(json.items.filter((message: { id: string }) => message.id === id)).toEqual([]);
  });

  test('can be added to a closed conversation, and the visitor does not see it', async () => {
    await visitor.call('POST', path('/close'));
    await theirs.next('conversation', ({ conversation: { status } }) => status === 'closed');
    await theirs.next('message', ({ message }) => message.event?.type === 'closed');
    await ours.send(SECRET, { kind: 'note' });
    await theirs.settle();
    expect(theirs.frames).toEqual([]);
    const { json } = await amos.call('GET', `/admin${path('/messages')}`);
    expect(json.items.at(-1)).toMatchObject({ kind: 'note', body: SECRET });
  });
});

describe('who was assigned', () => {
  test('is an event for agents; the visitor sees only the agent who answers', async () => {
    const [oliveId] = world.acme.users;
    const changed = await amos.call('PATCH', `/admin${path()}`, { assigneeId: oliveId });
    expect(changed.json.conversation).toMatchObject({ assignee: { name: 'Olive' }, last_seq: 4 });
    const isEvent = ({ message }: { message: { seq: number } }) => message.seq === 4;
    expect((await ours.next('message', isEvent)).message).toMatchObject({
      kind: 'event',
      event: { type: 'assigned', assignee: { id: oliveId, name: 'Olive' } },
    });
    const head = await theirs.next('conversation');
    expect(head.conversation).toMatchObject({ assignee: { name: 'Olive' }, last_seq: 3 });
    ours.say({ type: 'read', seq: 4 });
    await ours.settle();
    await theirs.settle();
    expect(theirs.frames).toEqual([]);
    const { json } = await visitor.call('GET', path('/messages'));
    expect(json.items.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2, 3]);
  });

  test('a head for the visitor has nothing that is for agents', async () => {
    await amos.call('PATCH', `/admin${path()}`, { priority: 'urgent', assigneeId: null });
    const { conversation: head } = await theirs.next('conversation');
    expect(Object.keys(head).sort()).toEqual([
      'agent_read_seq',
      'assignee',
      'closed_at',
      'closed_reason',
      'department_id',
      'id',
      'last_seq',
      'rating',
      'status',
      'visitor_read_seq',
    ]);
  });
});

describe('typing', () => {
  test('reaches the others with its sender, not the sender, and is stored nowhere', async () => {
    const tab = await visitor.socket(conversation.id);
    await tab.hello();
    theirs.say({ type: 'typing', typing: true });
    const sender = { kind: 'visitor', id: conversation.widget_customer_id, name: null };
    for (const socket of [ours, tab]) {
      expect(await socket.next('typing')).toEqual({ type: 'typing', sender, typing: true });
    }
    ours.say({ type: 'typing', typing: false });
    expect(await theirs.next('typing')).toMatchObject({
      sender: { kind: 'agent', name: 'Amos' },
      typing: false,
    });
    await theirs.settle();
    expect(theirs.frames).toEqual([]);
    const { json } = await amos.call('GET', `/admin${path('/messages')}`);
    expect(json.items).toHaveLength(3);
  });
});
