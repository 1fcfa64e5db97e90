import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { recorded } from '../../test/recorded.ts';
import { hearMails } from '../../test/stand-ins/mails.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** The transcript by e-mail: of whose conversation, what it holds, and what it cannot be used for. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let visitor: Visitor;
let conversation: StartedConversation;
let heardMails: ReturnType<typeof hearMails>;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

beforeEach(async () => {
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
  heardMails = hearMails();
});

const ask = (person = visitor, email = 'ada@example.org') =>
  person.call(
    'POST',
    `/conversations/${conversation.id}/transcript`,
    { email },
    heardMails.bindings,
  );
const say = (kind: 'text' | 'note', body: string) =>
  amos.call('POST', `/admin/conversations/${conversation.id}/messages`, {
    id: crypto.randomUUID(),
    kind,
    body,
  });

test('is one mail, to the address that was given, with what both sides wrote', async () => {
  await visitor.call('POST', `/conversations/${conversation.id}/messages`, {
    id: crypto.randomUUID(),
    body: 'Where is my order?',
  });
  await say('note', 'A difficult customer');
  await say('text', 'On its way.');
  expect((await ask()).status).toBe(204);
  const [mail, ...more] = heardMails.mails;
  expect([mail?.to, more]).toEqual(['ada@example.org', []]);
  expect(mail?.text).toMatch(/^The visitor wrote, .*:\s+> Where is my order\?$/m);
  expect(mail?.text).toMatch(/^Amos, .*: On its way\.$/m);
  expect(mail?.text).not.toContain('difficult');
  const [activity] = await recorded(world.acme.id, 'transcript.sent');
  expect(activity?.subject).toMatchObject({ type: 'conversation', id: conversation.id });
  expect(JSON.stringify(activity)).not.toContain('ada@example.org');
});

test('P5: goes to nobody for a conversation that is not theirs, and to no stranger unanswered', async () => {
  expect((await ask(await Visitor.arrive())).status).toBe(404);
  expect((await ask(visitor, 'not an address')).status).toBe(400);
  expect((await ask()).status).toBe(409);
  expect(heardMails.mails).toEqual([]);
});

test('V9: goes to an internationalized address, whose domain the mail has in Punycode', async () => {
  await say('text', 'Hello.');
  expect((await ask(visitor, 'josé@почта.рф')).status).toBe(204);
  expect(heardMails.mails.map(({ to }) => to)).toEqual(['josé@xn--80a1acny.xn--p1ai']);
});

test('V9: where the mail service refuses an internationalized address, the visitor is told', async () => {
  await say('text', 'Hello.');
  const send = () => Promise.reject(new Error('no SMTPUTF8'));
  heardMails.bindings.EMAIL = { send };
  const refused = await ask(visitor, 'josé@shop.example');
  expect([refused.status, Object.keys(refused.json.error.fields)]).toEqual([400, ['email']]);
  expect((await ask(visitor, 'ada@shop.example')).status).toBe(503);
});

test('is sent few times a minute', async () => {
  await say('text', 'Hello.');
  const statuses = [(await ask()).status, (await ask()).status, (await ask()).status];
  expect(statuses).toEqual([204, 204, 429]);
  expect(heardMails.mails.map(({ to }) => to)).toEqual(['ada@example.org', 'ada@example.org']);
});

/** Bindings without the limit by the minute, so that the day's is met. */
const unhurried = () => {
  heardMails.bindings.MAIL_LIMIT = { limit: async () => ({ success: true }) };
};

test('S8: of a conversation three go out a day, also when it is closed', async () => {
  unhurried();
  await say('text', 'Hello.');
  await visitor.call('POST', `/conversations/${conversation.id}/close`, {});
  const answers: Awaited<ReturnType<typeof ask>>[] = [];
  for (const name of ['one', 'two', 'three', 'four']) {
    answers.push(await ask(visitor, `${name}@three.example`));
  }
  expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 429]);
  const retryAfter = Number(answers.at(-1)?.headers.get('retry-after'));
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(24 * 60 * 60);
  expect(heardMails.mails).toHaveLength(3);
});

test('S8: an address gets five a day, of whichever conversations and however it is spelled', async () => {
  const statuses: number[] = [];
  for (const address of ['v@x.example', 'V@X.example', 'v+1@x.example', 'v+2@x.example']) {
    visitor = await Visitor.arrive();
    conversation = await visitor.pick(world.acme.billing);
    unhurried();
    await say('text', 'Hello.');
    for (let mail = 0; mail < 2; mail += 1) statuses.push((await ask(visitor, address)).status);
  }
  expect(statuses).toEqual([204, 204, 204, 204, 204, 429, 429, 429]);
  expect((await ask(visitor, 'w@x.example')).status).toBe(204);
});

test('S8: a mail that could not be sent does not count', async () => {
  unhurried();
  await say('text', 'Hello.');
  const { EMAIL } = heardMails.bindings;
  heardMails.bindings.EMAIL = { send: () => Promise.reject(new Error('down')) };
  for (let mail = 0; mail < 4; mail += 1) {
    expect((await ask(visitor, 'ada@down.example')).status).toBe(503);
  }
  if (EMAIL) heardMails.bindings.EMAIL = EMAIL;
  expect((await ask(visitor, 'ada@down.example')).status).toBe(204);
});

test('S8: an answer that was taken back is none', async () => {
  const { json } = await say('text', 'Hello.');
  await amos.call(
    'DELETE',
    `/admin/conversations/${conversation.id}/messages/${json.seq}?id=${crypto.randomUUID()}`,
  );
  expect((await ask()).status).toBe(409);
});
