import { afterEach, expect, test, vi } from 'vitest';
import { RequestError, request } from './http.ts';

afterEach(() => vi.unstubAllGlobals());

const answer = (response: () => Response | Promise<Response>) => {
  const fetched = vi.fn<(path: string, init: RequestInit) => Promise<Response>>(async () =>
    response(),
  );
  vi.stubGlobal('fetch', fetched);
  return fetched;
};

test('a body goes as JSON, the answer comes parsed', async () => {
  const fetched = answer(() => Response.json({ ok: true }));
  expect(await request('/x', { method: 'POST', body: { a: 1 } })).toEqual({ ok: true });
  expect(fetched).toHaveBeenCalledWith(
    '/x',
    expect.objectContaining({
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json' },
    }),
  );
});

test('P9 a refusal keeps its code, sentence, fields and Retry-After in seconds', async () => {
  answer(() =>
    Response.json(
      { error: { code: 'rate_limited', message: 'Wait.', fields: { name: 'Too long.' } } },
      { status: 429, headers: { 'retry-after': '20' } },
    ),
  );
  await expect(request('/x')).rejects.toMatchObject({
    status: 429,
    code: 'rate_limited',
    message: 'Wait.',
    fields: { name: 'Too long.' },
    retryAfter: 20,
  });
});

test('P9 a refusal that is not ours gets a code and a sentence as well', async () => {
  answer(() => new Response('<h1>Bad gateway</h1>', { status: 502 }));
  await expect(request('/x')).rejects.toMatchObject({ status: 502, code: 'http_502' });
});

test('no answer is a RequestError with status 0', async () => {
  answer(() => Promise.reject(new TypeError('Failed to fetch')));
  await expect(request('/x')).rejects.toEqual(expect.any(RequestError));
  await expect(request('/x')).rejects.toMatchObject({ status: 0, code: 'network' });
});
