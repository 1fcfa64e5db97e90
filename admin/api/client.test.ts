import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createApi } from './client.ts';

const api = createApi('https://foyer.example:8443/api');
const fetchMock = vi.fn(async (url: URL, init: RequestInit) => Response.json([url.href, init]));

beforeEach(() => vi.stubGlobal('fetch', fetchMock));
afterEach(() => {
  vi.unstubAllGlobals();
  fetchMock.mockClear();
});

const { conversations } = api.admin;
const conversation = conversations[':id'];

test('properties build the path, and a parameter stays within its segment', async () => {
  await conversation.messages[':seq'].$delete({
    param: { id: 'a/b?c', seq: '3' },
    query: { id: 'x y' },
  });
  expect(`${fetchMock.mock.lastCall?.[0]}`).toBe(
    'https://foyer.example:8443/api/admin/conversations/a%2Fb%3Fc/messages/3?id=x+y',
  );
  expect(fetchMock.mock.lastCall?.[1]).toEqual({ method: 'DELETE' });
});

test('a query has only the values that are set', async () => {
  await conversations.$get({ query: { status: 'active', q: undefined, label: 'a b' } });
  expect(fetchMock.mock.lastCall?.[0].search).toBe('?status=active&label=a+b');
});

test('a body is sent as JSON, with the other options of the request', async () => {
  const { signal } = new AbortController();
  await conversation.$patch(
    { param: { id: 'c1' }, json: { status: 'closed' } },
    { init: { signal } },
  );
  expect(fetchMock.mock.lastCall?.[1]).toEqual({
    method: 'PATCH',
    body: '{"status":"closed"}',
    headers: { 'Content-Type': 'application/json' },
    signal,
  });
});

test('a body that is not JSON is sent unchanged', async () => {
  const body = new Blob(['picture']);
  await api.admin.me.picture.$put({}, { init: { body } });
  expect(fetchMock.mock.lastCall?.[1]).toEqual({ method: 'PUT', body });
});

test('`$url` returns a URL without a request', () => {
  const { href } = conversation.$url({ param: { id: 'c1' } });
  expect(href).toBe('https://foyer.example:8443/api/admin/conversations/c1');
  expect(api.admin.inbox.socket.$url().pathname).toBe('/api/admin/inbox/socket');
  expect(fetchMock).not.toHaveBeenCalled();
});
