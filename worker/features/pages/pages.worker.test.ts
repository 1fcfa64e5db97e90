import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Env } from '../../env.ts';
import { app } from '../../http/app.ts';
import { away } from '../../test/outages/away.ts';
import { ORIGIN, settleWorld } from '../../test/world.ts';

/** P9: whatever is wrong, the panel shows a page and never a line of JSON. */

beforeAll(async () => {
  await settleWorld();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

async function frameFor(key: string, bindings: Env = env) {
  const response = await app.fetch(
    new Request(`${ORIGIN}/widget/frame?key=${key}&origin=https://shop.example`),
    bindings,
    { waitUntil: () => {}, passThroughOnException: () => {}, props: {} },
  );
  const policy = response.headers.get('content-security-policy') ?? '';
  return { response, policy, html: await response.text() };
}

test('an unknown key gets the chat, which then says that there is none', async () => {
  const { response, policy, html } = await frameFor('wk_nobody');
  expect(response.status).toBe(200);
  expect(html).toContain('<div id="app">');
  expect(policy).toContain("default-src 'none'; script-src 'self'");
});

test('S10: the frame may load a human check where both of its keys are configured, and else not', async () => {
  const address = 'https://challenges.cloudflare.com';
  const keys = { FOYER_TURNSTILE_SITE_KEY: '0x4', FOYER_TURNSTILE_SECRET: '0x4-secret' };
  const { policy } = await frameFor('wk_acme', { ...env, ...keys });
  expect(policy).toContain(`script-src 'self' ${address}; frame-src ${address};`);
  for (const bindings of [env, { ...env, FOYER_TURNSTILE_SITE_KEY: '0x4' }]) {
    expect((await frameFor('wk_acme', bindings)).policy).not.toContain('cloudflare');
  }
});

test('V12: where any website may frame it, a file and a srcdoc frame may too', async () => {
  const { policy } = await frameFor('wk_acme');
  // `frame-ancestors *` would stand for http and https alone.
  expect(policy).not.toContain('frame-ancestors');
});

test('P1: the preview is for our own pages alone, and can send no request', async () => {
  const read = async (path: string) => {
    const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
    const headers = { 'accept-language': 'de' };
    const response = await app.fetch(new Request(`${ORIGIN}${path}`, { headers }), env, context);
    return {
      directives: response.headers.get('content-security-policy')?.split('; ') ?? [],
      isolation: response.headers.get('cross-origin-resource-policy'),
      html: await response.text(),
    };
  };
  const preview = await read('/widget/preview');
  expect(preview.directives).toEqual(
    expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'self'"]),
  );
  expect(preview.directives.join()).not.toContain('connect-src');
  expect(preview.isolation).toBe('same-origin');
  expect(preview.html).toContain('<html lang="de">');
  const { directives } = await read('/admin/settings/widget');
  expect(directives).toEqual(
    expect.arrayContaining(["frame-src 'self'", "frame-ancestors 'none'"]),
  );
});

test('the frame is served in the language of the page, of the browser, or of the organization', async () => {
  const read = async (query: string, accepted: string) => {
    const request = new Request(`${ORIGIN}/widget/frame?key=wk_acme${query}`, {
      headers: { 'accept-language': accepted },
    });
    const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
    const html = await (await app.fetch(request, env, context)).text();
    return [...html.matchAll(/<html[^>]*>|hreflang="[^"]*"/g)].map(([tag]) => tag);
  };
  expect(await read('', 'de-CH,fr;q=0.5')).toEqual(['<html lang="de">', 'hreflang="de"']);
  expect(await read('&locale=ar', 'de')).toEqual(['<html lang="ar" dir="rtl">', 'hreflang="ar"']);
  expect(await read('', 'tlh')).toEqual(['<html lang="en">', 'hreflang="en"']);
});

describe('while the database is away', () => {
  test('the frame is a page without scripts that says so, for some seconds', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { response, policy, html } = await frameFor('wk_not_seen_yet', away);
    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/);
    expect(html).not.toMatch(/<script|src=|D1|stack/);
  });

  test('a widget that was seen goes by the origins that were known of it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const before = await frameFor('wk_acme');
    vi.setSystemTime(Date.now() + 3_600_000);
    const meanwhile = await frameFor('wk_acme', away);
    expect(meanwhile.response.status).toBe(200);
    expect(meanwhile.policy).toBe(before.policy);
  });
});
