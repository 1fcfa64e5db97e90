import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WidgetSession } from '../../../protocol/widget/widget-session.ts';
import { readSessionToken } from '../../auth/visitors.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { organizationObject } from '../../organization/address.ts';
import type { TestSocket } from '../../test/socket.ts';
import { call, SignedInAgent, SOON, settleWorld, Visitor } from '../../test/world.ts';
import { Addresses } from './addresses.ts';
import { DEFAULT_QUOTAS, type Quotas } from './quotas.ts';

/** A crowd behind one address notices nothing; a flood from one address ends soon. */

let world: Awaited<ReturnType<typeof settleWorld>>;

beforeAll(async () => {
  world = await settleWorld();
});

/** What lets the objects go that a test keeps in memory. */
const releases: (() => Promise<void>)[] = [];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  keepAwake((hold) => runInDurableObject(organizationObject(env, world.acme.id), hold));
  await setQuotas({});
});

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(releases.splice(0).map((release) => release()));
});

/**
 * Keeps an object in memory until the test is over. The runtime of the tests drops objects now and
 * then between two requests, and with them the counts, which is accepted and not what is tested.
 */
function keepAwake(run: (hold: () => Promise<void>) => Promise<void>): void {
  let awake = true;
  const isolated = run(async () => {
    while (awake) await scheduler.wait(20);
  });
  releases.push(() => {
    awake = false;
    return isolated;
  });
}

/** Resets the organization's counts, under the defaults except for these. */
async function setQuotas(change: Partial<Quotas>): Promise<void> {
  await runInDurableObject(organizationObject(env, world.acme.id), (inbox) => {
    inbox.addresses = new Addresses({ ...DEFAULT_QUOTAS, ...change });
  });
}

/** What a browser at that address asks. */
function at(address: string) {
  const ask = (method: string, path: string, body?: unknown, token?: string) =>
    call(method, `/api/widget${path}`, {
      body,
      headers: {
        'cf-connecting-ip': address,
        ...(token && { authorization: `Bearer ${token}` }),
      },
    });
  return {
    arrive: (visitorToken?: string) => ask('POST', '/sessions', { key: 'wk_acme', visitorToken }),
    start: ({ sessionToken }: WidgetSession, customFields: Record<string, string> = {}) =>
      ask(
        'POST',
        '/conversations',
        { departmentId: world.acme.billing, customerData: { customFields } },
        sessionToken,
      ),
    say: ({ sessionToken }: WidgetSession, id: string, body: string) =>
      ask('POST', `/conversations/${id}/messages`, { id: crypto.randomUUID(), body }, sessionToken),
  };
}

/** Where an attack comes from that has many addresses, or one. */
const NETWORKS = [
  ['one IPv4 address', () => '198.51.100.9'],
  ['the addresses of one /64', (n: number) => `2001:db8:6:6::${n.toString(16)}`],
] as const;

/** Fields of a customer of nearly 16 KB. */
const FIELDS = Object.fromEntries(
  [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`f${n}`, 'x'.repeat(1_990)]),
);

describe('S1, S2: new visitors of one address', () => {
  test.each(NETWORKS)('%s: suspected, then refused with the time of the next', async (_, name) => {
    await setQuotas({ address_visitors_per_hour: 4, address_refusal_factor: 2 });
    const states: unknown[] = [];
    for (let n = 1; n <= 9; n += 1) {
      const { status, json, headers } = await at(name(n)).arrive();
      if (status === 429) states.push(headers.get('retry-after'));
      else {
        const { suspected } = await readSessionToken(env.FOYER_SECRET, json.sessionToken);
        states.push(suspected ?? false);
      }
    }
    expect(states).toEqual([...Array(4).fill(false), ...Array(4).fill(true), '3600']);
    // Somebody else's address is not held back.
    expect((await at('203.0.113.50').arrive()).status).toBe(201);
  });

  test('who comes back is nobody new', async () => {
    const returning = await at('198.51.100.3').arrive();
    await setQuotas({ address_visitors_per_hour: 1, address_refusal_factor: 1 });
    for (let n = 0; n < 2; n += 1) await at('198.51.100.3').arrive();
    expect((await at('198.51.100.3').arrive()).status).toBe(429);
    expect((await at('198.51.100.3').arrive(returning.json.visitorToken)).status).toBe(201);
  });
});

