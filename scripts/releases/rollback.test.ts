import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { bundleWorker } from '../../bench/harness/bundle.ts';
import { FROZEN } from '../../drizzle/migrations/frozen.ts';
import { startPostgres } from '../postgres/server.mjs';
import { BOOTSTRAP_CODE, Server } from './server.ts';

/**
 * O13: a version works with the database of the next one and survives that of the one before. Chats
 * are played with the Worker of the last release, as it was published, and with this one, on the same
 * database and the same objects. `keep.ts` keeps a release's Worker.
 */

const folder = mkdtempSync(join(tmpdir(), 'foyer-releases-'));
const previous = z
  .object({ version: z.string(), migrations: z.array(z.string()), sha256: z.string() })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'previous.json'), 'utf8')));
const migrations = FROZEN.sqlite.map(({ name }) => name);

let before: string;
let now: string;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let server: Server | undefined;
let database: 'D1' | 'Postgres';
let people: Awaited<ReturnType<typeof arrive>>;

async function start(script: string): Promise<void> {
  await server?.stop();
  const url = database === 'Postgres' ? postgres.url : null;
  server = new Server(script, join(folder, database), url);
}

function running(): Server {
  if (!server) throw new Error('No version runs.');
  return server;
}

beforeAll(async () => {
  before = brotliDecompressSync(
    readFileSync(join(import.meta.dirname, 'previous.js.br')),
  ).toString();
  expect(createHash('sha256').update(before).digest('hex')).toBe(previous.sha256);
  postgres = await startPostgres(join(folder, 'postgres'), { durable: false });
  now = bundleWorker({ main: 'worker/index.ts' });
}, 60_000);

