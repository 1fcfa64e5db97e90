import { createScheduledController } from 'cloudflare:test';
import { env, exports } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { FILE_REFUSALS } from '../../../protocol/files.ts';
import { MAX_FILE_BYTES } from '../../../protocol/limits.ts';
import worker from '../../index.ts';
import { away } from '../../test/outages/away.ts';
import { ORIGIN, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { sweepFiles } from './sweep.ts';

/** Files from both sides: who gets them, what they are taken for, and what is left behind. */

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]);
/** A program of Windows: the header of DOS, which says where the other one begins. */
const PROGRAM = new Uint8Array(256);
PROGRAM.set([0x4d, 0x5a, 0x90, 0, 3], 0);
PROGRAM.set([0x80, 0, 0, 0, 0x50, 0x45, 0, 0], 0x3c);
const text = (content: string) => new TextEncoder().encode(content);

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let visitor: Visitor;
let conversation: StartedConversation;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

beforeEach(async () => {
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
});

afterEach(() => {
  vi.useRealTimers();
});

const bucket = () => {
  if (!env.FILES) throw new Error('There is no bucket.');
  return env.FILES;
};
const storedKeys = async () =>
  (await bucket().list()).objects.filter(({ key }) => key.includes(conversation.id));

type Upload = { bytes: Uint8Array; name?: string; id?: string; headers?: Record<string, string> };

async function fetchText(path: string, init: RequestInit) {
  const response = await exports.default.fetch(`${ORIGIN}${path}`, init);
  const body = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body,
    json: body.startsWith('{') ? JSON.parse(body) : null,
  };
}

function send(
  base: string,
  headers: Record<string, string>,
  { bytes, name = 'a file', id = crypto.randomUUID(), headers: more }: Upload,
) {
  const query = new URLSearchParams({ id, name, width: '640', height: '480' });
  return fetchText(`/api/${base}/conversations/${conversation.id}/files?${query}`, {
    method: 'POST',
    headers: { 'content-length': String(bytes.length), ...headers, ...more },
    body: bytes,
  });
}

const bearer = (person = visitor) => ({ authorization: `Bearer ${person.session.sessionToken}` });
const fromVisitor = (upload: Upload) => send('widget', bearer(), upload);
const fromAgent = (upload: Upload) => send('admin', amos.headers, upload);

async function link(seq: number, headers: Record<string, string> = bearer(), base = 'widget') {
  return fetchText(`/api/${base}/conversations/${conversation.id}/files/${seq}`, { headers });
}

async function open(seq: number, headers: Record<string, string> = {}) {
  const { json } = await link(seq);
  return fetchText(json.url, { headers });
}

