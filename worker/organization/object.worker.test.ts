import { evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { CloseCode, isFatal } from '../../protocol/version.ts';
import { WHO_HEADER } from '../conversation/who.ts';
import { tables } from '../database/configured.ts';
import { openDatabase } from '../database/database.ts';
import { STRIKES } from '../kernel/sockets/frame-gate.ts';
import { TestSocket } from '../test/socket.ts';
import { ORIGIN, SignedInAgent, SOON, settleWorld, Visitor } from '../test/world.ts';
import { organizationObject } from './address.ts';
import { WATCHED } from './agents/socket-memory.ts';

/** What keeps the agents live: who is there, what changed, and the end of whoever must go. */

const ENDED = { code: CloseCode.sessionEnded, reason: 'session_ended' };

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let gus: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  gus = await SignedInAgent.signIn('gus@globex.example');
});

const open: TestSocket[] = [];

/** A socket that the next test does not find open. */
async function opened(socket: Promise<TestSocket>): Promise<TestSocket> {
  open.push(await socket);
  return socket;
}

beforeEach(async () => {
  // The tests sign in more often than a person.
  await openDatabase(env).delete(tables.rateLimits);
  for (const socket of open.splice(0)) {
    if (socket.closed) continue;
    socket.close();
    await socket.gone();
  }
});

/** A dashboard's socket, after its first frame. */
async function organizationSocket(agent: SignedInAgent, query = ''): Promise<TestSocket> {
  const socket = await opened(agent.socket(`/inbox/socket${query}`));
  await socket.next('versions');
  return socket;
}

const conversationSocket = (agent: SignedInAgent, id: string) =>
  opened(agent.socket(`/conversations/${id}/socket`));

async function newConversation(): Promise<string> {
  const visitor = await Visitor.arrive();
  return (await visitor.pick(world.acme.billing)).id;
}

const namesOf = (people: readonly { name: string }[]) => people.map(({ name }) => name).sort();

/** Waits until the socket is told that exactly these are there, and these away. */
async function presence(socket: TestSocket, names: string[], away: string[] = []): Promise<void> {
  await socket.next(
    'presence',
    (frame) =>
      namesOf(frame.online).join() === names.join() && namesOf(frame.away).join() === away.join(),
  );
}

const acmeObject = () => organizationObject(env, world.acme.id);

