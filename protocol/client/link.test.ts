import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeSocket, fakeBrowser } from './fake-socket.ts';
import { RequestError } from './http.ts';
import { createSocketLink } from './link.ts';
import type { Connection, Transport } from './types.ts';

let browser: ReturnType<typeof fakeBrowser>;

beforeEach(() => {
  browser = fakeBrowser();
});
afterEach(() => browser.restore());

function create(check: () => Promise<void> = async () => {}, fallback?: () => Promise<Transport>) {
  const renewals: boolean[] = [];
  const texts: string[] = [];
  let connection: Connection = { state: 'idle' };
  const link = createSocketLink({
    url: 'wss://foyer.example/socket',
    protocols: async (renew) => {
      renewals.push(renew);
      return ['foyer.v1', `st_${renewals.length}`];
    },
    check,
    fallback,
    onOpen: () => {},
    onText: (text) => void texts.push(text),
    onConnection: (next) => {
      connection = next;
    },
  });
  return { link, renewals, texts, now: () => connection };
}

async function opened() {
  const made = create();
  made.link.start();
  await browser.pass();
  FakeSocket.last.open();
  return { ...made, socket: FakeSocket.last };
}

const refusal = (status: number, code: string) => () =>
  Promise.reject(new RequestError(status, code, 'No.'));

/** A link whose first socket never opened, after HTTP was asked why. */
async function refused(status: number, code: string) {
  const made = create(refusal(status, code));
  made.link.start();
  await browser.pass();
  FakeSocket.last.drops();
  await browser.pass();
  return made;
}

test('the token travels as a subprotocol, never in the address (P5)', async () => {
  const { socket } = await opened();
  expect(socket.url).toBe('wss://foyer.example/socket');
  expect(socket.protocols).toEqual(['foyer.v1', 'st_1']);
});

test('the pauses between attempts grow from half a second to at most 30 seconds', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  const { link, now } = create();
  link.start();
  const pauses: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    await browser.pass();
    FakeSocket.last.drops();
    await browser.pass();
    const connection = now();
    if (connection.state !== 'waiting') throw new Error(connection.state);
    pauses.push(connection.retry_at - Date.now());
    await browser.pass(connection.retry_at - Date.now());
  }
  expect(pauses).toEqual([750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500, 22_500]);
});

test.each(['online', 'visibilitychange', 'pageshow'])('%s ends the waiting', async (type) => {
  const { socket, now } = await opened();
  socket.drops();
  expect(now().state).toBe('waiting');
  browser.dispatch(type);
  await browser.pass();
  expect(FakeSocket.all).toHaveLength(2);
});

test('a hidden page does not wake', async () => {
  const { socket } = await opened();
  socket.drops();
  vi.stubGlobal('document', { hidden: true });
  browser.dispatch('visibilitychange');
  await browser.pass();
  expect(FakeSocket.all).toHaveLength(1);
});

test('offline is told apart from lost', async () => {
  const { now } = await opened();
  browser.navigator.onLine = false;
  browser.dispatch('offline');
  expect(now()).toMatchObject({ state: 'waiting', reason: 'offline' });
});

test('an idle socket is pinged every 25 seconds; with an answer it stays', async () => {
  const { socket, now } = await opened();
  await browser.pass(25_000);
  expect(socket.frames).toEqual(['ping']);
  socket.hears('pong');
  await browser.pass(25_000);
  expect(socket.frames).toEqual(['ping', 'ping']);
  expect(now().state).toBe('open');
});

test('a socket without an answer for 10 seconds is lost', async () => {
  const { socket, now } = await opened();
  await browser.pass(34_999);
  expect(now().state).toBe('open');
  await browser.pass(1);
  expect(now()).toMatchObject({ state: 'waiting', reason: 'lost' });
  expect(socket.closed).toBe(true);
});

test('a socket that does not open in 10 seconds, while HTTP answers, is given up', async () => {
  const { link, now } = create();
  link.start();
  await browser.pass(9_999);
  expect(now().state).toBe('connecting');
  await browser.pass(1);
  expect(now()).toMatchObject({ state: 'waiting', reason: 'lost' });
  expect(FakeSocket.last.closed).toBe(true);
});

test('a socket that is as late as HTTP stays, and is used when it opens', async () => {
  const check = vi.fn(() => new Promise<void>(() => {}));
  const { link, now } = create(check);
  link.start();
  await browser.pass(14_000);
  expect(check).toHaveBeenCalledTimes(1);
  FakeSocket.last.open();
  expect(now().state).toBe('open');
  expect(FakeSocket.all).toHaveLength(1);
});

test('HTTP that answers after the socket has opened changes nothing', async () => {
  let answer = () => {};
  const { link, now } = create(() => new Promise<void>((done) => (answer = done)));
  link.start();
  await browser.pass(10_000);
  FakeSocket.last.open();
  answer();
  await browser.pass();
  expect(now().state).toBe('open');
  // Nor does it end the patience with what was asked since.
  link.send('ping', true);
  await browser.pass(9_999);
  expect(now().state).toBe('open');
});

