import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { readVisitorToken } from '../../auth/visitors.ts';
import { claimsOf, REQUIRED, stage, withKeys } from '../../test/stand-ins/human-check.ts';
import { TEST_KEYS } from '../../test/stand-ins/siteverify.ts';
import { call } from '../../test/world.ts';
import { CHECK_LASTS } from './proof.ts';

/** What a passed check is worth, and what does not pass. */

const scene = stage();

describe('a passed check', () => {
  test('counts for an hour, over reloads of the page, and ends the suspicion', async () => {
    const { browser, visitor } = await scene.suspect();
    const { json } = await browser.check(visitor);
    const until = Date.now() + CHECK_LASTS;
    expect(await claimsOf(json.sessionToken)).toMatchObject({ checked_until: until });
    const reloaded = await browser.arrive(json.visitorToken);
    const claims = await claimsOf(reloaded.sessionToken);
    expect(claims).toMatchObject({ checked_until: until, visitor_id: visitor.visitor_id });
    expect(claims.suspected).toBe(undefined);
  });

  test('S14: makes tokens that are as old as before, so that what was revoked stays so', async () => {
    const { browser, visitor } = await scene.suspect();
    const before = await claimsOf(visitor.sessionToken);
    const claims = await readVisitorToken(
      env.FOYER_SECRET,
      scene.world.acme.id,
      visitor.visitorToken,
    );
    vi.setSystemTime(Date.now() + 60_000);
    const { json } = await browser.check(visitor);
    const { issued_at, expires_at } = await claimsOf(json.sessionToken);
    expect([issued_at, expires_at]).toEqual([before.issued_at, before.expires_at]);
    const after = await readVisitorToken(env.FOYER_SECRET, scene.world.acme.id, json.visitorToken);
    expect(after).toMatchObject({ issued_at: claims?.issued_at, expires_at: claims?.expires_at });
  });

  test("gives nobody another visitor's token", async () => {
    const { browser, visitor } = await scene.suspect();
    const other = await browser.arrive();
    const mixed = { ...visitor, visitorToken: other.visitorToken };
    expect((await browser.check(mixed)).json.visitorToken).toBe(null);
  });

  test.each([
    ['of another host', { hostname: 'shop.example' }],
    ['of another form', { action: 'login' }],
    ['of another visitor', { cdata: 'v_somebodyelse' }],
  ])('does not count when it is %s', async (_, solved) => {
    const { browser, visitor } = await scene.suspect();
    const { status, json } = await browser.check(visitor, solved);
    expect([status, json.error]).toEqual([403, expect.objectContaining(REQUIRED)]);
  });

  test('counts once: Turnstile takes a token no second time', async () => {
    const { browser, visitor } = await scene.suspect();
    const token = scene.turnstile.issue({
      hostname: 'chat.example',
      action: 'foyer',
      cdata: visitor.visitor_id,
    });
    const send = () => browser.ask('POST', '/human-check', { token }, visitor.sessionToken);
    expect((await send()).status).toBe(200);
    expect((await send()).json.error).toMatchObject(REQUIRED);
  });

  test('is not had by a token that Turnstile does not know, nor without a session', async () => {
    const { browser, visitor } = await scene.suspect();
    const guess = { token: 'guess' };
    const guessed = await browser.ask('POST', '/human-check', guess, visitor.sessionToken);
    expect(guessed.json.error).toMatchObject(REQUIRED);
    expect((await browser.ask('POST', '/human-check', guess)).status).toBe(401);
    const long = { token: 'x'.repeat(2_049) };
    expect((await browser.ask('POST', '/human-check', long, visitor.sessionToken)).status).toBe(
      400,
    );
  });
});

describe('while siteverify does not answer', () => {
  const outages: [string, () => Promise<Response>][] = [
    ['the network is away', () => Promise.reject(new TypeError('Network connection lost.'))],
    ['it is late', () => Promise.reject(new DOMException('Timed out.', 'TimeoutError'))],
    ['it answers with a page', async () => new Response('<h1>502</h1>', { status: 502 })],
    [
      'it has a fault of its own',
      async () => Response.json({ success: false, 'error-codes': ['internal-error'] }),
    ],
    [
      'it does not know our secret',
      async () => Response.json({ success: false, 'error-codes': ['invalid-input-secret'] }),
    ],
  ];

  test.each(outages)('nobody passes, and the answer says to come back: %s', async (_, outage) => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { browser, visitor } = await scene.suspect();
    const end = scene.replaceSiteverify(outage);
    const { status, json, headers } = await browser.check(visitor);
    expect([status, json.error.code]).toEqual([503, 'unavailable']);
    expect(headers.get('retry-after')).toBe('5');
    expect((await browser.start(visitor.sessionToken)).json.error).toMatchObject(REQUIRED);
    end();
    expect((await browser.check(visitor)).status).toBe(200);
  });
});

describe("Cloudflare's keys for tests", () => {
  test.each([
    ['passes', 200],
    ['fails', 403],
    ['spent', 403],
  ] as const)('%s', async (key, status) => {
    const bindings = { ...withKeys, FOYER_TURNSTILE_SECRET: TEST_KEYS[key] };
    const { browser, visitor } = await scene.suspect(bindings);
    const token = { token: 'XXXX.DUMMY.TOKEN.XXXX' };
    const answer = await browser.ask('POST', '/human-check', token, visitor.sessionToken);
    expect(answer.status).toBe(status);
    const { json } = await call('GET', '/api/health', { bindings });
    expect(json.problems).toEqual(['human_check_for_tests']);
  });
});