describe('presence', () => {
  test('is told as people come and go; several tabs are one person and no news', async () => {
    const hers = await organizationSocket(olive);
    await presence(hers, ['Olive']);
    const amos = await SignedInAgent.signIn('amos@acme.example');
    const tab = await organizationSocket(amos);
    await presence(hers, ['Amos', 'Olive']);
    await presence(tab, ['Amos', 'Olive']);

    const second = await organizationSocket(amos);
    await presence(second, ['Amos', 'Olive']);
    tab.close();
    await tab.gone();
    second.close();
    await second.gone();
    const next = await hers.next('presence');
    expect(next.online.map(({ name }) => name)).toEqual(['Olive']);
  });

  test('of a team that comes at once is told a few times, and not to each of each', async () => {
    const hers = await organizationSocket(olive);
    await presence(hers, ['Olive']);
    const people = Array.from({ length: 20 }, (_, index) => `Helper ${index}`);
    await Promise.all(
      people.map(async (name) => {
        const response = await acmeObject().fetch('https://object/socket', {
          headers: {
            upgrade: 'websocket',
            [WHO_HEADER]: JSON.stringify({
              role: 'agent',
              organization_id: world.acme.id,
              id: name,
              name,
              session_id: name,
            }),
          },
        });
        const { webSocket } = response;
        if (!webSocket) throw new Error(`No socket: ${response.status}`);
        await opened(Promise.resolve(new TestSocket(webSocket)));
      }),
    );
    await hers.next('presence', ({ online }) => online.length === people.length + 1);
    const before = hers.frames.filter(({ type }) => type === 'presence');
    expect(before.length).toBeLessThan(people.length / 2);
  });

  test('outlives the sleep of the inbox', async () => {
    const hers = await organizationSocket(olive);
    await presence(hers, ['Olive']);
    await evictDurableObject(acmeObject());
    const amos = await organizationSocket(await SignedInAgent.signIn('amos@acme.example'));
    await presence(amos, ['Amos', 'Olive']);
    await presence(hers, ['Amos', 'Olive']);
  });

  test('of whoever chose to be away is away on every device, until they choose again', async () => {
    const hers = await organizationSocket(olive);
    const amos = await SignedInAgent.signIn('amos@acme.example');
    const tab = await organizationSocket(amos);
    await presence(hers, ['Amos', 'Olive']);
    tab.say({ type: 'status', status: 'away' });
    await presence(hers, ['Olive'], ['Amos']);
    expect(await acmeObject().online()).toMatchObject([{ name: 'Olive' }]);
    // It outlives the object's sleep and every tab.
    tab.close();
    await tab.gone();
    await presence(hers, ['Olive']);
    await evictDurableObject(acmeObject());
    const back = await organizationSocket(amos);
    await presence(back, ['Olive'], ['Amos']);
    const phone = await organizationSocket(await SignedInAgent.signIn('amos@acme.example'));
    phone.say({ type: 'status', status: 'online' });
    await presence(back, ['Amos', 'Olive']);
  });

  test('of whoever touches none of their tabs is away; one that is used, or never says so, counts', async () => {
    const hers = await organizationSocket(olive);
    const amos = await SignedInAgent.signIn('amos@acme.example');
    const tab = await organizationSocket(amos);
    await presence(hers, ['Amos', 'Olive']);
    tab.say({ type: 'idle', idle: true });
    await presence(hers, ['Olive'], ['Amos']);
    await evictDurableObject(acmeObject());
    // Opened by a page that is idle, as after a lost connection.
    const second = await organizationSocket(amos, '?idle=true');
    await presence(second, ['Olive'], ['Amos']);
    second.say({ type: 'idle', idle: false });
    await presence(hers, ['Amos', 'Olive']);
    second.close();
    await second.gone();
    await presence(hers, ['Olive'], ['Amos']);
    const formerVersion = await organizationSocket(amos);
    await presence(formerVersion, ['Amos', 'Olive']);
    const rows = await runInDurableObject(acmeObject(), (_instance, { storage }) => [
      ...storage.kv.list({ prefix: 'away' }),
    ]);
    // What the test before chose, and nothing of tabs.
    expect(rows).toEqual([['away', []]]);
  });

  test("P6: is not another organization's to see", async () => {
    const theirs = await organizationSocket(gus);
    await presence(theirs, ['Gus']);
    await presence(await organizationSocket(olive), ['Olive']);
    expect(await organizationObject(env, world.globex.id).online()).toMatchObject([
      { name: 'Gus' },
    ]);
    expect(theirs.frames).toEqual([]);
  });
});

describe('changed conversations', () => {
  test('are pushed, each with a higher version than the one before', async () => {
    const inbox = await organizationSocket(olive);
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.billing);
    const socket = await visitor.socket(id);
    await socket.hello();
    await socket.send('One');
    await socket.send('Two');
    const amos = await SignedInAgent.signIn('amos@acme.example');
    await amos.call('POST', `/admin/conversations/${id}/claim`);
    await visitor.call('POST', `/conversations/${id}/close`);
    await inbox.next('conversation', ({ conversation }) => conversation.status === 'closed');
    const before = inbox.frames.flatMap((frame) =>
      frame.type === 'conversation' && 'version' in frame.conversation ? [frame.conversation] : [],
    );
    expect(before.length).toBeGreaterThanOrEqual(3);
    expect(before[0]).toMatchObject({ id, status: 'waiting', message_count: 0 });
    const versions = before.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
  });

  test('show what a reload shows', async () => {
    const inbox = await organizationSocket(olive);
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.billing);
    await visitor.call('POST', `/conversations/${id}/messages`, {
      id: crypto.randomUUID(),
      body: 'Here I am',
    });
    const pushed = await inbox.next(
      'conversation',
      ({ conversation: head }) =>
        head.id === id && 'message_count' in head && head.message_count === 1,
    );
    await vi.waitFor(async () => {
      const { json } = await olive.call('GET', '/admin/conversations');
      const listed = json.items.find((item: { id: string }) => item.id === id);
      expect(listed).toEqual(pushed.conversation);
    }, SOON);
  });

  test("P6: reach no other organization's agents", async () => {
    const theirs = await organizationSocket(gus);
    const ours = await organizationSocket(olive);
    await presence(theirs, ['Gus']);
    const id = await newConversation();
    await ours.next('conversation', ({ conversation }) => conversation.id === id);
    expect(theirs.frames).toEqual([]);
  });

  test('reach sockets that slept', async () => {
    const inbox = await organizationSocket(olive);
    await evictDurableObject(acmeObject());
    const id = await newConversation();
    await inbox.next('conversation', ({ conversation }) => conversation.id === id);
  });
});