describe('a file', () => {
  test('P2 P4: is stored before its message is said, and twice is once', async () => {
    const visitorSocket = await visitor.socket(conversation.id);
    await visitorSocket.hello();
    const upload = { bytes: PNG, name: 'a cat.png', id: crypto.randomUUID() };
    const first = await fromAgent(upload);
    expect(first.status).toBe(201);
    const again = await fromAgent(upload);
    expect([again.status, again.json]).toEqual([200, first.json]);
    expect(await storedKeys()).toHaveLength(1);
    const { message } = await visitorSocket.next('message', (it) => it.message.kind === 'file');
    expect(message).toMatchObject({
      seq: first.json.seq,
      file: { name: 'a cat.png', type: 'image/png', size: 12, width: 640, height: 480 },
    });
    const { status, headers, body } = await open(message.seq);
    expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(headers.get('content-disposition')).toMatch(/^inline; filename="a cat.png"/);
    expect(body).toContain('PNG');
  });

  test('P5 P6: is served by a link to the people of its conversation, and to nobody else', async () => {
    const { json } = await fromVisitor({ bytes: PNG });
    const { seq } = json;
    const stranger = await Visitor.arrive();
    const gus = await SignedInAgent.signIn('gus@globex.example');
    expect((await link(seq)).status).toBe(200);
    expect((await link(seq, amos.headers, 'admin')).status).toBe(200);
    expect((await link(seq, bearer(stranger))).status).toBe(404);
    expect((await link(seq, gus.headers, 'admin')).status).toBe(404);
    expect((await link(seq, {})).status).toBe(401);
    expect((await link(seq + 1)).status).toBe(404);
    const foreign = await send('widget', bearer(stranger), { bytes: PNG });
    expect(foreign.status).toBe(404);

    const { json: fileLink } = await link(seq);
    expect(fileLink.url).not.toContain(conversation.id);
    expect((await fetchText(`${fileLink.url}x`, {})).status).toBe(404);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(fileLink.expires_at) + 1_000 });
    expect((await fetchText(fileLink.url, {})).status).toBe(404);
  });

  test.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', 'text/plain'],
    ['HTML', '<!doctype html><script>alert(1)</script>', 'text/plain'],
    ['PDF', '%PDF-1.7', 'application/pdf'],
    ['bytes', '\u0000\u0001', 'application/octet-stream'],
  ])('%s is a download that can do nothing, whatever it is called', async (_, content, type) => {
    const { json } = await fromVisitor({
      bytes: text(content),
      name: 'cat.png',
      headers: { 'content-type': 'image/png' },
    });
    const { headers } = await open(json.seq);
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('supports ranges, and is not sent again when nothing changed', async () => {
    const { json } = await fromVisitor({ bytes: text('0123456789') });
    const part = await open(json.seq, { range: 'bytes=2-4' });
    expect([part.status, part.body]).toEqual([206, '234']);
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
    const etag = part.headers.get('etag') ?? '';
    expect((await open(json.seq, { 'if-none-match': etag })).status).toBe(304);
    expect((await open(json.seq, { 'if-none-match': `"x", W/${etag}` })).status).toBe(304);
  });

  test('S21: a condition or a range that is malformed is ignored, one out of reach is 416', async () => {
    const { json } = await fromVisitor({ bytes: text('0123456789') });
    const whole = [200, '0123456789'];
    const get = async (headers: Record<string, string>) => {
      const { status, body } = await open(json.seq, headers);
      return [status, body];
    };
    for (const tag of ['x"', '"', 'W/', '"other"', '']) {
      expect(await get({ 'if-none-match': tag }), tag).toEqual(whole);
    }
    for (const range of ['bytes=', 'bytes=-', 'bytes=5-2', 'lines=1-2', 'bytes=0-1,3-4', 'x']) {
      expect(await get({ range }), range).toEqual(whole);
    }
    expect(await get({ range: 'bytes=7-' })).toEqual([206, '789']);
    expect(await get({ range: 'bytes=-3' })).toEqual([206, '789']);
    expect(await get({ range: 'bytes=-99' })).toEqual([206, '0123456789']);
    expect(await get({ range: 'bytes=8-99' })).toEqual([206, '89']);
    expect(await get({ range: 'bytes=0-1', 'if-range': '"other"' })).toEqual(whole);
    for (const range of ['bytes=10-', 'bytes=99-100', 'bytes=-0']) {
      const { status, body, headers } = await open(json.seq, { range });
      expect([status, body, headers.get('content-range')]).toEqual([416, '', 'bytes */10']);
    }
  });

  test.each([
    ['a name that leads elsewhere', '../../etc/passwd\u202e"', '....etcpasswd"'],
    ['V19: a name with joiners', 'نامه\u200cها 👩\u200d💻.txt', 'نامه\u200cها 👩\u200d💻.txt'],
    ['V19: a name of 234 characters', `${'a'.repeat(230)}.txt`, `${'a'.repeat(195)}….txt`],
    ['a name of a device', 'NUL.txt', '_NUL.txt'],
    ['a name in other letters', 'Übersicht für Ada 📎.txt', 'Übersicht für Ada 📎.txt'],
  ])('%s', async (_, name, stored) => {
    const { json } = await fromVisitor({ bytes: text('x'), name });
    const { json: history } = await visitor.call(
      'GET',
      `/conversations/${conversation.id}/messages`,
    );
    expect(history.items.at(-1).file.name).toBe(stored);
    const { headers } = await open(json.seq);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\x20-\x7e]+"/);
  });
});

test.each([
  ['MZ is a Hungarian tank.', 'text/plain'],
  ['#!important is for CSS', 'text/plain'],
])('V19: a text that begins as a program does is a text: %s', async (content, type) => {
  const { status, json } = await fromVisitor({ bytes: text(content), name: 'notes.txt' });
  expect(status).toBe(201);
  expect((await open(json.seq)).headers.get('content-type')).toBe(type);
});