test('who comes back waits twice as long before HTTP is asked, but where that has answered', async () => {
  const check = vi.fn(async () => {});
  const { link } = create(check);
  link.start();
  await browser.pass();
  FakeSocket.last.open();
  FakeSocket.last.drops();
  await browser.pass(1_000);
  expect(FakeSocket.all).toHaveLength(2);
  await browser.pass(18_999);
  expect(check).not.toHaveBeenCalled();
  await browser.pass(1_000);
  expect(check).toHaveBeenCalledTimes(1);
  // Now it is the socket alone that is silent.
  await browser.pass(2_000);
  expect(FakeSocket.all).toHaveLength(3);
  await browser.pass(10_000);
  expect(check).toHaveBeenCalledTimes(2);
});

test('where three sockets did not open while HTTP answered, whatever it said, the fallback is taken', async () => {
  const check: () => Promise<void> = async () => JSON.parse('{"conversation": {}}');
  const { link, now } = create(check, async () => (events) => {
    queueMicrotask(events.opened);
    return { send: () => {}, close: () => {} };
  });
  link.start();
  await browser.pass();
  for (const pause of [1_000, 2_000, 4_000]) {
    FakeSocket.last.drops();
    await browser.pass(pause);
  }
  expect(FakeSocket.all).toHaveLength(3);
  expect(now().state).toBe('open');
});

test('waking asks an open socket whether it lives', async () => {
  const { socket } = await opened();
  browser.dispatch('pageshow');
  expect(socket.frames).toEqual(['ping']);
});

test.each([
  [4400, 'protocol_violated'],
  [4401, 'session_expired'],
  [4413, 'payload_too_large'],
  [4429, 'rate_limited'],
  [4499, 'closed'],
])('the close code %i stops for good as %s', async (code, name) => {
  const { socket, now } = await opened();
  socket.drops(code);
  expect(now()).toMatchObject({ state: 'stopped', code: name });
  browser.dispatch('online');
  await browser.pass(60_000);
  expect(FakeSocket.all).toHaveLength(1);
});

test('S14: a socket whose session is past its time comes back with a fresh one', async () => {
  const { socket, renewals, now } = await opened();
  socket.drops(1012, 'session_expired');
  await browser.pass(1_000);
  FakeSocket.last.open();
  FakeSocket.last.welcome();
  expect([renewals, now().state]).toEqual([[false, true], 'open']);
  FakeSocket.last.drops(1012, 'come_back');
  await browser.pass(1_000);
  expect(renewals).toEqual([false, true, false]);
});

test('a 401 gets one attempt with a fresh session, a second one stops', async () => {
  const { renewals, now } = await refused(401, 'session_expired');
  expect(renewals).toEqual([false, true]);
  FakeSocket.last.drops();
  await browser.pass();
  expect(now()).toMatchObject({ state: 'stopped', code: 'session_expired' });
});

test.each([
  [404, 'not_found'],
  [409, 'conflict'],
  [403, 'forbidden'],
])('a %i stops with its code', async (status, code) => {
  const { now } = await refused(status, code);
  expect(now()).toMatchObject({ state: 'stopped', code });
});

test.each([
  [503, 'unavailable'],
  [0, 'network'],
])('a %i backs off', async (status, code) => {
  const { now } = await refused(status, code);
  expect(now()).toMatchObject({ state: 'waiting', reason: 'lost' });
});

test('after a stop nothing of the old socket is heard, and start begins again', async () => {
  const { link, socket, now } = await opened();
  link.stop();
  socket.drops();
  expect(now()).toEqual({ state: 'idle' });
  link.start();
  await browser.pass();
  expect(FakeSocket.all).toHaveLength(2);
});

/** A link that was stopped while its socket was connecting. */
async function stoppedEarly() {
  const made = create();
  made.link.start();
  await browser.pass();
  const socket = FakeSocket.last;
  made.link.stop();
  expect([socket.closed, made.now()]).toEqual([false, { state: 'idle' }]);
  return { ...made, socket };
}

test('a stop lets a socket that is connecting open, and closes it unheard', async () => {
  const { socket, texts, now } = await stoppedEarly();
  socket.open();
  expect(socket.closed).toBe(true);
  socket.welcome();
  socket.drops();
  await browser.pass(60_000);
  expect([socket.frames, texts, now()]).toEqual([[], [], { state: 'idle' }]);
  expect(FakeSocket.all).toHaveLength(1);
});

test('a stop waits 10 seconds at most for a socket that does not open', async () => {
  const { socket } = await stoppedEarly();
  await browser.pass(9_999);
  expect(socket.closed).toBe(false);
  await browser.pass(1);
  expect(socket.closed).toBe(true);
});

test('the socket of a stop does not touch the one of the start after it', async () => {
  const { link, socket, now } = await stoppedEarly();
  link.start();
  await browser.pass();
  FakeSocket.last.open();
  socket.open();
  socket.drops(4401);
  await browser.pass(10_000);
  expect(now().state).toBe('open');
  expect(FakeSocket.all.map(({ closed }) => closed)).toEqual([true, false]);
});

test('a lost network closes a socket that is connecting at once', async () => {
  const { link } = create();
  link.start();
  await browser.pass();
  browser.dispatch('offline');
  expect(FakeSocket.last.closed).toBe(true);
});
