import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { signTokens } from '../../auth/visitors.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { COME_BACK } from '../../kernel/sockets/closing.ts';
import { call, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** S14: sessions end when they are revoked, and when their time is up. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let gus: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  gus = await SignedInAgent.signIn('gus@globex.example');
});

const say = (visitor: Visitor, id: string) =>
  visitor.call('POST', `/conversations/${id}/messages`, { id: crypto.randomUUID(), body: 'Hello' });

/** A visitor with a closed conversation, an open one, and a socket there. */
async function somebody() {
  const visitor = await Visitor.arrive();
  const closed = await visitor.pick(world.acme.billing);
  await visitor.call('POST', `/conversations/${closed.id}/close`, {});
  const open = await visitor.pick(world.acme.billing);
  const socket = await visitor.socket(open.id);
  await socket.hello();
  return { visitor, closed: closed.id, open: open.id, customer: open.widget_customer_id, socket };
}

type Somebody = Awaited<ReturnType<typeof somebody>>;

const WAYS: [string, (person: Somebody) => Promise<{ status: number }>][] = [
  ['the visitor', ({ visitor }) => visitor.call('POST', '/customer/forget')],
  ['an agent', ({ customer }) => amos.call('POST', `/admin/customers/${customer}/sessions/revoke`)],
];

describe.each(WAYS)('S14: once %s ended the sessions', (_who, end) => {
  test('sockets close, the session is refused everywhere, and the browser is a new visitor', async () => {
    const person = await somebody();
    expect((await end(person)).status).toBe(204);
    expect(await person.socket.gone()).toEqual({ code: COME_BACK, reason: 'session_expired' });

    const expired = { status: 401, json: { error: { code: 'session_expired' } } };
    for (const id of [person.open, person.closed]) {
      expect(await say(person.visitor, id)).toMatchObject(expired);
      for (const path of [`/conversations/${id}`, `/conversations/${id}/messages`]) {
        expect(await person.visitor.call('GET', path)).toMatchObject(expired);
      }
      await expect(person.visitor.socket(id)).rejects.toThrow('401');
    }
    expect(await person.visitor.call('GET', '/conversations')).toMatchObject(expired);
    expect(await person.visitor.call('PATCH', '/customer', { name: 'Eve' })).toMatchObject(expired);
    const again = {
      departmentId: world.acme.sales,
      preChatData: { name: 'A', email: 'a@b.example' },
    };
    expect(await person.visitor.call('POST', '/conversations', again)).toMatchObject(expired);

    const renewed = await Visitor.arrive('wk_acme', person.visitor.session.visitorToken);
    expect(renewed.session.visitor_id).not.toBe(person.visitor.session.visitor_id);
    expect(renewed.session).toMatchObject({ open_conversation: null, customer: null });
    expect((await say(renewed, person.open)).status).toBe(404);
    expect((await renewed.call('GET', '/conversations')).json.items).toEqual([]);
    expect((await renewed.pick(world.acme.billing)).id).not.toBe(person.open);
  });

  test('agents read and answer in the conversation as before', async () => {
    const person = await somebody();
    await end(person);
    const path = `/admin/conversations/${person.open}/messages`;
    const answer = { id: crypto.randomUUID(), body: 'Are you there?' };
    expect((await amos.call('POST', path, answer)).status).toBe(201);
  });
});

test('S14: said again, it tells the conversations that were not told', async () => {
  const { visitor } = await somebody();
  expect((await visitor.call('POST', '/customer/forget')).status).toBe(204);
  expect((await visitor.call('POST', '/customer/forget')).status).toBe(204);
});

test('S14: whoever has written nothing has nothing to be forgotten', async () => {
  const visitor = await Visitor.arrive();
  expect((await visitor.call('POST', '/customer/forget')).status).toBe(204);
});

test("P6: another organization's agent ends no sessions", async () => {
  const { customer, visitor } = await somebody();
  const path = `/admin/customers/${customer}/sessions/revoke`;
  expect((await gus.call('POST', path)).status).toBe(404);
  expect((await visitor.call('GET', '/conversations')).status).toBe(200);
});

describe('S14: a socket whose session is past its time', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A conversation with a socket that is past its time: sessions last for a day. */
  async function late() {
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.billing);
    await say(visitor, id);
    const socket = await visitor.socket(id);
    await conversationObject(env, world.acme.id, id).settle();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 24 * 60 * 60_000 + 1_000 });
    return { visitor, id, socket };
  }

  test('ends with the next frame, which is not heard, and the visitor comes back', async () => {
    const { visitor, id, socket } = await late();
    socket.say({ type: 'hello', after: 0 });
    expect(await socket.gone()).toEqual({ code: COME_BACK, reason: 'session_expired' });
    const renewed = await Visitor.arrive('wk_acme', visitor.session.visitorToken);
    const next = await renewed.socket(id);
    expect((await next.hello()).messages).toMatchObject([{ body: 'Hello' }]);
    await next.send('Still here');
    next.close();
  });

  test('hears nothing more, without a frame of its own', async () => {
    const { id, socket } = await late();
    await amos.call('POST', `/admin/conversations/${id}/messages`, {
      id: crypto.randomUUID(),
      body: 'For whoever has the session now',
    });
    expect((await socket.gone()).code).toBe(COME_BACK);
    expect(socket.frames).toEqual([]);
  });

  test('ends with the alarm that rings anyway', async () => {
    const { id, socket } = await late();
    await runDurableObjectAlarm(conversationObject(env, world.acme.id, id));
    expect((await socket.gone()).code).toBe(COME_BACK);
  });
});

test('S14: a socket on which nobody speaks ends when its session does, and only then', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2027-03-01T12:00:00Z') });
  try {
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.billing);
    await say(visitor, id);
    const object = conversationObject(env, world.acme.id, id);
    const socket = await visitor.socket(id);
    await socket.hello();
    const rings = () => runInDurableObject(object, (_, { storage }) => storage.getAlarm());
    // Half an hour after the last change it rings anyway, and then for the session's end.
    await object.settle();
    expect(await rings()).toBe(Date.now() + 30 * 60_000);
    vi.setSystemTime(Date.now() + 30 * 60_000);
    await runDurableObjectAlarm(object);
    const ends = Date.parse('2027-03-02T12:00:00Z');
    expect(await rings()).toBe(ends);
    await socket.settle();
    // What changes meanwhile is looked after as ever.
    vi.setSystemTime(ends - 60 * 60_000);
    await say(visitor, id);
    expect(await rings()).toBe(ends - 30 * 60_000);
    vi.setSystemTime(ends - 30 * 60_000);
    await runDurableObjectAlarm(object);
    expect(await rings()).toBe(ends);
    vi.setSystemTime(ends);
    await runDurableObjectAlarm(object);
    expect(await socket.gone()).toEqual({ code: COME_BACK, reason: 'session_expired' });
    expect(await rings()).toBe(null);
  } finally {
    vi.useRealTimers();
  }
});

test('S14: a revocation of this moment leaves the session that begins after it', async () => {
  const { visitor, customer } = await somebody();
  await amos.call('POST', `/admin/customers/${customer}/block`);
  await amos.call('DELETE', `/admin/customers/${customer}/block`);
  const { sessionToken } = await signTokens(env.FOYER_SECRET, {
    organization_id: world.acme.id,
    visitor_id: visitor.session.visitor_id,
  });
  const headers = { authorization: `Bearer ${sessionToken}` };
  expect((await call('GET', '/api/widget/conversations', { headers })).status).toBe(200);
});
