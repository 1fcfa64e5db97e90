import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { conversationObject } from '../../conversation/calls/address.ts';
import type { ConversationObject } from '../../conversation/object.ts';
import { Room } from '../../conversation/room/room.ts';
import type { Env } from '../../env.ts';
import { outages, SETTLE } from '../../kernel/log/outages.ts';
import { projectBy } from '../projecting.ts';
import { call, SignedInAgent, SOON, settleWorld, Visitor } from '../world.ts';
import { away } from './away.ts';

/** O10: five incidents, each answered from the log alone: what, who by id, when, where, in a few lines. */

type Line = Record<string, unknown>;

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let visitor: Visitor;
let conversation: string;
let lines: Line[];

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  visitor = await Visitor.arrive();
  ({ id: conversation } = await visitor.pick(world.acme.billing));
});

beforeEach(() => {
  lines = [];
  for (const method of ['error', 'warn', 'log'] as const) {
    vi.spyOn(console, method).mockImplementation((line) => void lines.push(JSON.parse(line)));
  }
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const headers = () => ({ authorization: `Bearer ${visitor.session.sessionToken}` });
/** Moves to an hour in which no outage is known: other tests leave some behind. */
function calm(hours: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });
  outages.worked('database');
  later(2 * SETTLE);
  lines = [];
}

const later = (milliseconds: number) => vi.setSystemTime(Date.now() + milliseconds);

test('the database was away: since when, until when, how often it was asked', async () => {
  calm(6);
  const path = '/api/widget/conversations';
  for (let minute = 0; minute < 50; minute += 1) {
    const { status } = await call('GET', path, { headers: headers(), bindings: away });
    expect(status).toBe(503);
    later(60_000);
  }
  expect((await call('GET', path, { headers: headers() })).status).toBe(200);
  expect(lines).toMatchObject([
    {
      level: 'error',
      event: 'outage_began',
      service: 'database',
      code: 'network_lost',
      organization: world.acme.id,
      route: 'GET /api/widget/conversations',
      request: expect.any(String),
      at: expect.stringMatching(/^\d{4}-/),
    },
    { event: 'outage_ended', service: 'database', failures: 50, seconds: 3_000 },
  ]);
});

test('an object threw: which, at what, in which request of whom', async () => {
  vi.spyOn(Room.prototype, 'history').mockImplementation(() => {
    throw new TypeError('secret is not a function');
  });
  const path = `/api/admin/conversations/${conversation}/messages`;
  const answer = await call('GET', path, { headers: olive.headers });
  expect(answer.status).toBe(500);
  const request = answer.headers.get('x-request-id');
  expect(lines.filter((line) => line.request === request)).toMatchObject([
    {
      event: 'conversation_failed',
      organization: world.acme.id,
      conversation,
      method: 'history',
      error: 'TypeError',
      where: expect.stringContaining('incidents.worker.test.ts'),
    },
    {
      event: 'request_failed',
      organization: world.acme.id,
      conversation,
      user: world.acme.users[0],
      route: 'GET /api/admin/conversations/:id/messages',
      status: 500,
    },
  ]);
});

test('a mail failed: which, for whom, in which request, and with what code', async () => {
  const send = () =>
    Promise.reject(Object.assign(new Error('secret'), { code: 'E_RECIPIENT_NOT_ALLOWED' }));
  const bindings: Env = { ...env, EMAIL: { send } };
  const { headers: answer } = await call('POST', '/api/password/forgot', {
    body: { email: 'amos@acme.example' },
    bindings,
  });
  expect(lines).toMatchObject([
    {
      level: 'error',
      event: 'mail_failed',
      mail: 'password',
      user: world.acme.users[1],
      request: answer.get('x-request-id'),
      route: 'POST /api/password/forgot',
      code: 'E_RECIPIENT_NOT_ALLOWED',
      outcome: 'failed',
    },
  ]);
});