test('S10: conversations of one address end, and only new ones', async () => {
  await setQuotas({ address_conversations_per_hour: 15, address_refusal_factor: 2 });
  const sessions: WidgetSession[] = [];
  for (let n = 0; n < 40; n += 1) sessions.push((await Visitor.arrive()).session);
  const attack = at('198.51.100.4');
  const statuses: number[] = [];
  for (const session of sessions) statuses.push((await attack.start(session)).status);
  expect(statuses.indexOf(429)).toBe(31);
  expect(statuses.slice(31)).toEqual(Array(9).fill(429));
  const [refused] = sessions.slice(-1);
  if (!refused) throw new Error('There are forty.');
  // The same person from another address may begin.
  expect((await at('198.51.100.5').start(refused)).status).toBe(201);
});

test('S3: messages of one address wait, and agents get no more of them', async () => {
  await setQuotas({ address_messages_per_minute: 10 });
  const attack = at('198.51.100.6');
  const { json } = await attack.arrive();
  const { id } = (await attack.start(json)).json.conversation;
  keepAwake((hold) => runInDurableObject(conversationObject(env, world.acme.id, id), hold));
  const amos = await SignedInAgent.signIn('amos@acme.example');
  const agent = await amos.socket(`/conversations/${id}/socket`);
  await agent.hello();
  const say = async (count: number) => {
    const statuses: number[] = [];
    for (let n = 0; n < count; n += 1) statuses.push((await attack.say(json, id, 'Spam')).status);
    await conversationObject(env, world.acme.id, id).settle();
    return statuses;
  };
  expect(await say(10)).toEqual(Array(10).fill(201));
  await vi.waitFor(async () => expect(await say(1)).toEqual([429]), SOON);
  const refused = await attack.say(json, id, 'Spam');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
  // What is typed on another address, by the same person, passes.
  expect((await at('198.51.100.7').say(json, id, 'Hello')).status).toBe(201);
  vi.setSystemTime(Date.now() + 61_000);
  expect(await say(1)).toEqual([201]);
  agent.close();
});

test('S10: 300 honest visitors of one address in ten minutes are refused nothing', async () => {
  const office = at('198.51.100.1');
  for (let person = 0; person < 300; person += 1) {
    const arrived = await office.arrive();
    expect(arrived.status).toBe(201);
    const started = await office.start(arrived.json);
    expect(started.status).toBe(201);
    const posted = await office.say(arrived.json, started.json.conversation.id, 'Good morning');
    expect(posted.status).toBe(201);
    vi.setSystemTime(Date.now() + 2_000);
  }
}, 180_000);

test('S10: an ordinary visitor costs no further call, also where the objects slept', async () => {
  const requests: string[] = [];
  await runInDurableObject(organizationObject(env, world.acme.id), (inbox) => {
    const ask = inbox.addresses.ask.bind(inbox.addresses);
    inbox.addresses.ask = (conversation, ...rest) => {
      requests.push(conversation);
      return ask(conversation, ...rest);
    };
  });
  const home = at('198.51.100.10');
  const { json } = await home.arrive();
  const { id } = (await home.start(json, FIELDS)).json.conversation;
  const headers = { 'cf-connecting-ip': '198.51.100.10' };
  const socket = await new Visitor(json).socket(id, headers);
  await socket.hello();
  for (let round = 0; round < 3; round += 1) {
    for (let n = 0; n < 5; n += 1) await socket.send('Good morning');
    await conversationObject(env, world.acme.id, id).settle();
    await evictDurableObject(conversationObject(env, world.acme.id, id));
    vi.setSystemTime(Date.now() + 60_000);
  }
  expect(requests).toEqual([]);
  // On the way with another address, somebody is asked for.
  const away = await new Visitor(json).socket(id, { 'cf-connecting-ip': '198.51.100.11' });
  await away.hello();
  await away.send('Now from the train');
  expect(requests).toEqual([id]);
  for (const item of [socket, away]) item.close();
});

