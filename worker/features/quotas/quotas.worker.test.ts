import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { conversationObject } from '../../conversation/calls/address.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { organizationObject } from '../../organization/address.ts';
import { call, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { FileDays } from './file-days.ts';
import { DEFAULT_QUOTAS } from './quotas.ts';

const { conversations, widgetCustomers } = tables;

/** What one visitor may do: hard limits that the database and the conversations count. */

let world: Awaited<ReturnType<typeof settleWorld>>;

beforeAll(async () => {
  world = await settleWorld();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("S1: a customer's fields", () => {
  /** Names of fields in the order that decides which stay. */
  const fields = (from: number, count: number, length: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`f${from + index}`, 'x'.repeat(length)]),
    );
  const storedBytes = async (visitor: Visitor) => {
    const [row] = await openDatabase(env)
      .select()
      .from(widgetCustomers)
      .where(
        and(
          eq(widgetCustomers.organization_id, world.acme.id),
          eq(widgetCustomers.visitor_id, visitor.session.visitor_id),
        ),
      );
    return row;
  };

  test('of more than 16 KB together are refused by name, and nothing is written', async () => {
    const ada = await Visitor.arrive();
    const customFields = { ...fields(10, 8, 2_000), f99: 'y'.repeat(1_999) };
    const { status, json } = await ada.call('POST', '/conversations', {
      departmentId: world.acme.billing,
      customerData: { customFields },
    });
    expect([status, json.error.code]).toEqual([400, 'validation_failed']);
    expect(json.error.reasons).toEqual({ 'customerData.customFields.f10': 'too_long' });
    expect(await storedBytes(ada)).toBe(undefined);
  });

  test('are counted in bytes and not in characters', async () => {
    const ada = await Visitor.arrive();
    const customFields = Object.fromEntries(
      [1, 2, 3, 4, 5].map((n) => [`f${n}`, '字'.repeat(2_000)]),
    );
    const { json } = await ada.call('POST', '/conversations', {
      departmentId: world.acme.billing,
      customerData: { customFields },
    });
    expect(json.error?.code).toBe('validation_failed');
  });

  test('said one after the other never become more than 16 KB', async () => {
    const ada = await Visitor.arrive();
    await ada.pick(world.acme.billing, { customerData: { customFields: fields(10, 8, 1_990) } });
    for (const from of [20, 30]) {
      const customFields = fields(from, 4, 1_990);
      const { status } = await ada.call('PATCH', '/customer', { customFields });
      expect(status).toBe(200);
    }
    const row = await storedBytes(ada);
    const size = JSON.stringify(row?.custom_fields).length;
    expect(size).toBeLessThan(DEFAULT_QUOTAS.customer_bytes);
    // The newest are all there, and as many of the old ones as fit.
    expect(Object.keys(row?.custom_fields ?? {}).sort()).toEqual(
      ['f10', 'f11', 'f12', 'f13', 'f30', 'f31', 'f32', 'f33'].sort(),
    );
    const refused = await ada.call('PATCH', '/customer', { customFields: fields(40, 9, 2_000) });
    expect([refused.status, refused.json.error.code]).toEqual([400, 'validation_failed']);
  });
});

describe('S10: conversations of one visitor', () => {
  test('end at 20 an hour, with the time of the next one', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2027-03-01T12:00:00Z') });
    const ada = await Visitor.arrive();
    const start = () => ada.call('POST', '/conversations', { departmentId: world.acme.billing });
    const { visitor_conversations_per_hour } = DEFAULT_QUOTAS;
    for (let number = 0; number < visitor_conversations_per_hour; number += 1) {
      const { status, json } = await start();
      expect(status).toBe(201);
      // What is open is answered again, and counts for nothing.
      expect((await start()).status).toBe(200);
      await ada.call('POST', `/conversations/${json.conversation.id}/close`);
      vi.setSystemTime(Date.now() + 60_000);
    }
    const refused = await start();
    expect([refused.status, refused.json.error.code]).toEqual([429, 'rate_limited']);
    expect(refused.headers.get('retry-after')).toBe(`${40 * 60}`);
    const rows = await openDatabase(env)
      .select({ id: conversations.id })
      .from(conversations)
      .innerJoin(widgetCustomers, eq(widgetCustomers.id, conversations.widget_customer_id))
      .where(eq(widgetCustomers.visitor_id, ada.session.visitor_id));
    expect(rows).toHaveLength(visitor_conversations_per_hour);
    // Somebody else is not held back.
    await (await Visitor.arrive()).pick(world.acme.billing);
    vi.setSystemTime(Date.now() + 40 * 60_000);
    expect((await start()).status).toBe(201);
  });
});

