import { env, exports } from 'cloudflare:workers';
import { inspectRoutes } from 'hono/dev';
import { beforeAll, expect, test } from 'vitest';
import { BODIES } from '../../test/access/access.ts';
import { AUTH } from '../../test/access/part.ts';
import { away } from '../../test/outages/away.ts';
import { call, ORIGIN, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { app } from '../app.ts';
import { HEADERS, kindOf, type ResponseKind } from './headers.ts';

/** S13: each response has the headers of its kind, whatever it is and whichever route it is of. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
});

function expectKind(headers: Headers, kind: ResponseKind, of: string) {
  for (const [name, value] of Object.entries(HEADERS[kind])) {
    expect(headers.get(name), `${name} of ${of}`).toBe(value);
  }
}

const routes = inspectRoutes(app)
  .filter(({ isMiddleware }) => !isMiddleware)
  .map(({ method, path }) => `${method} ${path}`)
  .flatMap((route) => (route === 'ALL /api/auth/*' ? AUTH : [route]));

test.each(routes)('S13: %s', async (route) => {
  const [method = '', pattern = ''] = route.split(' ');
  const path = pattern.replaceAll(/:\w+/g, crypto.randomUUID()).replace('*', '');
  const body = BODIES[route]?.(world);
  const answers = [
    await call(method, path, body === undefined ? {} : { body }),
    await call(method, path, { headers: olive.headers, ...(body !== undefined && { body }) }),
    await call(method, `${path}?unknown=1`, { body: method === 'GET' ? undefined : '{' }),
  ];
  for (const { status, headers } of answers) {
    expectKind(headers, kindOf(path), `${route} ${status}`);
  }
});

test('S13: CSV, a redirect, what is not there, an outage, and a picture that did not change', async () => {
  const get = (path: string, init: RequestInit = {}) =>
    exports.default.fetch(`${ORIGIN}${path}`, { redirect: 'manual', ...init });
  // One of the routes above signed her out.
  olive = await SignedInAgent.signIn('olive@acme.example');
  const csv = await get('/api/admin/customers.csv', { headers: olive.headers });
  expect([csv.status, csv.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  expectKind(csv.headers, 'api', 'CSV');
  await csv.body?.cancel();
  const redirect = await get('/');
  expect(redirect.status).toBe(302);
  expectKind(redirect.headers, 'api', 'a redirect');
  for (const path of ['/nothing', '/api/nothing', '/widget/nothing']) {
    const missing = await get(path);
    expect(missing.status).toBe(404);
    expectKind(missing.headers, 'api', path);
  }
  const outage = await call('GET', '/api/health', { bindings: away });
  expect(outage.status).toBe(503);
  expectKind(outage.headers, 'api', 'an outage');

  const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3, 4]);
  const put = await get('/api/admin/me/picture', {
    method: 'PUT',
    headers: { ...olive.headers, 'content-length': `${png.length}` },
    body: png,
  });
  const { image } = await put.json<{ image: string }>();
  const imageResponse = await get(image);
  await imageResponse.arrayBuffer();
  const etag = imageResponse.headers.get('etag') ?? '';
  const unchanged = await get(image, { headers: { 'if-none-match': etag } });
  expect([imageResponse.status, unchanged.status]).toEqual([200, 304]);
  for (const item of [imageResponse, unchanged])
    expectKind(item.headers, 'picture', `${item.status}`);
});

test('S13 V11: the frame’s page, also while the database is away, may be in an isolated page', async () => {
  const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
  for (const bindings of [env, away]) {
    const key = crypto.randomUUID();
    const request = new Request(`${ORIGIN}/widget/frame?key=${key}`);
    const { status, headers } = await app.fetch(request, bindings, context);
    expectKind(headers, 'frame', `the frame ${status}`);
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  }
});

test('S13: a socket’s answer is the socket, and plain HTTP promises no HTTPS', async () => {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  (await visitor.socket(id)).close();
  const plain = await exports.default.fetch(`http://localhost:8787/api/health`, {
    headers: { 'cf-connecting-ip': '192.0.2.1' },
  });
  await plain.text();
  expect(plain.headers.get('strict-transport-security')).toBe(null);
  expect(plain.headers.get('x-content-type-options')).toBe('nosniff');
});