describe('an attack of one minute', () => {
  /** Bytes that a conversation's object keeps. */
  const stored = (id: string) =>
    runInDurableObject(conversationObject(env, world.acme.id, id), (_, { storage }) => {
      const [row] = storage.sql
        .exec('SELECT sum(length(body) + length(state) + length(sender)) AS bytes FROM messages')
        .toArray();
      return Number(row?.bytes);
    });
  const LONG = 'x'.repeat(4_000);

  test('S3: of one visitor stores less than 1 MB', async () => {
    const attack = at('198.51.100.8');
    const { json } = await attack.arrive();
    const { id } = (await attack.start(json)).json.conversation;
    keepAwake((hold) => runInDurableObject(conversationObject(env, world.acme.id, id), hold));
    let accepted = 0;
    for (let second = 0; second < 60; second += 1) {
      for (let n = 0; n < (second === 0 ? 120 : 3); n += 1) {
        const { status } = await attack.say(json, id, LONG);
        if (status === 201) accepted += 1;
      }
      vi.setSystemTime(Date.now() + 1_000);
    }
    const { visitor_messages_burst, visitor_messages_per_minute } = DEFAULT_QUOTAS;
    expect(accepted).toBeLessThanOrEqual(visitor_messages_burst + visitor_messages_per_minute);
    expect(await stored(id)).toBeLessThan(1_000_000);
  });

  test.each(NETWORKS)(
    'S10: of %s, many visitors at once, stores at most 3 MB',
    async (_, name) => {
      const VISITORS = 40;
      /** Each has its fields, a socket and requests, and sends as fast as it may. */
      const attackers = await Promise.all(
        Array.from({ length: VISITORS }, async (_, number) => {
          const browser = at(name(number));
          const { json } = await browser.arrive();
          const { id } = (await browser.start(json, FIELDS)).json.conversation;
          const headers = { 'cf-connecting-ip': name(number) };
          const socket = await new Visitor(json).socket(id, headers);
          await socket.hello();
          return { browser, json, id, socket };
        }),
      );
      const amos = await SignedInAgent.signIn('amos@acme.example');
      for (let round = 0; round < 2; round += 1) {
        await Promise.all(
          attackers.map(async ({ browser, json, id, socket }) => {
            for (let n = 0; n < 20; n += 1) {
              socket.say({ type: 'send', id: crypto.randomUUID(), body: LONG });
            }
            for (let n = 0; n < 3; n += 1) await browser.say(json, id, LONG);
            await vi.waitFor(() => expect(answers(socket)).toBe((round + 1) * 20), {
              timeout: 30_000,
            });
          }),
        );
        vi.setSystemTime(Date.now() + 30_000);
      }
      let bytes = 0;
      let messages = 0;
      for (const { id, socket } of attackers) {
        bytes += await stored(id);
        messages += Number(
          (await amos.call('GET', `/admin/conversations/${id}`)).json.conversation.message_count,
        );
        socket.close();
      }
      // It was no small attack: without a quota these were 7 MB.
      expect(bytes).toBeGreaterThan(1_000_000);
      expect(bytes).toBeLessThan(3_000_000);
      expect(messages).toBeLessThanOrEqual(DEFAULT_QUOTAS.address_messages_per_minute);
    },
    120_000,
  );

  /** What a socket was answered: acks and refusals. */
  const answers = ({ frames }: TestSocket) =>
    frames.filter(({ type }) => type === 'ack' || type === 'error').length;
});
