import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { StartedConversation } from '../../../protocol/resources.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** The transcript by e-mail: of whose conversation, what it holds, and what it cannot be used for. */

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

const ask = (who = visitor, email = 'ada@example.org') =>
  who.call('POST', `/conversations/${conversation.id}/transcript`, { email });
const say = (kind: 'text' | 'note', body: string) =>
  amos.call('POST', `/admin/conversations/${conversation.id}/messages`, {
    id: crypto.randomUUID(),
    kind,
    body,
  });

// What the mail says is in worker/email/transcript.test.ts.
test('is handed over once both sides have written', async () => {
  await visitor.call('POST', `/conversations/${conversation.id}/messages`, {
    id: crypto.randomUUID(),
    body: 'Where is my order?',
  });
  await say('note', 'A difficult customer');
  await say('text', 'On its way.');
  expect((await ask()).status).toBe(204);
});

test('P5: goes to nobody for a conversation that is not theirs, and to no stranger unanswered', async () => {
  expect((await ask(await Visitor.arrive())).status).toBe(404);
  expect((await ask(visitor, 'not an address')).status).toBe(400);
  expect((await ask()).status).toBe(409);
});

test('is sent few times a minute', async () => {
  await say('text', 'Hello.');
  const statuses = [(await ask()).status, (await ask()).status, (await ask()).status];
  expect(statuses).toEqual([204, 204, 429]);
});
