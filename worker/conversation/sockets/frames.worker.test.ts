import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  MAX_FRAME_LENGTH,
  MAX_MESSAGE_LENGTH,
  MAX_PAGE_TITLE_LENGTH,
  MAX_PAGE_URL_LENGTH,
} from '../../../protocol/limits.ts';
import { CloseCode } from '../../../protocol/version.ts';
import { DEFAULT_QUOTAS } from '../../features/quotas/quotas.ts';
import { ERRORS } from '../../kernel/errors.ts';
import { STRIKES } from '../../kernel/sockets/frame-gate.ts';
import type { TestSocket } from '../../test/socket.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** P9: a wrong frame gets a clear error, reaches nobody, and costs only those who go on with it. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let visitor: Visitor;
let conversation: string;
let socket: TestSocket;
let other: TestSocket;

beforeAll(async () => {
  world = await settleWorld();
});

beforeEach(async () => {
  visitor = await Visitor.arrive();
  conversation = (await visitor.pick(world.acme.billing)).id;
  socket = await visitor.socket(conversation);
  other = await visitor.socket(conversation);
  await Promise.all([socket.hello(), other.hello()]);
});

async function unheard(): Promise<void> {
  await other.settle();
  expect(other.frames).toEqual([]);
}

const id = crypto.randomUUID();

describe('a wrong frame', () => {
  test.each([
    ['not JSON', 'hello?', 'malformed_frame'],
    ['empty', '', 'malformed_frame'],
    ['no object', '[]', 'malformed_frame'],
    ['null', 'null', 'malformed_frame'],
    ['without a type', '{"after":0}', 'malformed_frame'],
    ['of an unknown type', '{"type":"shout"}', 'unknown_type'],
    ['of a type that only the Worker says', '{"type":"welcome"}', 'unknown_type'],
    ['of an odd type', '{"type":{"toString":1}}', 'unknown_type'],
    ['of an inherited type', '{"type":"constructor"}', 'unknown_type'],
    ['a hello without a number', '{"type":"hello","after":"1"}', 'validation_failed'],
    ['a hello before the beginning', '{"type":"hello","after":-1}', 'validation_failed'],
    ['a mark between messages', '{"type":"read","seq":1.5}', 'validation_failed'],
    [
      'an address that would outgrow what a socket remembers',
      `{"type":"page","url":"https://shop.example/${'字'.repeat(900)}","title":""}`,
      'validation_failed',
    ],
    ['typing without saying so', '{"type":"typing"}', 'validation_failed'],
    ['an id that is no UUID', '{"type":"send","id":"1","body":"Hi"}', 'validation_failed'],
    [
      'an unknown kind',
      `{"type":"send","id":"${id}","body":"Hi","kind":"event"}`,
      'validation_failed',
    ],
    ['too large', `"${'x'.repeat(MAX_FRAME_LENGTH)}"`, 'frame_too_large'],
  ])('%s', async (_what, raw, code) => {
    socket.raw(raw);
    const error = await socket.next('error');
    expect(error.code).toBe(code);
    // A sentence from the catalogue, or what is wrong with which field; no internals.
    expect(error.message).not.toMatch(/\bat \w+|Error|zod/i);
    await unheard();
    expect(await socket.send('And on it goes')).toMatchObject({ seq: 1 });
  });

  test('a page frame with the longest address is accepted, and a socket remembers it', async () => {
    const url = 'https://shop.example/'.padEnd(MAX_PAGE_URL_LENGTH, 'x');
    socket.raw(JSON.stringify({ type: 'page', url, title: '字'.repeat(MAX_PAGE_TITLE_LENGTH) }));
    expect(await socket.send('And on it goes')).toMatchObject({ seq: 1 });
  });

  test('binary', async () => {
    socket.raw(Uint8Array.from(new TextEncoder().encode('{"type":"hello","after":0}')).buffer);
    expect(await socket.next('error')).toEqual({
      type: 'error',
      code: 'malformed_frame',
      message: ERRORS.malformed_frame[1],
    });
    expect(await socket.send('And on it goes')).toMatchObject({ seq: 1 });
  });

  test.each([
    ['too long', 'x'.repeat(MAX_MESSAGE_LENGTH + 1), /at most 5000 characters/],
    ['empty', '', /needs some text/],
    ['blank', ' \n\t', /needs some text/],
  ])('a message that is %s is refused by its id, naming the field', async (_what, body, says) => {
    socket.say({ type: 'send', id, body });
    const error = await socket.next('error');
    expect(error).toMatchObject({ code: 'validation_failed', id });
    expect(error.message).toMatch(says);
    expect(error.message).toMatch(/^body: /);
    await unheard();
  });

  test('a message of the full length arrives whole, however it is written', async () => {
    const body = '\u{1F600}'.repeat(MAX_MESSAGE_LENGTH);
    const escaped = body.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
    socket.raw(`{"type":"send","id":"${id}","body":"${escaped}"}`);
    expect(await socket.next('ack')).toMatchObject({ id, seq: 1 });
    expect((await other.next('message')).message.body).toBe(body);
  });

  test.each([
    ['quotes and markup', `<img src=x onerror="alert('1')">&amp;\\`],
    ['other scripts and directions', '‏שלום\u202e العالم 你好 👩‍👩‍👧'],
    ['control characters', 'a\u0000b\u0007c\r\nd'],
  ])('%s arrive as they were sent', async (_what, body) => {
    await socket.send(body);
    expect((await other.next('message')).message.body).toBe(body);
  });
});

