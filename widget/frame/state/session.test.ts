import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSession } from './session.ts';

const pass = vi.hoisted(() => vi.fn<(siteKey: unknown) => Promise<boolean>>());
vi.mock('../forms/lazy/human-check.tsx', () => ({ default: pass }));

afterEach(() => {
  vi.unstubAllGlobals();
  pass.mockReset();
});

/** A Worker that answers in turn; what it was asked is in `asked`. */
function worker(...answers: [status: number, body: unknown][]) {
  const requests: { path: string; authorization: string | null; body: Record<string, unknown> }[] =
    [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const authorization = new Headers(init.headers).get('authorization');
    requests.push({ path, authorization, body: JSON.parse(`${init.body ?? null}`) });
    const [status, body] = answers.shift() ?? [500, {}];
    return Response.json(body, { status });
  });
  return requests;
}

const opened = (n: number): [number, unknown] => [
  201,
  { sessionToken: `st_${n}`, visitorToken: 'vt_1', departments: [] },
];
const expired: [number, unknown] = [
  401,
  { error: { code: 'session_expired', message: 'Expired.' } },
];

function create(visitorToken: string | null = null) {
  const keepVisitorToken = vi.fn<(token: string) => void>();
  const session = createSession({
    key: 'wk_demo',
    locale: 'en',
    origin: 'https://shop.example',
    page: () => ({ url: `https://shop.example/${'x'.repeat(3_000)}`, title: 'Shop', referrer: '' }),
    visitorToken,
    keepVisitorToken,
  });
  return { session, keepVisitorToken };
}

test('P5 a new visitor gets a token to store; a returning one is recognised by it', async () => {
  const requests = worker(opened(1), opened(2));
  const { session, keepVisitorToken } = create();
  await session.open();
  await session.open();
  expect(keepVisitorToken.mock.calls).toEqual([['vt_1']]);
  expect(requests.map((request) => request.body.visitorToken)).toEqual([undefined, 'vt_1']);
  expect(requests.every((request) => !request.path.includes('vt_'))).toBe(true);
});

test('the browser’s time zone goes with the request, for the time at which a department opens', async () => {
  const requests = worker(opened(1));
  await create().session.open();
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  expect(requests[0]?.body.timezone).toBe(timeZone);
});

test('an expired session is opened again and the request repeated', async () => {
  const requests = worker(opened(1), expired, opened(2), [200, { items: [] }]);
  const { session } = create();
  await session.open();
  expect(await session.call('conversations')).toEqual({ items: [] });
  expect(requests.map((request) => request.authorization)).toEqual([
    null,
    'Bearer st_1',
    null,
    'Bearer st_2',
  ]);
});

describe('S10: a request that needs a human check', () => {
  const code = 'human_check_required';
  const required: [number, unknown] = [
    403,
    { error: { code, message: 'Show it.', site_key: '0x4' } },
  ];

  test('is repeated with the tokens of the check, once it was passed', async () => {
    const requests = worker(opened(1), required, [201, { id: 'c' }]);
    const { session } = create();
    await session.open();
    pass.mockResolvedValueOnce(true);
    const body = { departmentId: 'd' };
    expect(await session.call('conversations', { method: 'POST', body })).toEqual({ id: 'c' });
    expect(pass.mock.calls).toEqual([['0x4']]);
    expect(requests.slice(1).map((request) => request.body)).toEqual([body, body]);
  });

  test('is refused where the visitor does not pass, or has to again at once', async () => {
    worker(opened(1), required, required, required);
    const { session } = create();
    await session.open();
    pass.mockResolvedValueOnce(false);
    await expect(session.call('conversations')).rejects.toMatchObject({ code });
    pass.mockResolvedValueOnce(true);
    await expect(session.call('conversations')).rejects.toMatchObject({ code });
    expect(pass).toHaveBeenCalledTimes(2);
  });
});

test('a second 401 is an error and is not repeated', async () => {
  const requests = worker(opened(1), expired, opened(2), expired);
  const { session } = create();
  await session.open();
  await expect(session.call('conversations')).rejects.toMatchObject({ status: 401 });
  expect(requests).toHaveLength(4);
});

test('one request opens the session, however many callers wait', async () => {
  const requests = worker(opened(1));
  const { session } = create();
  await Promise.all([session.open(), session.protocols(true)]);
  expect(requests).toHaveLength(1);
  expect(await session.protocols(false)).toEqual(['foyer.v1', 'st_1']);
});

test('P9 an overlong page address is truncated, not refused', async () => {
  const requests = worker(opened(1));
  await create().session.open();
  expect(requests[0]?.body.page).toMatchObject({ url: expect.stringMatching(/^.{2000}$/) });
});

test('the token is only in the header: a request has no field that its route does not know', async () => {
  const requests = worker(opened(1), [200, {}]);
  const { session } = create();
  await session.open();
  await session.call('customer', { method: 'PATCH', body: { name: 'Ada' } });
  expect(requests[1]).toMatchObject({ authorization: 'Bearer st_1', body: { name: 'Ada' } });
  expect(Object.keys(requests[1]?.body ?? {})).toEqual(['name']);
});

test('S14: a forgotten browser reloads, and stores no token of the old document', async () => {
  const reload = vi.fn<() => void>();
  vi.stubGlobal('location', { reload });
  const as = (visitor_id: string): [number, unknown] => [
    201,
    { sessionToken: 'st', visitorToken: `vt_${visitor_id}`, visitor_id, departments: [] },
  ];
  worker(as('one'), as('one'), as('two'));
  const { session, keepVisitorToken } = create();
  await session.open();
  await session.open();
  expect(reload).not.toHaveBeenCalled();
  void session.open();
  await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
  expect(keepVisitorToken.mock.calls).toEqual([['vt_one']]);
});
