import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Env } from '../../env.ts';
import { app } from '../../http/app.ts';
import { away } from '../../test/outages/away.ts';
import { ORIGIN, settleWorld } from '../../test/world.ts';

/** What an installation answers whose configuration lacks what every route needs (O3). */

const secrets = {
  absent: [undefined, 'secret_missing'],
  empty: ['', 'secret_missing'],
  short: ['x'.repeat(31), 'secret_short'],
} as const;

const sentences = {
  secret_missing: 'FOYER_SECRET is missing.',
  secret_short: 'FOYER_SECRET is shorter than 32 characters.',
};

const requests: [method: string, path: string][] = [
  ['GET', '/api/health'],
  ['POST', '/api/widget/sessions'],
  ['GET', '/api/widget/conversations'],
  ['POST', '/api/auth/sign-in/email'],
  ['GET', '/api/auth/get-session'],
  ['GET', '/api/admin/me'],
  ['POST', '/api/setup'],
  ['POST', '/api/password/forgot'],
  ['POST', '/api/invitations/look'],
  ['POST', '/api/address/confirm'],
  ['GET', '/files/a-token'],
];

beforeAll(settleWorld);
afterEach(() => {
  vi.restoreAllMocks();
});

async function ask(method: string, path: string, changed: object): Promise<Response> {
  const bindings: Record<string, unknown> = { ...env, ...changed };
  const request = new Request(ORIGIN + path, {
    method,
    headers: {
      origin: ORIGIN,
      'content-type': 'application/json',
      cookie: 'foyer.session_token=x.y',
    },
    ...(method === 'POST' && { body: '{}' }),
  });
  const context = createExecutionContext();
  const answer = await app.fetch(request, bindings as unknown as Env, context);
  await waitOnExecutionContext(context);
  return answer;
}

describe.each(Object.entries(secrets))('O3: FOYER_SECRET is %s', (_name, [secret, problem]) => {
  it.each(requests)('%s %s is refused with a sentence, and signs nothing', async (method, path) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const answer = await ask(method, path, { FOYER_SECRET: secret });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await answer.json()).toMatchObject({
      error: { code: 'unavailable', message: expect.stringContaining(sentences[problem]) },
    });
    expect(logged.mock.calls.flat().join()).toContain(`"reasons":["${problem}"`);
  });
});

it('O3: the pages and the description of a set-up without a secret say nothing that is signed', async () => {
  expect(
    (await ask('GET', '/admin/', { FOYER_SECRET: undefined })).headers.get('set-cookie'),
  ).toBeNull();
});

it('O3: all that is missing or doubtful is one line, once, and health answers the same', async () => {
  const lines: Record<string, unknown>[] = [];
  for (const method of ['error', 'warn', 'log'] as const) {
    vi.spyOn(console, method).mockImplementation((line) => void lines.push(JSON.parse(line)));
  }
  const bindings: Env = { ...env, FOYER_EMAIL_FROM: 'nobody', FOYER_PUBLIC_URL: '' };
  Object.assign(bindings, { FOYER_QUOTAS: '{', FILES: undefined, FOYER_QUOTA: 'off' });
  const warnings = [
    'mail_sender_invalid',
    'public_url_missing',
    'quotas_invalid',
    'unknown_setting',
  ];
  for (let request = 0; request < 3; request += 1) {
    const context = createExecutionContext();
    const answer = await app.fetch(new Request(`${ORIGIN}/api/health`), bindings, context);
    await waitOnExecutionContext(context);
    expect(await answer.json()).toMatchObject({ ok: true, problems: warnings });
  }
  // Of an outage that another test left behind, this may be the end.
  expect(lines.filter(({ event }) => event === 'misconfigured')).toMatchObject([
    { level: 'warn', event: 'misconfigured', reasons: [...warnings, 'files_off'] },
  ]);
});

it.each([
  [{ ADDRESS_LIMIT: undefined }, 'A rate limit is missing'],
  [{ MAIL_LIMIT: undefined }, 'A rate limit is missing'],
  [{ INBOXES: undefined }, 'A binding of the Durable Objects is missing'],
])('O3: without a binding that every route needs: %o', async (changed, sentence) => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  for (const path of ['/api/health', '/api/widget/conversations']) {
    const answer = await ask('GET', path, changed);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({
      error: { code: 'unavailable', message: expect.stringContaining(sentence) },
    });
  }
});

it('O9: health for probes names the part that is not well', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const secret = await ask('GET', '/api/health', { FOYER_SECRET: '' });
  expect(await secret.json()).toMatchObject({ ok: false, part: 'configuration' });
  const database = await ask('GET', '/api/health', away);
  expect(database.headers.get('retry-after')).toBe('5');
  expect(await database.json()).toMatchObject({
    ok: false,
    part: 'database',
    error: { code: 'unavailable', message: 'The database does not answer, or lacks its tables.' },
  });
});
