import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { conversationObject } from '../conversation/calls/address.ts';
import type { Env } from '../env.ts';
import { findConversation } from '../features/conversations/store/one.ts';
import { app } from '../http/app.ts';
import { ORIGIN, SignedInAgent, settleWorld, Visitor } from '../test/world.ts';
import { databaseKind } from './configured.ts';
import { openDatabase } from './database.ts';

/** One database is bound, and whichever it is, the API answers alike. */

const SOME_ID = '01a00000-0000-7000-8000-000000000000';

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

async function health(bindings: Partial<Env>) {
  const { DB: _, HYPERDRIVE: __, ...rest } = env;
  const response = await app.fetch(
    new Request(`${ORIGIN}/api/health`),
    { ...rest, ...bindings },
    { waitUntil: () => {}, passThroughOnException: () => {}, props: {} },
  );
  return { status: response.status, body: await response.json() };
}

describe('the bindings choose', () => {
  test('the one that is bound', async () => {
    const bound: Partial<Env> = env.HYPERDRIVE ? { HYPERDRIVE: env.HYPERDRIVE } : { DB: env.DB };
    expect(await health(bound)).toMatchObject({ status: 200, body: { database: databaseKind } });
  });

  test.each([
    ['none', 'has no database', {}],
    ['two', 'has two databases', { DB: {}, HYPERDRIVE: {} }],
  ])('%s is refused with what is wrong', async (_, sentence, bindings) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { status, body } = await health(bindings as Partial<Env>);
    expect(status).toBe(503);
    expect(body).toMatchObject({
      error: { code: 'unavailable', message: expect.stringContaining(sentence) },
    });
  });
});

describe('what only one database could not take', () => {
  test.each([
    ['assignee=nobody'],
    ['department=sales'],
    ['cursor=nonsense'],
    [`cursor=${btoa(JSON.stringify([0, "' OR 1"])).replaceAll('=', '')}`],
    [`cursor=${btoa(JSON.stringify([1e300, SOME_ID])).replaceAll('=', '')}`],
  ])('P9: ?%s is refused as a mistake', async (query) => {
    const { status, json } = await amos.call('GET', `/admin/conversations?${query}`);
    expect([status, json.error?.code]).toEqual([400, 'validation_failed']);
  });

  test('an id in capitals is the same conversation, and not another object', async () => {
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.billing);
    const path = `/conversations/${id.toUpperCase()}/messages`;
    const sent = { id: crypto.randomUUID(), body: 'Once' };
    expect((await visitor.call('POST', path, sent)).json).toMatchObject({ seq: 1 });
    const { json } = await visitor.call('GET', `/conversations/${id}/messages`);
    expect(json.items).toMatchObject([{ seq: 1, body: 'Once' }]);
  });

  test('P7: a message with a NUL is in the lists, as a database can hold it', async () => {
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.sales, {
      preChatData: { name: 'A\0da', email: 'ada@example.org' },
    });
    const body = 'half a pair \ud83d and a NUL \0 in it';
    const sent = { id: crypto.randomUUID(), body };
    await visitor.call('POST', `/conversations/${id}/messages`, sent);
    expect(await conversationObject(env, world.acme.id, id).settle()).toBe(true);
    const row = await findConversation(openDatabase(env), world.acme.id, id);
    expect(row?.last_message_preview).toMatch(/^half a pair .{1,3} and a NUL . in it$/su);
    const { status } = await amos.call('GET', `/admin/conversations?q=${encodeURIComponent('\0')}`);
    expect(status).toBe(200);
  });
});
