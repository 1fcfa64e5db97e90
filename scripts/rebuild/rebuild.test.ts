import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

/** G1: `npm run db:rebuild`, against a server that answers as the Worker does. */

const TOKEN = 'a-token-of-an-operator-which-is-long-enough';
const root = join(import.meta.dirname, '..', '..');

let server: Server | undefined;

afterEach(() => {
  server?.close();
});

type Answer = [status: number, body: object];

const refused = (code: string, message: string) => ({ error: { code, message } });

const job = (state: string, more: object = {}) => ({
  id: 'j',
  kind: 'rebuild',
  state,
  done: 3,
  total: 4,
  results: {},
  failures: {},
  error: null,
  ...more,
});

/** Answers each path with what is left of its list, the last one again and again. */
async function serve(answers: Record<string, Answer[]>): Promise<string> {
  server = createServer((request, response) => {
    const path = `${request.method} ${request.url}`;
    const list = answers[path] ?? [];
    const [status, body] =
      request.headers.authorization === `Bearer ${TOKEN}`
        ? ((list.length > 1 ? list.shift() : list[0]) ?? [404, refused('not_found', path)])
        : [401, refused('unauthorized', 'Sign in.')];
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('It has no port.');
  return `http://127.0.0.1:${address.port}`;
}

/** Runs the command; answers what it said and its exit code. */
async function rebuild(
  args: string[],
  token = TOKEN,
  more: Record<string, string> = {},
): Promise<{ output: string; code: number }> {
  const child = spawn(process.execPath, [join(root, 'scripts', 'rebuild.mjs'), ...args], {
    env: { ...process.env, FOYER_OPERATOR_TOKEN: token, ...more },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString();
    });
  }
  const code = await new Promise<number>((done) => child.once('close', (code) => done(code ?? 1)));
  return { output, code };
}

test('G1: rebuilds one organization after the other, and waits where the server is away', async () => {
  const url = await serve({
    'GET /api/operator/organizations': [
      [200, { items: [{ id: '1', slug: 'acme' }], next_cursor: '1' }],
    ],
    'GET /api/operator/organizations?cursor=1': [
      [200, { items: [{ id: '2', slug: 'globex' }], next_cursor: null }],
    ],
    'POST /api/operator/jobs': [
      [201, { job: job('running') }],
      [200, { job: job('done') }],
    ],
    'GET /api/operator/jobs?organization=acme': [
      [503, refused('unavailable', 'Not now.')],
      [200, { items: [job('done', { done: 5, results: { rows_restored: 1 } })] }],
    ],
  });
  const { output, code } = await rebuild(['--url', url]);
  expect(output).toContain('acme: 3 of 4 checked\n');
  expect(output).toContain('acme: done, 5 of 5 checked, 1 rows restored\n');
  expect(output).toContain('globex: done, 3 of 4 checked\n');
  expect(code).toBe(0);
});

test('G3: ends with 1 where something could not be done, and says what', async () => {
  const failed = job('failed', { error: 'gave_up', failures: { no_object: 2 } });
  const url = await serve({ 'POST /api/operator/jobs': [[201, { job: failed }]] });
  const { output, code } = await rebuild([`--url=${url}`, '--organization', 'acme']);
  expect(output).toContain('acme: failed (gave up), 3 of 4 checked, 2 no object');
  expect(code).toBe(1);
});

test('G1: begins with the organization that --from names', async () => {
  const items = ['acme', 'globex', 'initech'].map((slug) => ({ id: slug, slug }));
  const url = await serve({
    'GET /api/operator/organizations': [[200, { items, next_cursor: null }]],
    'POST /api/operator/jobs': [[201, { job: job('done') }]],
  });
  const { output } = await rebuild(['--url', url, '--from', 'globex']);
  expect(output).not.toContain('acme');
  expect(output).toContain('globex: done');
  expect(output).toContain('initech: done');
});

test('G4: says so where the token, the organization or an option is wrong', async () => {
  const url = await serve({});
  const wrong = await rebuild(['--url', url], 'another-token');
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.output).toContain('does not accept this FOYER_OPERATOR_TOKEN');
  const none = await rebuild(['--url', url, '--organization', 'nobody']);
  expect(none.output).toContain('no such organization');
  const option = await rebuild(['--organisation', 'acme']);
  expect(option.output).toContain('does not know "--organisation acme"');
});

test('B11: asks Cloudflare for the objects, and has each that holds data written again', async () => {
  const objects = Array.from({ length: 50 }, (_, at) => ({
    id: `${at}`.padStart(64, '0'),
    hasStoredData: at > 0,
  }));
  const path = `/accounts/${'a'.repeat(32)}/workers/durable_objects/namespaces`;
  const other = { id: 'n', class: 'InboxObject', script: 'foyer' };
  const url = await serve({
    [`GET ${path}?per_page=100&page=1`]: [[200, { result: [other] }]],
    [`GET ${path}?per_page=100&page=2`]: [
      [200, { result: [{ id: 'm', class: 'ConversationObject', script: 'foyer' }] }],
    ],
    [`GET ${path}/m/objects?limit=10000`]: [
      [200, { result: objects.slice(0, 30), result_info: { cursors: { after: 'c' } } }],
    ],
    [`GET ${path}/m/objects?limit=10000&cursor=c`]: [
      [200, { result: objects.slice(30), result_info: {} }],
    ],
    'POST /api/operator/objects': [
      [503, refused('unavailable', 'Not now.')],
      [200, { results: { rows_restored: 40 }, failures: {}, empty: 0 }],
      [200, { results: { rows_restored: 9 }, failures: {}, empty: 0 }],
    ],
    'POST /api/operator/jobs': [[201, { job: job('done') }]],
  });
  const { output, code } = await rebuild(
    ['--url', url, '--organization', 'acme', '--objects'],
    TOKEN,
    {
      CLOUDFLARE_API_TOKEN: TOKEN,
      CLOUDFLARE_ACCOUNT_ID: 'a'.repeat(32),
      CLOUDFLARE_API_BASE_URL: url,
    },
  );
  expect(output).toContain('objects: 49 of 49 checked, 49 rows restored\n');
  expect(output).toContain('acme: done');
  expect(code).toBe(0);
});
