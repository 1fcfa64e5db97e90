import { evictDurableObject, runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { InboxObject } from '../../index.ts';
import { organizationObject } from '../../organization/address.ts';
import { SignedInAgent, SOON, settleWorld, Visitor } from '../../test/world.ts';

/** Conversations that close since their visitor does not answer: from the setting to the word that reopens. */

const HOUR = 60 * 60_000;
const START = Date.parse('2027-03-01T12:00:00Z');

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let visitor: Visitor;
let conversation: StartedConversation;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  world ??= await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  await set({ autoCloseHours: null, autoCloseMessage: null, autoCloseReopens: true });
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
});
afterEach(() => {
  vi.useRealTimers();
});

const object = (id = conversation.id) => conversationObject(env, world.acme.id, id);
const inbox = () => organizationObject(env, world.acme.id);

async function set(body: object) {
  const { status, json } = await olive.call('PATCH', '/admin/settings', body);
  expect(status).toBe(200);
  return json.settings;
}

const setDepartment = (body: object) =>
  olive.call('PATCH', `/admin/departments/${world.acme.billing}`, body);

const answer = (body = 'Does this help?') =>
  olive.call('POST', `/admin/conversations/${conversation.id}/messages`, {
    id: crypto.randomUUID(),
    body,
  });

const say = (body: string, id = crypto.randomUUID()) =>
  visitor.call('POST', `/conversations/${conversation.id}/messages`, { id, body });

/** Time passes, and the conversation's alarm rings as often as it is set. */
async function pass(hours: number): Promise<void> {
  const end = Date.now() + hours * HOUR;
  for (const half of Array.from({ length: hours * 2 }, (_, index) => index + 1)) {
    vi.setSystemTime(Math.min(end, START + elapsed + half * (HOUR / 2)));
    await runDurableObjectAlarm(object());
  }
  elapsed += hours * HOUR;
}
let elapsed = 0;
beforeEach(() => {
  elapsed = 0;
});

async function head() {
  const { json } = await olive.call('GET', `/admin/conversations/${conversation.id}`);
  return json.conversation;
}

async function entries() {
  const { json } = await olive.call('GET', `/admin/conversations/${conversation.id}/messages`);
  return json.items.map(
    ({ kind, event, by }: { kind: string; event?: { type: string }; by?: object }) => ({
      what: event?.type ?? kind,
      by,
    }),
  );
}

