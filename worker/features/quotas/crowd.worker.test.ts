import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WidgetSession } from '../../../protocol/resources.ts';
import { readSessionToken } from '../../auth/visitors.ts';
import { conversationOf } from '../../conversation/address.ts';
import { inboxOf } from '../../inbox/address.ts';
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
  keepAwake((hold) => runInDurableObject(inboxOf(env, world.acme.id), hold));
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
  const kept = run(async () => {
    while (awake) await scheduler.wait(20);
  });
  releases.push(() => {
    awake = false;
    return kept;
  });
}

/** Begins the organization's counts anew, under the defaults but for these. */
async function setQuotas(change: Partial<Quotas>): Promise<void> {
  await runInDurableObject(inboxOf(env, world.acme.id), (inbox) => {
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
    start: ({ sessionToken }: WidgetSession) =>
      ask('POST', '/conversations', { departmentId: world.acme.billing }, sessionToken),
    say: ({ sessionToken }: WidgetSession, id: string, body: string) =>
      ask('POST', `/conversations/${id}/messages`, { id: crypto.randomUUID(), body }, sessionToken),
  };
}

describe('S1, S2: new visitors of one address', () => {
  const networks = [
    ['one IPv4 address', () => '198.51.100.2'],
    ['the addresses of one /64', (n: number) => `2001:db8:5:5::${n.toString(16)}`],
  ] as const;

  test.each(networks)('%s: suspected, then refused with the time of the next', async (_, name) => {
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
    const known = await at('198.51.100.3').arrive();
    await setQuotas({ address_visitors_per_hour: 1, address_refusal_factor: 1 });
    for (let n = 0; n < 2; n += 1) await at('198.51.100.3').arrive();
    expect((await at('198.51.100.3').arrive()).status).toBe(429);
    expect((await at('198.51.100.3').arrive(known.json.visitorToken)).status).toBe(201);
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

test('S3: messages of one address wait, and agents hear of no more', async () => {
  await setQuotas({ address_messages_per_minute: 10 });
  const attack = at('198.51.100.6');
  const { json } = await attack.arrive();
  const { id } = (await attack.start(json)).json.conversation;
  keepAwake((hold) => runInDurableObject(conversationOf(env, world.acme.id, id), hold));
  const amos = await SignedInAgent.signIn('amos@acme.example');
  const agent = await amos.socket(`/conversations/${id}/socket`);
  await agent.hello();
  const say = async (count: number) => {
    const statuses: number[] = [];
    for (let n = 0; n < count; n += 1) statuses.push((await attack.say(json, id, 'Spam')).status);
    await conversationOf(env, world.acme.id, id).settle();
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
    const said = await office.say(arrived.json, started.json.conversation.id, 'Good morning');
    expect(said.status).toBe(201);
    vi.setSystemTime(Date.now() + 2_000);
  }
}, 180_000);

describe('an attack of one minute', () => {
  /** Bytes that a conversation's object keeps. */
  const stored = (id: string) =>
    runInDurableObject(conversationOf(env, world.acme.id, id), (_, { storage }) => {
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
    keepAwake((hold) => runInDurableObject(conversationOf(env, world.acme.id, id), hold));
    let taken = 0;
    for (let second = 0; second < 60; second += 1) {
      for (let n = 0; n < (second === 0 ? 120 : 3); n += 1) {
        const { status } = await attack.say(json, id, LONG);
        if (status === 201) taken += 1;
      }
      vi.setSystemTime(Date.now() + 1_000);
    }
    const { visitor_messages_burst, visitor_messages_per_minute } = DEFAULT_QUOTAS;
    expect(taken).toBeLessThanOrEqual(visitor_messages_burst + visitor_messages_per_minute);
    expect(await stored(id)).toBeLessThan(1_000_000);
  });
});