describe('what goes up', () => {
  test.each([
    ['hello', 'malformed_frame'],
    ['{"type":"hello","after":0}', 'unknown_type'],
    ['{"type":"status","status":"offline"}', 'validation_failed'],
    ['{"type":"idle"}', 'validation_failed'],
    [new Uint8Array([1]).buffer, 'malformed_frame'],
  ])('O8: of what is no frame an error is told, and the socket stays: %o', async (raw, code) => {
    const inbox = await organizationSocket(olive);
    inbox.raw(raw);
    expect(await inbox.next('error')).toEqual({ type: 'error', code, message: expect.any(String) });
    expect(await acmeObject().online()).toMatchObject([{ name: 'Olive' }]);
    expect(inbox.closed).toBe(null);
  });

  test('O8: whoever goes on like that is closed, as on a conversation’s socket', async () => {
    const inbox = await organizationSocket(olive);
    for (let n = 0; n <= STRIKES; n += 1) inbox.raw('{"type":"shout"}');
    expect(await inbox.gone()).toEqual({
      code: CloseCode.protocolViolated,
      reason: 'unknown_type',
    });
  });

  test.each(['/inbox/socket', '/conversations/:id/socket'])(
    'O8: selects no subprotocol but one that was offered: %s',
    async (path) => {
      const id = await newConversation();
      const selected = async (offered?: string) => {
        const response = await exports.default.fetch(
          `${ORIGIN}/api/admin${path.replace(':id', id)}`,
          {
            headers: {
              upgrade: 'websocket',
              'cf-connecting-ip': '192.0.2.1',
              ...olive.headers,
              ...(offered !== undefined && { 'sec-websocket-protocol': offered }),
            },
          },
        );
        expect(response.status).toBe(101);
        response.webSocket?.accept();
        response.webSocket?.close(1000);
        return response.headers.get('sec-websocket-protocol');
      };
      expect(await selected()).toBe(null);
      expect(await selected('chat')).toBe(null);
      expect(await selected('foyer.v1')).toBe('foyer.v1');
      expect(await selected('chat, foyer.v1')).toBe('foyer.v1');
    },
  );

  test('a ping is answered', async () => {
    const inbox = await organizationSocket(olive);
    const pong = new Promise((resolve) => {
      inbox.socket.addEventListener('message', ({ data }) => data === 'pong' && resolve(data));
    });
    inbox.raw('ping');
    expect(await pong).toBe('pong');
  });
});

