import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import type { Env } from '../../env.ts';
import { app } from '../../http/app.ts';
import { ORIGIN, SignedInAgent, settleWorld, Visitor } from '../world.ts';
import { away } from './away.ts';

/** P9: a database that is away and limits that are reached are said clearly, and lose nothing. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let visitor: Visitor;
let conversation: StartedConversation;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
});

type Asked = { body?: unknown; headers?: Record<string, string> };

/** A request to the Worker with other bindings. */
async function ask(bindings: Env, method: string, path: string, { body, headers }: Asked = {}) {
  const request = new Request(`${ORIGIN}/api${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const response = await app.fetch(request, bindings, {
    waitUntil: () => {},
    passThroughOnException: () => {},
    props: {},
  });
  return { response, text: response.status === 101 ? '' : await response.text() };
}

async function expectRefusal(answer: ReturnType<typeof ask>, expected: [number, string]) {
  const { response, text } = await answer;
  expect([response.status, JSON.parse(text).error.code]).toEqual(expected);
  expect(text).not.toMatch(/D1|Network|Failed query|stack|\bat \w+.*:\d+/);
  return response;
}

const bearer = () => ({ authorization: `Bearer ${visitor.session.sessionToken}` });

describe('while the database is away', () => {
  test.each([
    ['GET', '/health', undefined],
    ['POST', '/widget/sessions', { key: 'wk_acme' }],
    ['POST', '/widget/conversations', { departmentId: crypto.randomUUID() }],
    ['GET', '/widget/conversations', undefined],
    ['GET', `/widget/conversations/${crypto.randomUUID()}`, undefined],
    ['GET', `/widget/conversations/${crypto.randomUUID()}/messages`, undefined],
    ['PATCH', '/widget/customer', { name: 'Ada' }],
    ['GET', '/admin/me', undefined],
    ['GET', '/admin/conversations', undefined],
    ['POST', '/auth/sign-in/email', { email: 'amos@acme.example', password: 'right or wrong' }],
    ['POST', '/auth/sign-out', {}],
  ])('%s %s is unavailable, for some seconds', async (method, path, body) => {
    const headers = path.startsWith('/widget') ? bearer() : amos.headers;
    const answer = ask(away, method, path, { body, headers });
    const response = await expectRefusal(answer, [503, 'unavailable']);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('P7: an open chat goes on, over its socket, a new one, and HTTP', async () => {
    const open = await visitor.socket(conversation.id);
    await open.hello();
    const path = `/widget/conversations/${conversation.id}`;
    const { response } = await ask(away, 'GET', `${path}/socket`, {
      headers: {
        upgrade: 'websocket',
        'sec-websocket-protocol': `foyer.v1, ${visitor.session.sessionToken}`,
      },
    });
    expect(response.status).toBe(101);
    expect(response.headers.get('sec-websocket-protocol')).toBe('foyer.v1');
    response.webSocket?.accept();
    response.webSocket?.close(1000);

    const id = crypto.randomUUID();
    const sent = await ask(away, 'POST', `${path}/messages`, {
      body: { id, body: 'Still there?' },
      headers: bearer(),
    });
    expect([sent.response.status, JSON.parse(sent.text)]).toMatchObject([201, { id, seq: 1 }]);
    expect((await open.next('message')).message).toMatchObject({ id, body: 'Still there?' });
    const history = await ask(away, 'GET', `${path}/messages`, { headers: bearer() });
    expect(JSON.parse(history.text).items).toMatchObject([{ id }]);
    const closed = await ask(away, 'POST', `${path}/close`, { headers: bearer() });
    expect(closed.response.status).toBe(200);
  });

  test('what is wrong with a request is still said', async () => {
    const wrong = ask(away, 'POST', '/widget/sessions', { body: {} });
    await expectRefusal(wrong, [400, 'validation_failed']);
    const path = '/widget/conversations';
    await expectRefusal(ask(away, 'GET', path), [401, 'unauthorized']);
  });
});

describe('what nobody foresaw', () => {
  test('is internal, with nothing of what it was', async () => {
    const broken: Env = {
      ...env,
      CONVERSATIONS: new Proxy(env.CONVERSATIONS, {
        get: () => () => {
          throw new TypeError('secret is not a function');
        },
      }),
    };
    const path = `/widget/conversations/${conversation.id}/messages`;
    const answer = ask(broken, 'GET', path, { headers: bearer() });
    const { text } = await answer;
    expect(text).not.toContain('secret');
    await expectRefusal(answer, [500, 'internal']);
  });

  test('an object that was reset is unavailable, to be asked again', async () => {
    const reset: Env = {
      ...env,
      CONVERSATIONS: new Proxy(env.CONVERSATIONS, {
        get: () => () => {
          throw Object.assign(new Error('Durable Object reset because its code was updated.'), {
            durableObjectReset: true,
          });
        },
      }),
    };
    const path = `/widget/conversations/${conversation.id}/messages`;
    const response = await expectRefusal(ask(reset, 'GET', path, { headers: bearer() }), [
      503,
      'unavailable',
    ]);
    expect(response.headers.get('retry-after')).not.toBeNull();
  });
});

describe('a limit that is reached', () => {
  const full: RateLimit = { limit: async () => ({ success: false }) };

  test('by an address holds for everything behind it, and says when to come back', async () => {
    for (const [method, path] of [
      ['POST', '/widget/sessions'],
      ['GET', '/admin/me'],
      ['POST', '/auth/sign-in/email'],
    ] as const) {
      const answer = ask({ ...env, ADDRESS_LIMIT: full }, method, path, {
        ...(method === 'POST' && { body: {} }),
      });
      const response = await expectRefusal(answer, [429, 'rate_limited']);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    }
  });

  test('S2: is counted for each IPv4 address, and for each /64 of IPv6', async () => {
    const keys: string[] = [];
    const ADDRESS_LIMIT: RateLimit = {
      limit: async ({ key }) => {
        keys.push(key);
        return { success: true };
      },
    };
    for (const address of ['192.0.2.7', '2001:db8::7', '2001:db8::8']) {
      await ask({ ...env, ADDRESS_LIMIT }, 'GET', '/health', {
        headers: { 'cf-connecting-ip': address },
      });
    }
    expect(keys).toEqual(['192.0.2.7', '2001:db8:0:0::/64', '2001:db8:0:0::/64']);
  });

  test('by one visitor, with the real limit, is not the next one’s', {
    timeout: 30_000,
  }, async () => {
    // More than twice the limit: a minute may end in between.
    const path = `/conversations/${conversation.id}/messages`;
    let last = await visitor.call('GET', path);
    for (let request = 0; request < 700 && last.status === 200; request += 1) {
      last = await visitor.call('GET', path);
    }
    expect([last.status, last.json.error.code]).toEqual([429, 'rate_limited']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    const start = { departmentId: world.acme.billing };
    expect((await visitor.call('POST', '/conversations', start)).status).toBe(429);
    await expect(visitor.socket(conversation.id)).rejects.toThrow('429');
    const other = await Visitor.arrive();
    expect((await other.call('GET', '/conversations')).status).toBe(200);
  });
});