afterAll(async () => {
  await server?.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const OWNER = {
  name: 'Olga',
  email: 'olga@acme.example',
  password: 'a lamp beside nine blue doors',
};

const made = z.object({ public_key: z.string() });
const session = z.object({
  sessionToken: z.string(),
  departments: z.array(z.object({ id: z.string() })).min(1),
});
const started = z.object({ conversation: z.object({ id: z.string() }) });
const page = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
const hits = z.object({ items: z.array(z.unknown()) });
const history = z.object({ items: z.array(z.object({ kind: z.string(), body: z.string() })) });

async function signIn(): Promise<Record<string, string>> {
  const { cookies } = await running().call('POST', '/auth/sign-in/email', {
    body: { email: OWNER.email, password: OWNER.password },
  });
  return { cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') };
}

/** An organization, its owner, and a visitor with a session. */
async function arrive() {
  const setUp = await running().call('POST', '/setup', {
    body: { code: BOOTSTRAP_CODE, organization: { name: 'Acme', slug: 'acme' }, owner: OWNER },
  });
  const { public_key } = made.parse(setUp.json);
  const visit = await running().call('POST', '/widget/sessions', {
    body: { key: public_key, page: { url: 'https://shop.example/' } },
  });
  const { sessionToken, departments } = session.parse(visit.json);
  const [department] = departments;
  const owner = await signIn();
  const label = await running().call('POST', '/admin/labels', {
    ...{ headers: owner, body: { name: 'Refund', color: '#aa3377' } },
  });
  return {
    label: z.object({ label: z.object({ id: z.string() }) }).parse(label.json).label.id,
    key: public_key,
    department: department?.id ?? '',
    visitor: { authorization: `Bearer ${sessionToken}` },
    owner,
  };
}

async function ask(person: 'visitor' | 'owner', method: string, path: string, body?: unknown) {
  const root = person === 'visitor' ? '/widget' : '/admin';
  return running().call(method, `${root}${path}`, { body, headers: people[person] });
}

async function must(...call: Parameters<typeof ask>): Promise<unknown> {
  const { status, json } = await ask(...call);
  expect([call, status, json]).toEqual([call, expect.toSatisfy((code) => code < 300), json]);
  return json;
}

async function say(person: 'visitor' | 'owner', id: string, body: string): Promise<void> {
  await must(person, 'POST', `/conversations/${id}/messages`, { id: crypto.randomUUID(), body });
}

/** What each side reads of what was said. */
async function texts(person: 'visitor' | 'owner', id: string): Promise<string[]> {
  const { items } = history.parse(await must(person, 'GET', `/conversations/${id}/messages`));
  return items.filter(({ kind }) => kind === 'text').map(({ body }) => body);
}

/** A chat from its beginning to its end, with all that both versions know. Answers its id. */
async function playChat(name: string): Promise<string> {
  const { conversation } = started.parse(
    await must('visitor', 'POST', '/conversations', { departmentId: people.department }),
  );
  const { id } = conversation;
  await say('visitor', id, `Hello from ${name}`);
  await must('owner', 'POST', `/conversations/${id}/claim`);
  await say('owner', id, `An answer to ${name}`);
  await must('owner', 'PATCH', `/conversations/${id}`, { priority: 'high' });
  await must('owner', 'PATCH', `/conversations/${id}`, { addLabels: [people.label] });
  await must('visitor', 'PATCH', '/customer', { name: `Vera of ${name}` });
  expect(await texts('visitor', id)).toEqual([`Hello from ${name}`, `An answer to ${name}`]);
  await must('owner', 'PATCH', `/conversations/${id}`, { status: 'closed' });
  return id;
}

const WAITING = {
  error: { code: 'unavailable', message: 'Foyer is being updated. Try again shortly.' },
};

/** All pages of the dashboard that list something. */
const LISTS = [
  '/conversations',
  '/conversations/counts',
  '/customers',
  '/departments',
  '/labels',
  '/canned-responses',
  '/members',
  '/views',
  '/me',
  '/settings',
];

async function expectEverything(ids: string[]): Promise<void> {
  for (const path of LISTS) await must('owner', 'GET', path);
  const listed = page.parse(await must('owner', 'GET', '/conversations?status=closed'));
  expect(listed.items.map(({ id }) => id).sort()).toEqual([...ids].sort());
  const own = page.parse(await must('visitor', 'GET', '/conversations'));
  expect(own.items.map(({ id }) => id).sort()).toEqual([...ids].sort());
  const results = hits.parse(await must('owner', 'GET', '/search?q=Hello'));
  expect(results.items.length).toBeGreaterThan(0);
}

test.each(['D1', 'Postgres'] as const)(
  `O13: on %s chats go on from ${previous.version} to this version, back, and on again`,
  {
    timeout: 120_000,
  },
  async (kind) => {
    database = kind;
    const chats: string[] = [];
    await start(before);
    await running().migrate(previous.migrations);
    people = await arrive();
    chats.push(await playChat('the version before'));

    // Published without its migrations, by mistake: what needs them waits, and nothing fails otherwise.
    await start(now);
    const [first = ''] = chats;
    const tries = [
      ...LISTS.map((path) => ['owner', 'GET', path] as const),
      ['visitor', 'GET', `/conversations/${first}/messages`] as const,
      ['visitor', 'POST', '/conversations', { departmentId: people.department }] as const,
    ];
    for (const [person, method, path, body] of tries) {
      const { status, json } = await ask(person, method, path, body);
      const isWaiting = isDeepStrictEqual(json, WAITING) && status === 503;
      expect([path, status, json, status < 300 || status === 401 || isWaiting]).toContain(true);
    }

    // The minute between migrating and publishing.
    await start(before);
    await running().migrate(migrations);
    chats.push(await playChat('the version before, on the new database'));
    await expectEverything(chats);

    await start(now);
    // Its cookie has another name than that of 0.3.0.
    people.owner = await signIn();
    chats.push(await playChat('this version'));
    await expectEverything(chats);

    // Going back.
    await start(before);
    people.owner = await signIn();
    for (const id of chats) expect(await texts('owner', id)).toHaveLength(2);
    chats.push(await playChat('the version before, after going back'));
    await expectEverything(chats);

    await start(now);
    people.owner = await signIn();
    for (const id of chats) expect(await texts('visitor', id)).toHaveLength(2);
    await expectEverything(chats);
  },
);