describe('whoever signs out', () => {
  test('loses the inbox and the open conversations at once, this session alone', async () => {
    const leaving = await SignedInAgent.signIn('amos@acme.example');
    const staying = await SignedInAgent.signIn('amos@acme.example');
    const id = await newConversation();
    const sockets = await Promise.all([
      organizationSocket(leaving),
      organizationSocket(staying),
      organizationSocket(olive),
    ]);
    const [inbox, otherObject, hers] = sockets;
    const conversation = await conversationSocket(leaving, id);
    const otherConversation = await conversationSocket(staying, id);
    await conversation.hello();
    await otherConversation.hello();

    expect(await leaving.call('POST', '/auth/sign-out')).toMatchObject({ status: 200 });
    expect(await inbox.gone()).toEqual(ENDED);
    expect(await conversation.gone()).toEqual(ENDED);
    expect(await otherConversation.send('Still here')).toMatchObject({ seq: 2 });
    await hers.next('conversation', ({ conversation: head }) => head.id === id);
    expect(otherObject.closed).toBeNull();
    expect(await leaving.call('GET', '/admin/me')).toMatchObject({ status: 401 });
    await expect(leaving.socket('/inbox/socket')).rejects.toThrow('401');
    await expect(leaving.socket(`/conversations/${id}/socket`)).rejects.toThrow('401');
  });

  test.each([
    ['never had an inbox socket', false],
    ['closed the inbox socket first', true],
  ])('and %s loses the conversations', async (_what, hadOne) => {
    const leaving = await SignedInAgent.signIn('amos@acme.example');
    const inbox = hadOne ? await organizationSocket(leaving) : null;
    const conversation = await conversationSocket(leaving, await newConversation());
    await conversation.hello();
    inbox?.close();
    await inbox?.gone();
    await evictDurableObject(acmeObject());
    await leaving.call('POST', '/auth/sign-out');
    expect(await conversation.gone()).toEqual(ENDED);
  });

  test('while inbox and conversation sleep, loses them as well', async () => {
    const leaving = await SignedInAgent.signIn('amos@acme.example');
    const inbox = await organizationSocket(leaving);
    const id = await newConversation();
    const conversation = await conversationSocket(leaving, id);
    await conversation.hello();
    await evictDurableObject(acmeObject());
    await evictDurableObject(env.CONVERSATIONS.getByName(`${world.acme.id}/${id}`));
    await leaving.call('POST', '/auth/sign-out');
    expect(await inbox.gone()).toEqual(ENDED);
    expect(await conversation.gone()).toEqual(ENDED);
  });

  test('P8: leaves nothing written behind', async () => {
    const rows = () =>
      runInDurableObject(acmeObject(), (_instance, { storage }) => {
        const tables = storage.sql.exec(`SELECT 1 FROM sqlite_master WHERE name = 'watching'`);
        if (tables.toArray().length === 0) return [];
        return storage.sql.exec('SELECT session_id FROM watching').toArray();
      });
    const before = await rows();
    const leaving = await SignedInAgent.signIn('amos@acme.example');
    const inbox = await organizationSocket(leaving);
    const conversation = await conversationSocket(leaving, await newConversation());
    await conversation.hello();
    await leaving.call('POST', '/auth/sign-out');
    await inbox.gone();
    await conversation.gone();
    await vi.waitFor(async () => expect(await acmeObject().online()).toEqual([]));
    expect(await rows()).toEqual(before);
  });
});

test('whoever is removed loses all sessions, and the others see them go', async () => {
  const hers = await organizationSocket(olive);
  const id = await newConversation();
  const [, amosId = ''] = world.acme.users;
  const sockets: TestSocket[] = [];
  for (const session of [1, 2]) {
    const amos = await SignedInAgent.signIn('amos@acme.example');
    sockets.push(await conversationSocket(amos, id));
    if (session === 1) sockets.push(await organizationSocket(amos));
  }
  await presence(hers, ['Amos', 'Olive']);
  await acmeObject().revoke(world.acme.id, amosId, null);
  for (const socket of sockets) expect(await socket.gone()).toEqual(ENDED);
  await presence(hers, ['Olive']);
  expect(hers.closed).toBeNull();
});

test('of very many conversations the first is told to come back, and all end with the session', async () => {
  const amos = await SignedInAgent.signIn('amos@acme.example');
  const inbox = await organizationSocket(amos);
  const first = await newConversation();
  const dropped = await conversationSocket(amos, first);
  const sockets: TestSocket[] = [];
  for (let count = 0; count < WATCHED; count += 1) {
    sockets.push(await conversationSocket(amos, await newConversation()));
  }
  const { code } = await dropped.gone();
  // The session is not over, and the browser must not believe so.
  expect(isFatal(code)).toBe(false);
  for (const socket of sockets) expect(await socket.hello()).toMatchObject({ last_seq: 0 });
  const again = await conversationSocket(amos, first);
  expect(await again.hello()).toMatchObject({ last_seq: 0 });
  await amos.call('POST', '/auth/sign-out');
  for (const socket of [inbox, again, ...sockets.slice(1)]) {
    expect(await socket.gone()).toEqual(ENDED);
  }
});