describe('a socket that goes on sending wrong frames', () => {
  test('is closed', async () => {
    for (let frame = 0; frame <= STRIKES; frame += 1) socket.raw('{"type":"shout"}');
    expect(await socket.gone()).toEqual({
      code: CloseCode.protocolViolated,
      reason: 'unknown_type',
    });
    await unheard();
  });

  test('is closed with a code of its own where they are too large', async () => {
    const large = `"${'x'.repeat(MAX_FRAME_LENGTH)}"`;
    for (let frame = 0; frame <= STRIKES; frame += 1) socket.raw(large);
    expect(await socket.gone()).toMatchObject({ code: CloseCode.frameTooLarge });
  });

  test('stays open if right frames come between', async () => {
    for (let frame = 0; frame < STRIKES; frame += 1) socket.raw('{"type":"shout"}');
    await socket.send('Sorry');
    for (let frame = 0; frame < 10; frame += 1) socket.raw('{"type":"shout"}');
    await socket.settle();
    expect(socket.closed).toBeNull();
  });
});

const isLimit = ({ code }: { code: string }) => code === 'rate_limited';

describe('a flood', () => {
  test('is not what a client sends at once after it was offline', async () => {
    const acks = await Promise.all(
      // The greetings of both sockets are of the burst, too.
      Array.from({ length: DEFAULT_QUOTAS.frames_burst - 2 }, (_, line) =>
        socket.send(`Line ${line}`),
      ),
    );
    expect(acks.map(({ seq }) => seq)).toEqual(acks.map((_, index) => index + 1));
  });

  test('is refused by id, loses nothing that was acked, and ends with 4429', async () => {
    // The bucket refills while the machine is slow: a flood is what goes on until it is ended.
    while (!socket.closed) {
      for (let each = 0; each < DEFAULT_QUOTAS.frames_burst; each += 1) {
        socket.say({ type: 'send', id: crypto.randomUUID(), body: 'Spam' });
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect(await socket.gone()).toEqual({ code: CloseCode.flooded, reason: 'rate_limited' });
    const acked = new Set<string>();
    const refused = new Set<string | undefined>();
    for (const frame of socket.frames) {
      if (frame.type === 'ack') acked.add(frame.id);
      if (frame.type === 'error') {
        expect(frame.code).toBe('rate_limited');
        refused.add(frame.id);
      }
    }
    expect(acked.size).toBeGreaterThanOrEqual(DEFAULT_QUOTAS.frames_burst - 2);
    expect(refused.size).toBeGreaterThan(STRIKES);
    const heard = other.frames.flatMap((frame) =>
      frame.type === 'message' ? [frame.message.id] : [],
    );
    expect(new Set(heard)).toEqual(acked);
  });

  test('S3: counts all sockets of a visitor together, and those of agents apart', async () => {
    const amos = await SignedInAgent.signIn('amos@acme.example');
    const agent = await amos.socket(`/conversations/${conversation}/socket`);
    await agent.hello();
    const more = await Promise.all(Array.from({ length: 8 }, () => visitor.socket(conversation)));
    const sockets = [socket, other, ...more];
    for (let line = 0; line < 20; line += 1) {
      for (const each of sockets) {
        each.say({ type: 'send', id: crypto.randomUUID(), body: 'Spam' });
        each.say({ type: 'typing', typing: true });
      }
    }
    // The last answers of all: each socket has been heard.
    await Promise.all(sockets.map((each) => each.next('error', isLimit)));
    await agent.settle();
    const heard = agent.frames.filter(({ type }) => type === 'message' || type === 'typing');
    expect(heard.length).toBeLessThanOrEqual(DEFAULT_QUOTAS.frames_burst + 20);
    // An agent has a bucket of their own.
    expect(await agent.send('Is all well?')).toMatchObject({ type: 'ack' });
    for (const each of [...more, agent]) each.close();
  });

  test('S3: counts HTTP and sockets together, says when to go on, and leaves resends out', async () => {
    const path = `/conversations/${conversation}/messages`;
    const first = crypto.randomUUID();
    const send = (id: string) => visitor.call('POST', path, { id, body: 'Line' });
    expect((await send(first)).status).toBe(201);
    const rest = DEFAULT_QUOTAS.visitor_messages_burst - 1;
    const frames = Array.from({ length: rest - 10 }, () => socket.send('Line'));
    await Promise.all(frames);
    const answers: Awaited<ReturnType<typeof send>>[] = [];
    for (let line = 0; line < 30; line += 1) answers.push(await send(crypto.randomUUID()));
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.json.error.code).toBe('rate_limited');
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect((await send(first)).status).toBe(200);
  });
});
