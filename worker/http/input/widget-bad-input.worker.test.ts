import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { MAX_BODY_BYTES, MAX_MESSAGE_LENGTH } from '../../../protocol/limits.ts';
import { signTokens } from '../../auth/visitors.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { call, settleWorld, Visitor } from '../../test/world.ts';

const { departments, widgetSettings } = tables;

/** P9: what a visitor's browser may get wrong, and the clear error that each mistake gets. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let visitor: Visitor;
let conversation: StartedConversation;

beforeAll(async () => {
  world = await settleWorld();
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
});

type Answer = Awaited<ReturnType<typeof call>>;

/** It is that refusal, with a sentence and nothing of what is inside. */
function expectRefusal({ status, json, headers }: Answer, expected: [number, string]): void {
  expect([status, json?.error?.code]).toEqual(expected);
  expect(Object.keys(json)).toEqual(['error']);
  expect(json.error.message).toMatch(/^[A-Z].*\.$/);
  expect(JSON.stringify(json)).not.toMatch(/\bat \w+.*:\d+|SQLITE|D1_|drizzle|zod|stack/i);
  expect(headers.get('content-type')).toContain('application/json');
}

function expectFields(answer: Answer, fields: string[]): void {
  expectRefusal(answer, [400, 'validation_failed']);
  expect(Object.keys(answer.json.error.fields ?? {}).sort()).toEqual(fields);
}

const start = (body: object) => visitor.call('POST', '/conversations', body);
const post = (body: unknown) =>
  visitor.call('POST', `/conversations/${conversation.id}/messages`, body);
const arrive = (body: unknown) => call('POST', '/api/widget/sessions', { body });

describe('a body that is no JSON', () => {
  test.each([
    ['/sessions', '{"key":'],
    ['/sessions', 'key=wk_acme'],
    ['/conversations', '{]'],
    ['/customer', 'nonsense'],
  ])('is malformed: %s', async (path, body) => {
    const method = path === '/customer' ? 'PATCH' : 'POST';
    expectRefusal(await visitor.call(method, path, body), [400, 'malformed_json']);
  });

  test.each(['[]', 'null', '"key"', '7'])('or no object is not right: %s', async (body) => {
    expectRefusal(await arrive(body), [400, 'validation_failed']);
  });

  test('is not looked at as anything else', async () => {
    const answer = await call('POST', '/api/widget/sessions', {
      body: '{"key":"wk_acme"}',
      headers: { 'content-type': 'text/plain' },
    });
    expectRefusal(answer, [400, 'validation_failed']);
  });

  test('is too large before it is read', async () => {
    const body = JSON.stringify({ key: 'x'.repeat(MAX_BODY_BYTES) });
    expectRefusal(await arrive(body), [413, 'payload_too_large']);
  });
});

describe('a session', () => {
  test('needs a key', async () => {
    expectFields(await arrive({}), ['key']);
  });

  test('names each field that is wrong', async () => {
    const long = 'x'.repeat(2_001);
    const body = {
      key: 7,
      visitorToken: long,
      page: { url: long, title: {}, referrer: long },
      origin: long,
      locale: long,
      timezone: [],
    };
    expectFields(await arrive(body), [
      'key',
      'locale',
      'origin',
      'page.referrer',
      'page.title',
      'page.url',
      'timezone',
      'visitorToken',
    ]);
  });

  test('of an unknown key is 404', async () => {
    expectRefusal(await arrive({ key: 'wk_nobody' }), [404, 'not_found']);
  });

  test('is opened for a new visitor, without an error, if the visitor token is wrong', async () => {
    const { visitorToken, sessionToken, visitor_id } = visitor.session;
    const forged = await signTokens('a secret of another installation, long', {
      organization_id: world.acme.id,
      visitor_id,
    });
    for (const token of ['', 'noise', sessionToken, forged.visitorToken, `${visitorToken}x`]) {
      const { status, json } = await arrive({ key: 'wk_acme', visitorToken: token });
      expect(status).toBe(201);
      expect(json.visitor_id).not.toBe(visitor_id);
      expect(json.open_conversation).toBeNull();
    }
    const otherOrganization = await arrive({ key: 'wk_globex', visitorToken });
    expect(otherOrganization.json.visitor_id).not.toBe(visitor_id);
    const { json } = await arrive({ key: 'wk_acme', visitorToken });
    expect(json).toMatchObject({ visitor_id, open_conversation: { id: conversation.id } });
  });

  test('is opened only where the organization allows it', async () => {
    const db = openDatabase(env);
    const allow = (allowed_origins: string[]) =>
      db
        .update(widgetSettings)
        .set({ allowed_origins })
        .where(eq(widgetSettings.organization_id, world.globex.id));
    await allow(['https://globex.example']);
    const at = (origin: string | undefined, headers: Record<string, string> = {}) =>
      call('POST', '/api/widget/sessions', { body: { key: 'wk_globex', origin }, headers });
    expect((await at('https://globex.example')).status).toBe(201);
    for (const answer of [
      await at('https://evil.example'),
      await at(undefined),
      await at('https://globex.example', { origin: 'https://evil.example' }),
    ]) {
      expectRefusal(answer, [403, 'origin_not_allowed']);
    }
    await allow([]);
    expect((await at('https://evil.example')).status).toBe(201);
  });
});

