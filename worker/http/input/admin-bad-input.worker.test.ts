import { beforeAll, describe, expect, test } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { call, ORIGIN, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** P9: what an agent's browser may get wrong, and who does not get in at all. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let conversation: StartedConversation;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  const visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.sales, {
    preChatData: { name: 'Änne 100% _Sure_', email: 'aenne@example.org' },
  });
});

type Answer = Awaited<ReturnType<typeof call>>;

function expectRefusal({ status, json }: Answer, expected: [number, string]): void {
  expect([status, json?.error?.code]).toEqual(expected);
  expect(json.error.message).toMatch(/^[A-Z].*\.$/);
  expect(JSON.stringify(json)).not.toMatch(/\bat \w+.*:\d+|SQLITE|D1_|drizzle|zod|stack/i);
}

function expectFields(answer: Answer, fields: string[]): void {
  expectRefusal(answer, [400, 'validation_failed']);
  expect(Object.keys(answer.json.error.fields ?? {})).toEqual(fields);
}

const path = (rest = '') => `/admin/conversations/${conversation.id}${rest}`;

describe('an agent', () => {
  const socket = { upgrade: 'websocket', 'sec-websocket-protocol': 'foyer.v1' };
  const routes: [string, string, Record<string, string>][] = [
    ['PATCH', '', {}],
    ['POST', '/claim', {}],
    ['POST', '/messages', {}],
    ['GET', '/socket', socket],
  ];

  test.each(routes)(
    'is not asked on behalf of another site: %s %s',
    async (method, rest, headers) => {
      const { cookie } = amos.headers;
      for (const origin of [undefined, 'null', 'https://evil.example', `${ORIGIN}.evil.example`]) {
        const answer = await call(method, `/api${path(rest)}`, {
          headers: { cookie, ...headers, ...(origin !== undefined && { origin }) },
          ...(method !== 'GET' && { body: { status: 'closed' } }),
        });
        expectRefusal(answer, [403, 'origin_not_allowed']);
      }
    },
  );

  test.each(routes)('must be signed in: %s %s', async (method, rest, headers) => {
    for (const cookie of ['', '__Host-foyer.session_token=forged.AAAA', 'a=b']) {
      const answer = await call(method, `/api${path(rest)}`, {
        headers: { origin: ORIGIN, cookie, ...headers },
        ...(method !== 'GET' && { body: { status: 'closed' } }),
      });
      expectRefusal(answer, [401, 'unauthorized']);
    }
  });

  test('may read without an Origin, which browsers do not send then', async () => {
    const { cookie } = amos.headers;
    expect((await call('GET', `/api${path()}`, { headers: { cookie } })).status).toBe(200);
    expectRefusal(await call('GET', `/api${path()}`), [401, 'unauthorized']);
  });

  test("is no visitor: a visitor's token opens nothing here", async () => {
    const { session } = await Visitor.arrive();
    const headers = { authorization: `Bearer ${session.sessionToken}`, origin: ORIGIN };
    expectRefusal(await call('GET', `/api${path()}`, { headers }), [401, 'unauthorized']);
  });
});

describe('a change', () => {
  test.each([
    [{ status: 'waiting' }, ['status']],
    [{ status: 'closed', closedReason: 'visitor_left' }, ['closedReason']],
    [{ assigneeId: 7 }, ['assigneeId']],
    [{ departmentId: null }, ['departmentId']],
    [{ priority: 'highest' }, ['priority']],
    [{ assigneeId: 'nobody' }, ['assigneeId']],
    [{ departmentId: 'nowhere' }, ['departmentId']],
  ])('that is not right is refused by field: %o', async (body, fields) => {
    expectFields(await amos.call('PATCH', path(), body), fields);
  });

  test('that is no JSON is malformed', async () => {
    expectRefusal(await amos.call('PATCH', path(), '{'), [400, 'malformed_json']);
    expectRefusal(await amos.call('POST', path('/messages'), '{'), [400, 'malformed_json']);
  });

  test('left nothing behind', async () => {
    const { json } = await amos.call('GET', path('/messages'));
    expect(json.items).toEqual([]);
  });
});

describe('a message', () => {
  test('of a kind that nobody writes is refused', async () => {
    const body = { id: crypto.randomUUID(), body: 'Hi', kind: 'event' };
    expectFields(await amos.call('POST', path('/messages'), body), ['kind']);
  });
});

describe('a list', () => {
  test.each([
    ['conversations?status=all', 'status'],
    ['conversations?sort=name', 'sort'],
    ['conversations?limit=0', 'limit'],
    ['conversations?limit=x', 'limit'],
    ['conversations?cursor=x', 'cursor'],
    [`conversations?cursor=${btoa('["a"]')}`, 'cursor'],
    [`conversations?sort=waiting&cursor=${btoa('[1,"a"]')}`, 'cursor'],
    ['customers?cursor=%5B', 'cursor'],
    [`customers?q=${'x'.repeat(201)}`, 'q'],
  ])('asked wrongly names what is wrong: %s', async (query, field) => {
    expectFields(await amos.call('GET', `/admin/${query}`), [field]);
  });

  const idsIn = async (list: string, q: string) => {
    const { status, json } = await amos.call('GET', `/admin/${list}?q=${encodeURIComponent(q)}`);
    expect(status).toBe(200);
    return json.items.length;
  };

  test.each(['conversations', 'customers'])(
    'of %s is searched for the text itself',
    async (list) => {
      for (const q of ['nne', 'Änne', '100%', '_Sure_', 'sure', 'AENNE@', '  100%  ']) {
        expect([q, await idsIn(list, q)]).toEqual([q, 1]);
      }
      for (const q of ['1%0', '_nne', "'", '" OR 1=1 --', '\\', 'x'.repeat(200), '%'.repeat(200)]) {
        expect([q, await idsIn(list, q)]).toEqual([q, 0]);
      }
    },
  );
});
