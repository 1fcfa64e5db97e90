import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { app } from '../app.ts';
import type { Env } from '../env.ts';
import { ORIGIN, settleWorld } from '../test/world.ts';

/** What an installation answers whose FOYER_SECRET is absent or too short (O3). */

const secrets = { absent: undefined, empty: '', short: 'x'.repeat(31) };

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

async function ask(method: string, path: string, secret: string | undefined): Promise<Response> {
  const bindings: Record<string, unknown> = { ...env, FOYER_SECRET: secret };
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

describe.each(Object.entries(secrets))('O3: FOYER_SECRET is %s', (_name, secret) => {
  it.each(requests)('%s %s is refused with a sentence, and signs nothing', async (method, path) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    const answer = await ask(method, path, secret);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await answer.json()).toMatchObject({
      error: { code: 'unavailable', message: expect.stringContaining('FOYER_SECRET is missing') },
    });
    expect(logged.mock.calls.flat().join()).toContain('"reason":"secret_missing"');
  });
});

it('O3: the pages and the description of a set-up without a secret say nothing that is signed', async () => {
  expect((await ask('GET', '/admin/', undefined)).headers.get('set-cookie')).toBeNull();
});