describe('P9: refused, and nothing is left', () => {
  test('programs, nothing, what is too large, and what has no length', async () => {
    const huge = { 'content-length': String(MAX_FILE_BYTES + 1) };
    const answers = [
      await fromVisitor({ bytes: PROGRAM }),
      await fromVisitor({ bytes: text('#!/bin/sh\nrm -rf /') }),
      await fromVisitor({ bytes: new Uint8Array() }),
      await fromVisitor({ bytes: PNG, headers: huge }),
      await fromVisitor({ bytes: PNG, headers: { 'content-length': 'long' } }),
      await fromVisitor({ bytes: PNG, name: '\u0001' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 413, 400, 400]);
    expect(answers.slice(0, 4).map(({ json }) => json.error)).toEqual(
      (['file_program', 'file_program', 'file_empty', 'payload_too_large'] as const).map(
        (code) => ({ code, message: FILE_REFUSALS[code], fields: { file: FILE_REFUSALS[code] } }),
      ),
    );
    expect(await storedKeys()).toEqual([]);
  });

  test.each(['offer.lnk', 'table.xlsm', 'invoice.pdf.bat', 'photo\u202egnp.scr', 'run.JAR . '])(
    'S18: %s, from both sides, whatever is in it',
    async (name) => {
      for (const send of [fromVisitor, fromAgent]) {
        const { status, json } = await send({ bytes: text('nothing bad'), name });
        expect([status, json.error.code]).toEqual([400, 'file_program']);
      }
      expect(await storedKeys()).toEqual([]);
    },
  );

  test('in a conversation that is closed', async () => {
    await visitor.call('POST', `/conversations/${conversation.id}/close`);
    expect(await fromVisitor({ bytes: PNG })).toMatchObject({ status: 409 });
    expect(await storedKeys()).toEqual([]);
  });
});

describe('the bytes', () => {
  test('go with their message', async () => {
    const { json } = await fromVisitor({ bytes: PNG });
    const { json: fileLink } = await link(json.seq);
    const path = `/conversations/${conversation.id}/messages/${json.seq}`;
    const { status } = await visitor.call('DELETE', `${path}?id=${crypto.randomUUID()}`);
    expect(status).toBe(200);
    expect(await storedKeys()).toEqual([]);
    expect((await link(json.seq)).status).toBe(404);
    expect((await fetchText(fileLink.url, {})).status).toBe(404);
  });

  test('that no message carries are swept when they are a day old, and others stay', async () => {
    await fromVisitor({ bytes: PNG });
    const [own] = await storedKeys();
    const orphan = `${own?.key.slice(0, -12)}000000000000`;
    const tomorrow = new Date(Date.now() + 25 * 3_600_000);
    // What the tests before have left is not counted.
    await sweepFiles(env, tomorrow);
    await bucket().put(orphan, 'left behind');
    expect(await sweepFiles(env)).toBe(0);
    expect(await sweepFiles(env, tomorrow)).toBe(1);
    expect((await storedKeys()).map(({ key }) => key)).toEqual([own?.key]);
  });

  test('P6: lie below their organization, day by day', async () => {
    await fromVisitor({ bytes: PNG });
    const [own] = await storedKeys();
    const [organization, day, conversationPart, file = ''] = own?.key.split('/') ?? [];
    // Ids only grow: the clock that an earlier test put forward may have led over midnight.
    const made = new Date(Number.parseInt(file.replaceAll('-', '').slice(0, 12), 16));
    expect([organization, day, conversationPart]).toEqual([
      world.acme.id,
      made.toISOString().slice(0, 10),
      conversation.id,
    ]);
    expect(Math.abs(made.getTime() - Date.now())).toBeLessThan(3_600_000);
  });

  test('P8: of many organizations some are swept each night, and none is left out', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((letter) => `0-${letter}`);
    const day = new Date().toISOString().slice(0, 10);
    for (const name of names) {
      await bucket().put(`${name}/${day}/c/f`, 'left behind');
      // One that is too old to be listed: its organization stays, and so does the round's length.
      await bucket().put(`${name}/2026-01-01/c/f`, 'kept');
    }
    const left = async () =>
      (await bucket().list({ prefix: '0-' })).objects.filter(({ key }) => key.includes(day));
    const organizations = (await bucket().list({ delimiter: '/' })).delimitedPrefixes.length;
    const nights = 2 ** Math.ceil(Math.log2(organizations / 2));
    const lists = vi.spyOn(bucket(), 'list');
    // One round, beginning when the bytes are a day old.
    for (let night = 1; night <= nights; night += 1) {
      await sweepFiles(env, new Date(Date.now() + night * 86_400_000 + 3_600_000), 2);
    }
    // Each night asks for the names, and in the round each organization is asked about twice at most.
    expect(lists.mock.calls.length).toBeLessThanOrEqual(nights + 2 * organizations);
    lists.mockRestore();
    expect(await left()).toEqual([]);
  });

  test('are swept every night, be the database there or not', async () => {
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {});
    await fromVisitor({ bytes: PNG });
    const [own] = await storedKeys();
    const orphan = `${own?.key.slice(0, -12)}000000000000`;
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3_600_000 });
    for (const bindings of [env, away]) {
      await bucket().put(orphan, 'left behind');
      await worker.scheduled(createScheduledController(), bindings);
      expect((await storedKeys()).map(({ key }) => key)).toEqual([own?.key]);
    }
    expect(complain).toHaveBeenCalledOnce();
    complain.mockRestore();
  });
});
