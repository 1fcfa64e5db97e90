import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApi } from './client.ts';

const api = createApi('https://foyer.example:8443/api');
const asked = vi.fn(async (url: URL, init: RequestInit) => Response.json([url.href, init]));

beforeEach(() => vi.stubGlobal('fetch', asked));
afterEach(() => {
  vi.unstubAllGlobals();
  asked.mockClear();
});

const { conversations } = api.admin;
const one = conversations[':id'];

test('properties build the path, and a parameter stays within its segment', async () => {
  await one.messages[':seq'].$delete({ param: { id: 'a/b?c', seq: '3' }, query: { id: 'x y' } });
  expect(`${asked.mock.lastCall?.[0]}`).toBe(
    'https://foyer.example:8443/api/admin/conversations/a%2Fb%3Fc/messages/3?id=x+y',
  );
  expect(asked.mock.lastCall?.[1]).toEqual({ method: 'DELETE' });
});

test('a query has only the values that are set', async () => {
  await conversations.$get({ query: { status: 'active', q: undefined, label: 'a b' } });
  expect(asked.mock.lastCall?.[0].search).toBe('?status=active&label=a+b');
});

test('a body is sent as JSON, with the other options of the request', async () => {
  const { signal } = new AbortController();
  await one.$patch({ param: { id: 'c1' }, json: { status: 'closed' } }, { init: { signal } });
  expect(asked.mock.lastCall?.[1]).toEqual({
    method: 'PATCH',
    body: '{"status":"closed"}',
    headers: { 'Content-Type': 'application/json' },
    signal,
  });
});

test('a body that is not JSON is sent unchanged', async () => {
  const body = new Blob(['picture']);
  await api.admin.me.picture.$put({}, { init: { body } });
  expect(asked.mock.lastCall?.[1]).toEqual({ method: 'PUT', body });
});

test('`$url` returns a URL without a request', () => {
  const { href } = one.$url({ param: { id: 'c1' } });
  expect(href).toBe('https://foyer.example:8443/api/admin/conversations/c1');
  expect(api.admin.inbox.socket.$url().pathname).toBe('/api/admin/inbox/socket');
  expect(asked).not.toHaveBeenCalled();
});