test('S10: a conversation is rated five times, and the fifth stays', async () => {
  const ada = await Visitor.arrive();
  const { id } = await ada.pick(world.acme.billing);
  const rate = async (score: number) =>
    (await ada.call('PUT', `/conversations/${id}/rating`, { score })).status;
  for (const score of [1, 2, 3, 4, 5]) expect(await rate(score)).toBe(204);
  // Said again, it is no other.
  expect(await rate(5)).toBe(204);
  await evictDurableObject(conversationObject(env, world.acme.id, id));
  expect(await rate(1)).toBe(409);
  expect(await rate(5)).toBe(204);
  const olive = await SignedInAgent.signIn('olive@acme.example');
  const { json } = await olive.call('GET', `/admin/conversations/${id}`);
  expect(json.conversation.rating).toMatchObject({ score: 5 });
  expect(json.conversation).not.toHaveProperty('ratings');
});

test('S10: an organization sets its own megabytes of files by visitor, and its number holds', async () => {
  const olive = await SignedInAgent.signIn('olive@acme.example');
  const set = (visitorFileMegabytes: unknown) =>
    olive.call('PATCH', '/admin/settings', { visitorFileMegabytes });
  for (const wrong of [0, 1.5, 10_001, '5']) {
    const { status, json } = await set(wrong);
    expect([status, Object.keys(json.error.fields)]).toEqual([400, ['visitorFileMegabytes']]);
  }
  expect((await set(1)).json.settings.visitor_file_megabytes).toBe(1);
  const ada = await Visitor.arrive();
  const { id } = await ada.pick(world.acme.billing);
  const send = async (bytes: number) => {
    const path = `/api/widget/conversations/${id}/files?id=${crypto.randomUUID()}&name=a.txt`;
    const headers = {
      authorization: `Bearer ${ada.session.sessionToken}`,
      'content-type': 'text/plain',
      'content-length': `${bytes}`,
    };
    return (await call('POST', path, { body: 'a'.repeat(bytes), headers })).status;
  };
  expect([await send(900_000), await send(200_000)]).toEqual([201, 429]);
  await set(2);
  expect(await send(200_000)).toBe(201);
  expect((await set(null)).json.settings.visitor_file_megabytes).toBe(null);
});

test("S10: a visitor's files end with the day's bytes, and an agent's do not", async () => {
  await runInDurableObject(organizationObject(env, world.acme.id), (inbox, { storage }) => {
    const quotas = { ...DEFAULT_QUOTAS, visitor_file_bytes_per_day: 10 };
    inbox.fileDays = new FileDays(quotas, storage.kv);
  });
  const ada = await Visitor.arrive();
  const { id } = await ada.pick(world.acme.billing);
  const olive = await SignedInAgent.signIn('olive@acme.example');
  const send = (audience: 'widget' | 'admin', headers: Record<string, string>, file = uuid()) =>
    call('POST', `/api/${audience}/conversations/${id}/files?id=${file}&name=a.txt`, {
      body: 'letters',
      headers: { ...headers, 'content-type': 'text/plain', 'content-length': '7' },
    });
  const uuid = () => crypto.randomUUID();
  const hers = { authorization: `Bearer ${ada.session.sessionToken}` };
  const first = uuid();
  expect((await send('widget', hers, first)).status).toBe(201);
  const refused = await send('widget', hers);
  expect([refused.status, refused.json.error.code]).toEqual([429, 'rate_limited']);
  expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(86_400);
  // A resend is no other file.
  expect((await send('widget', hers, first)).status).toBe(200);
  expect((await send('admin', olive.headers)).status).toBe(201);
});

test('FOYER_QUOTAS that is not understood: health says so, and the defaults hold', async () => {
  const health = async (FOYER_QUOTAS: string) =>
    (await call('GET', '/api/health', { bindings: { ...env, FOYER_QUOTAS } })).json.problems;
  expect(await health('{"ratings": 5}')).toEqual(['quotas_invalid']);
  expect(await health('off')).toEqual([]);
  expect(await health('')).toEqual([]);
});
