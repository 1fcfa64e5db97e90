import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { EDIT_MINUTES } from '../../../protocol/limits.ts';
import type { TestSocket } from '../../test/socket.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { conversationObject } from '../calls/address.ts';

/** A message that is edited or deleted: who may do it, who is told, and what remains of the text. */

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

beforeEach(async () => {
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
  theirs = await visitor.socket(conversation.id);
  ours = await amos.socket(`/conversations/${conversation.id}/socket`);
  await theirs.hello();
  await ours.hello();
});

afterEach(() => {
  vi.useRealTimers();
});

const path = (seq: number) => `/conversations/${conversation.id}/messages/${seq}`;
const edit = (body: string, id: string = crypto.randomUUID()) => ({ id, body });
const take = (id: string = crypto.randomUUID()) => `?id=${id}`;

/** Everything that the object has on its disk, as one text. */
function disk(): Promise<string> {
  const object = conversationObject(env, world.acme.id, conversation.id);
  return runInDurableObject(object, (_, { storage }) =>
    JSON.stringify(storage.sql.exec('SELECT * FROM messages').toArray()),
  );
}

describe('an edit', () => {
  test('P3 P4: is an entry that both sides get, and a resend changes nothing', async () => {
    const { seq } = await theirs.send('Helo');
    const change = edit('Hello');
    const first = await visitor.call('PATCH', path(seq), change);
    expect(first).toMatchObject({ status: 200, json: { id: change.id, seq: seq + 1 } });
    expect(await visitor.call('PATCH', path(seq), change)).toMatchObject({ json: first.json });
    for (const socket of [theirs, ours]) {
      const { message } = await socket.next('message', (it) => it.message.id === change.id);
      expect(message).toMatchObject({
        seq: seq + 1,
        event: { type: 'edited', seq, body: 'Hello' },
      });
    }
    await visitor.call('PATCH', path(seq), edit('Hello!'));

    const late = await olive.socket(`/conversations/${conversation.id}/socket`);
    const { messages, last_seq, conversation: head } = await late.hello();
    expect(last_seq).toBe(seq + 2);
    expect(messages[0]).toMatchObject({ seq, body: 'Hello!' });
    expect(messages[0]?.edited_at).toBeDefined();
    // Whoever missed both is told what it says now, and not what it said in between.
    expect(messages.map(({ event }) => event && 'body' in event && event.body)).toEqual([
      undefined,
      'Hello!',
      'Hello!',
    ]);
    expect(head).toMatchObject({ last_message_preview: 'Hello!', message_count: 1 });
    expect(await disk()).not.toContain('Helo');
  });

  test('P5 P6: only the sender may make it, where they see the conversation, and only of text', async () => {
    const { seq } = await theirs.send('Mine');
    const note = await ours.send('Between us', { kind: 'note' });
    await amos.call('POST', `/admin/conversations/${conversation.id}/claim`);
    const stranger = await Visitor.arrive();
    const foreigner = await SignedInAgent.signIn('gus@globex.example');
    const attempts = [
      await amos.call('PATCH', `/admin${path(seq)}`, edit('Theirs')),
      await olive.call('PATCH', `/admin${path(note.seq)}`, edit('Hers')),
      await visitor.call('PATCH', path(note.seq), edit('A guess')),
      await visitor.call('PATCH', path(99), edit('Nothing')),
      await visitor.call('PATCH', path(note.seq + 1), edit('An event')),
      await stranger.call('PATCH', path(seq), edit('Theirs')),
      await foreigner.call('PATCH', `/admin${path(seq)}`, edit('Theirs')),
      await visitor.call('PATCH', path(seq), edit('  ')),
    ];
    expect(attempts.map(({ status }) => status)).toEqual([403, 403, 404, 404, 404, 404, 404, 400]);
    const { json } = await amos.call('GET', `/admin/conversations/${conversation.id}/messages`);
    expect(json.items).toHaveLength(3);
  });

  test('of a note is private, too', async () => {
    const note = await ours.send('Betwen us', { kind: 'note' });
    await amos.call('PATCH', `/admin${path(note.seq)}`, edit('Between us'));
    await ours.next('message', ({ message }) => message.event?.type === 'edited');
    await theirs.settle();
    expect(theirs.frames).toEqual([]);
    const late = await visitor.socket(conversation.id);
    expect(await late.hello()).toMatchObject({ messages: [], last_seq: 0 });
  });

  test(`is possible for ${EDIT_MINUTES} minutes, and while the conversation is open`, async () => {
    const { seq, sent_at } = await theirs.send('Early');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(sent_at) + EDIT_MINUTES * 60_000 + 1 });
    expect(await visitor.call('PATCH', path(seq), edit('Late'))).toMatchObject({
      status: 409,
      json: { error: { code: 'too_late' } },
    });
    vi.useRealTimers();
    await visitor.call('POST', `/conversations/${conversation.id}/close`);
    expect(await visitor.call('PATCH', path(seq), edit('Late'))).toMatchObject({
      status: 409,
      json: { error: { code: 'conversation_closed' } },
    });
  });
});

test('a message that was taken back leaves its place and nothing of its text', async () => {
  const { seq } = await theirs.send('My password is swordfish');
  await visitor.call('PATCH', path(seq), edit('My password is sw0rdfish'));
  const taken = await visitor.call('DELETE', path(seq) + take());
  expect(taken).toMatchObject({ status: 200, json: { seq: seq + 2 } });
  const { message } = await ours.next('message', (it) => it.message.event?.type === 'deleted');
  expect(message.event).toEqual({ type: 'deleted', seq });
  const { json } = await amos.call('GET', `/admin/conversations/${conversation.id}/messages`);
  expect(json.items[0]).toMatchObject({ seq, body: '', deleted_at: expect.any(String) });
  expect(JSON.stringify(json)).not.toMatch(/sw[o0]rdfish/);
  expect(await disk()).not.toMatch(/sw[o0]rdfish/);
  await conversationObject(env, world.acme.id, conversation.id).settle();
  const { json: listed } = await amos.call('GET', `/admin/conversations/${conversation.id}`);
  expect(listed.conversation.last_message_preview).toBe('');
  expect((await visitor.call('DELETE', path(seq) + take())).status).toBe(404);
  expect((await visitor.call('PATCH', path(seq), edit('Back'))).status).toBe(404);
});