describe('a conversation', () => {
  test('needs a department', async () => {
    expectFields(await start({}), ['departmentId']);
  });

  test('in an unknown, foreign or hidden department is 404', async () => {
    const { sales } = world.acme;
    const db = openDatabase(env);
    const show = (visible: boolean) =>
      db.update(departments).set({ visible }).where(eq(departments.id, sales));
    await show(false);
    for (const departmentId of [crypto.randomUUID(), world.globex.support, sales]) {
      expectRefusal(await start({ departmentId }), [404, 'not_found']);
    }
    await show(true);
  });

  test('V5: in a department that is hidden, archived or deleted says so as a code', async () => {
    const { sales } = world.acme;
    const db = openDatabase(env);
    const change = (values: Partial<typeof departments.$inferInsert>) =>
      db.update(departments).set(values).where(eq(departments.id, sales));
    const refusal = async (departmentId: string) =>
      (await start({ departmentId })).json.error.reasons;
    const gone = { departmentId: 'not_available' };
    await change({ visible: false });
    expect(await refusal(sales)).toEqual(gone);
    await change({ visible: true, archived_at: new Date() });
    expect(await refusal(sales)).toEqual(gone);
    await change({ archived_at: null });
    // One that never was, or is another tenant's, is refused alike.
    for (const id of [crypto.randomUUID(), world.globex.support])
      expect(await refusal(id)).toEqual(gone);
  });

  test('V4: says what is wrong with each answer as a code', async () => {
    const preChatData = { email: 'nobody', size: '3', extra: 'x' };
    const { json } = await start({ departmentId: world.acme.sales, preChatData });
    expect(json.error.reasons).toEqual({
      'preChatData.email': 'not_an_email',
      'preChatData.extra': 'unknown_field',
      'preChatData.name': 'required',
      'preChatData.size': 'not_a_choice',
    });
  });

  test("names each answer that does not fit the department's form", async () => {
    const preChatData = { email: 'nobody', size: '3', extra: 'x' };
    const answer = await start({ departmentId: world.acme.sales, preChatData });
    expectFields(answer, [
      'preChatData.email',
      'preChatData.extra',
      'preChatData.name',
      'preChatData.size',
    ]);
  });

  test('names what is too long, too much, or of another type', async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${index}`, '']));
    const answers = [
      [{ preChatData: many }, ['preChatData']],
      [{ preChatData: { name: 'x'.repeat(2_001) } }, ['preChatData.name']],
      [{ preChatData: { name: 7 } }, ['preChatData.name']],
      [{ preChatData: 'name' }, ['preChatData']],
      [{ customerData: { name: 'x'.repeat(201) } }, ['customerData.name']],
      [{ customerData: { email: 'nobody' } }, ['customerData.email']],
      [{ customerData: { phone: '1'.repeat(51) } }, ['customerData.phone']],
      [{ previousConversationId: 'x' }, ['previousConversationId']],
      [{ page: { url: 'x'.repeat(2_001) } }, ['page.url']],
    ] as const;
    for (const [body, fields] of answers) {
      expectFields(await start({ departmentId: world.acme.sales, ...body }), [...fields]);
    }
    const before = await visitor.call('GET', '/conversations');
    expect(before.json.items).toHaveLength(1);
  });

  test('to go on from that is not there is 404, and none is made', async () => {
    const body = { departmentId: world.acme.sales, previousConversationId: crypto.randomUUID() };
    const preChatData = { name: 'Ada', email: 'ada@example.org' };
    expectRefusal(await start({ ...body, preChatData }), [404, 'not_found']);
    expect((await visitor.call('GET', '/conversations')).json.items).toHaveLength(1);
  });

  test('without a token, in header or body, is 401', async () => {
    const body = { departmentId: world.acme.billing };
    const path = '/api/widget/conversations';
    expectRefusal(await call('POST', path, { body }), [401, 'unauthorized']);
    const wrong = { ...body, sessionToken: 'st_noise' };
    expectRefusal(await call('POST', path, { body: wrong }), [401, 'unauthorized']);
    const { sessionToken } = visitor.session;
    const right = await call('POST', path, { body: { ...body, sessionToken } });
    expect([right.status, right.json.conversation.id]).toEqual([200, conversation.id]);
  });
});

describe('a message', () => {
  const id = crypto.randomUUID();

  test.each([
    ['nothing', {}, ['body', 'id']],
    ['an id that is no UUID', { id: '1', body: 'Hi' }, ['id']],
    ['no text', { id, body: '' }, ['body']],
    ['blanks', { id, body: ' \n ' }, ['body']],
    ['V18: invisible', { id, body: '\u200b\u00ad' }, ['body']],
    ['A21: 5,001 emoji', { id, body: '😀'.repeat(MAX_MESSAGE_LENGTH + 1) }, ['body']],
    ['a number', { id, body: 7 }, ['body']],
    ['too much text', { id, body: 'x'.repeat(MAX_MESSAGE_LENGTH + 1) }, ['body']],
  ])('that is %s is refused by field', async (_what, body, fields) => {
    expectFields(await post(body), fields);
  });

  test.each([
    ['of the full length', 'ü'.repeat(MAX_MESSAGE_LENGTH)],
    ['A21: of as many emoji', '😀'.repeat(MAX_MESSAGE_LENGTH)],
  ])('%s is taken whole', async (_what, body) => {
    expect((await post({ id: crypto.randomUUID(), body })).status).toBe(201);
    const path = `/conversations/${conversation.id}/messages`;
    expect((await visitor.call('GET', path)).json.items.at(-1).body).toBe(body);
  });

  test.each([
    ['after=-1', ['after']],
    ['after=x', ['after']],
    ['limit=0', ['limit']],
    ['limit=101', ['limit']],
    ['after=1&before=2', ['before']],
  ])('is not found by %s', async (query, fields) => {
    const path = `/conversations/${conversation.id}/messages?${query}`;
    expectFields(await visitor.call('GET', path), fields);
  });
});

describe('what else a visitor may ask', () => {
  test('an id that is no id is named', async () => {
    for (const [method, path] of [
      ['GET', '/conversations/x'],
      ['POST', '/conversations/x/close'],
      ['GET', '/conversations/x/messages'],
    ] as const) {
      expectFields(await visitor.call(method, path), ['id']);
    }
  });

  test('a cursor that is none is named', async () => {
    for (const cursor of ['x', btoa('[1,2]'), btoa('{}'), btoa('[')]) {
      const path = `/conversations?cursor=${encodeURIComponent(cursor)}`;
      expectFields(await visitor.call('GET', path), ['cursor']);
    }
    expectFields(await visitor.call('GET', '/conversations?limit=1000'), ['limit']);
  });

  test("a name that is too long is refused, and the visitor's name stays", async () => {
    expectFields(await visitor.call('PATCH', '/customer', { name: 'x'.repeat(201) }), ['name']);
    expectFields(await visitor.call('PATCH', '/customer', { email: 'x' }), ['email']);
    const { json } = await visitor.call('PATCH', '/customer', {});
    expect(json.widget_customer).toMatchObject({ full_name: null, email: null });
  });

  test('somebody who never wrote is no customer', async () => {
    const stranger = await Visitor.arrive();
    expectRefusal(await stranger.call('PATCH', '/customer', { name: 'Eve' }), [404, 'not_found']);
    const { json } = await stranger.call('GET', '/conversations');
    expect(json).toEqual({ items: [], next_cursor: null });
  });

  test.each([
    ['GET', '/api/nothing'],
    ['GET', '/api/widget/nothing'],
    ['DELETE', '/api/widget/sessions'],
    ['GET', '/api/widget/sessions'],
    ['GET', '/nothing'],
  ])('%s %s is not there', async (method, path) => {
    const headers = { authorization: `Bearer ${visitor.session.sessionToken}` };
    expectRefusal(await call(method, path, { headers }), [404, 'not_found']);
  });
});