describe('“I did not get the message”:', () => {
  test('nobody had it open as it was written', async () => {
    const visitorSocket = await visitor.socket(conversation);
    await visitorSocket.hello();
    visitorSocket.close();
    await visitorSocket.gone();
    const path = `/admin/conversations/${conversation}/messages`;
    const say = (body: string) => olive.call('POST', path, { id: crypto.randomUUID(), body });
    const { json, headers: answer } = await say('Are you there?');
    await say('Hello?');
    expect(lines.filter(({ event }) => event === 'message_unheard')).toMatchObject([
      {
        level: 'info',
        organization: world.acme.id,
        conversation,
        seq: json.seq,
        role: 'visitor',
        request: answer.get('x-request-id'),
      },
    ]);
  });

  test('it was refused, and why', async () => {
    await visitor.call('POST', `/conversations/${conversation}/close`);
    const visitorSocket = await visitor.socket(conversation);
    await visitorSocket.hello();
    visitorSocket.say({ type: 'send', id: crypto.randomUUID(), body: 'One more thing' });
    await visitorSocket.next('error');
    expect(lines).toContainEqual(
      expect.objectContaining({
        event: 'message_refused',
        organization: world.acme.id,
        conversation,
        role: 'visitor',
        refusal: 'conversation_closed',
      }),
    );
  });
});

test('a website was refused: whose widget, and what its origin lacks', async () => {
  const patch = (allowedOrigins: string[]) =>
    olive.call('PATCH', '/admin/settings', { allowedOrigins });
  expect((await patch(['https://shop.example'])).status).toBe(200);
  lines = [];
  const body = { key: 'wk_acme', page: { url: 'https://www.shop.example/' } };
  const answer = await call('POST', '/api/widget/sessions', { body });
  await call('POST', '/api/widget/sessions', { body });
  await patch([]);
  expect(answer.status).toBe(403);
  expect(lines.filter(({ event }) => event === 'origin_refused')).toMatchObject([
    {
      level: 'warn',
      organization: world.acme.id,
      reason: 'other_subdomain',
      request: answer.headers.get('x-request-id'),
      route: 'POST /api/widget/sessions',
      count: 1,
    },
  ]);
});

test('a conversation that could not be written to the lists: a line where it began, one where it ended', async () => {
  calm(18);
  const { id } = await (await Visitor.arrive()).pick(world.acme.billing);
  const own = conversationObject(env, world.acme.id, id);
  const agent = {
    role: 'agent',
    organization_id: world.acme.id,
    id: world.acme.users[1] ?? '',
    name: 'A',
    session_id: 's',
  } as const;
  const back = await projectBy(
    world.acme.id,
    id,
    () => () => Promise.reject(new Error('D1_ERROR: Network connection lost.')),
  );
  await runInDurableObject(own, (instance: ConversationObject) => {
    instance.post(agent, { id: crypto.randomUUID(), kind: 'text', body: 'Hello' });
  });
  for (let attempt = 0; attempt < 10; attempt += 1) {
    later(5 * 60_000);
    await runDurableObjectAlarm(own);
  }
  await back();
  await runDurableObjectAlarm(own);
  const outageLines = lines.filter(({ event }) => String(event).startsWith('outage'));
  expect(outageLines).toMatchObject([
    { event: 'outage_began', organization: world.acme.id, conversation: id },
    // Whichever of the two objects notices first.
    { event: 'outage_ended', organization: world.acme.id },
  ]);
});

test('the organization’s object tells the end of an outage, too: it may be alone in its isolate', async () => {
  const worked = vi.spyOn(outages, 'worked');
  const ada = await Visitor.arrive();
  const { id } = await ada.pick(world.acme.billing);
  // A message's row is handed to somebody else (K15); whoever closes waits for it.
  expect((await ada.call('POST', `/conversations/${id}/close`)).status).toBe(200);
  const object = { organization: world.acme.id };
  await vi.waitFor(() => expect(worked).toHaveBeenCalledWith('database', object), SOON);
});