describe('a conversation whose visitor does not answer', () => {
  test('C12: closes after the hours that are set, with a message; and the next word reopens it', async () => {
    await set({ autoCloseHours: 2, autoCloseMessage: 'We close this for now.' });
    await answer();
    await pass(1);
    expect((await head()).status).toBe('active');
    await pass(2);
    const cause = {
      kind: 'system',
      cause: 'inactivity',
      id: expect.stringMatching(/^policy-\d+$/),
    };
    expect(await head()).toMatchObject({
      status: 'closed',
      closed_reason: 'inactive',
      closed_by: cause,
      last_message_preview: 'We close this for now.',
      last_sender: 'agent',
    });
    const { json: list } = await olive.call('GET', '/admin/conversations?status=closed');
    expect(list.items[0]).toMatchObject({ id: conversation.id, closed_by: cause });
    // The visitor hears the message and the end of it, but not by which rule.
    const visitorSocket = await visitor.socket(conversation.id);
    const welcome = await visitorSocket.hello();
    expect(welcome.conversation).toMatchObject({ status: 'closed', reopens: true });
    expect(welcome.messages.slice(-2)).toMatchObject([
      { kind: 'text', sender: { kind: 'system', name: 'Acme' }, body: 'We close this for now.' },
      { kind: 'event', event: { type: 'closed', reason: 'inactive', hours: 2 } },
    ]);
    expect(JSON.stringify(welcome.messages)).not.toContain('policy-');

    expect(await visitorSocket.send('Here I am again')).toMatchObject({
      seq: welcome.last_seq + 2,
    });
    await vi.waitFor(
      async () =>
        expect(await head()).toMatchObject({
          status: 'active',
          closed_at: null,
          last_sender: 'visitor',
        }),
      SOON,
    );
    expect((await entries()).slice(-2)).toMatchObject([
      { what: 'reopened', by: { kind: 'visitor' } },
      { what: 'text' },
    ]);
    await pass(50);
    expect((await head()).status).toBe('active');
  });

  test('C13: the answer to a change hands out the policy, so that the alarm asks only to act', async () => {
    await set({ autoCloseHours: 3 });
    const policyCalls = vi.spyOn(InboxObject.prototype, 'policy');
    await answer();
    await pass(2);
    expect(policyCalls).not.toHaveBeenCalled();
    await pass(1);
    expect(policyCalls).toHaveBeenCalledOnce();
    expect((await head()).status).toBe('closed');
    policyCalls.mockRestore();
  });

  test('C14: over HTTP the next word reopens it, too, once; and a resend changes nothing', async () => {
    await set({ autoCloseHours: 1 });
    await answer();
    await pass(2);
    expect((await head()).status).toBe('closed');
    await evictDurableObject(object());
    const id = crypto.randomUUID();
    expect((await say('Again', id)).status).toBe(201);
    expect((await say('Again', id)).status).toBe(200);
    await Promise.all([say('And'), say('again')]);
    expect(
      (await entries()).filter(({ what }: { what: string }) => what === 'reopened'),
    ).toHaveLength(1);
    expect((await entries()).at(-1)?.what).toBe('text');
  });

  test('C14: it stays closed where a new one is to begin, or another one is open', async () => {
    await set({ autoCloseHours: 1, autoCloseReopens: false });
    await answer();
    await pass(2);
    expect((await say('Again')).json.error.code).toBe('conversation_closed');
    expect(
      (await visitor.call('GET', `/conversations/${conversation.id}`)).json.conversation.status,
    ).toBe('closed');

    await set({ autoCloseReopens: true });
    const first = conversation;
    conversation = await visitor.pick(world.acme.billing);
    expect(conversation.id).not.toBe(first.id);
    await answer();
    elapsed = Date.now() - START;
    await pass(2);
    expect((await head()).status).toBe('closed');
    const closed = conversation;
    await visitor.pick(world.acme.billing);
    conversation = closed;
    expect((await say('Where does this go?')).json.error.code).toBe('conversation_closed');
    expect((await head()).status).toBe('closed');
  });

  test('C14: a blocked visitor reopens nothing', async () => {
    await set({ autoCloseHours: 1 });
    await answer();
    await pass(2);
    const { customer } = await head();
    await olive.call('POST', `/admin/customers/${customer.id}/block`, {});
    expect((await say('Again')).json.error.code).toBe('blocked');
    expect((await head()).status).toBe('closed');
  });

  test('C13: switching it on reaches what sleeps, and a department may have its own time', async () => {
    await answer();
    await pass(30);
    await evictDurableObject(object());
    await set({ autoCloseHours: 500 });
    expect((await setDepartment({ autoClose: 24 })).json.department.auto_close).toBe(24);
    // The organization's alarm tells the open ones; theirs rings at once, since the time is over.
    await vi.waitFor(async () => {
      await runDurableObjectAlarm(inbox());
      await runDurableObjectAlarm(object());
      expect((await head()).status).toBe('closed');
    });
    await setDepartment({ autoClose: 'inherit' });
  });

  test('C12: a department that never closes one overrules the organization', async () => {
    await set({ autoCloseHours: 1 });
    expect((await setDepartment({ autoClose: 'off' })).json.department.auto_close).toBe('off');
    await answer();
    await pass(30);
    expect((await head()).status).toBe('active');
    const back = await setDepartment({ autoClose: 'inherit' });
    expect(back.json.department.auto_close).toBe('inherit');
  });
});

describe('the settings', () => {
  test('C12: are whole hours from one to ninety days, and texts of 1,000 characters', async () => {
    expect(
      await set({ autoCloseHours: 2160, autoCloseMessage: ' Bye ', autoCloseReopens: false }),
    ).toMatchObject({
      auto_close_hours: 2160,
      auto_close_message: 'Bye',
      auto_close_reopens: false,
    });
    expect(await set({ autoCloseMessage: '' })).toMatchObject({ auto_close_message: null });
    for (const autoCloseHours of [0, -1, 2161, 1.5, '5', 'off']) {
      const { status, json } = await olive.call('PATCH', '/admin/settings', { autoCloseHours });
      expect([autoCloseHours, status, Object.keys(json.error.fields)]).toEqual([
        autoCloseHours,
        400,
        ['autoCloseHours'],
      ]);
    }
    for (const autoClose of [0, 2161, 1.5, 'never', null]) {
      const { status, json } = await setDepartment({ autoClose });
      expect([autoClose, status, Object.keys(json.error.fields)]).toEqual([
        autoClose,
        400,
        ['autoClose'],
      ]);
    }
    const { json } = await setDepartment({ autoClose: 9_999 });
    expect(json.error.fields.autoClose).toMatch(/from 1 to 2160, which is 90 days/);
    const long = await olive.call('PATCH', '/admin/settings', {
      autoCloseMessage: 'x'.repeat(1_001),
    });
    expect(long.json.error.fields).toHaveProperty('autoCloseMessage');
  });

  test('C12: are for owners and admins', async () => {
    const amos = await SignedInAgent.signIn('amos@acme.example');
    expect((await amos.call('PATCH', '/admin/settings', { autoCloseHours: 1 })).status).toBe(403);
    expect(
      (await amos.call('PATCH', `/admin/departments/${world.acme.billing}`, { autoClose: 1 }))
        .status,
    ).toBe(403);
  });
});
