import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { call, ORIGIN, SignedInAgent, settleWorld } from '../../test/world.ts';

const { widgetSettings } = tables;

/** Whether the widget was loaded on a website: for the owner who installed it, not a record of visits. */

let olive: SignedInAgent;
let organization: string;

beforeAll(async () => {
  organization = (await settleWorld()).acme.id;
  olive = await SignedInAgent.signIn('olive@acme.example');
});

const SITES = ['https://shop.example', 'https://other.example'];
const allow = (allowedOrigins: string[]) =>
  olive.call('PATCH', '/admin/settings', { allowedOrigins });

beforeEach(async () => {
  await allow(SITES);
  expect((await olive.call('DELETE', '/admin/settings/seen')).status).toBe(204);
});

const installed = async () => (await olive.call('GET', '/admin/settings')).json.settings.seen;
const visit = (origin: string, key = 'wk_acme') =>
  call('POST', '/api/widget/sessions', { body: { key, origin, page: { url: `${origin}/cart` } } });
const news = async () => {
  const dashboard = await olive.socket('/inbox/socket');
  return async () => {
    await dashboard.next('setup', ({ what }) => what === 'settings');
    dashboard.close();
  };
};

test('is told to the open dashboards at its first visit, with the site and nothing of the page', async () => {
  expect(await installed()).toBe(null);
  const frames = await news();
  expect((await visit('https://shop.example')).status).toBe(201);
  await frames();
  expect(await installed()).toEqual({ origin: 'https://shop.example', at: expect.any(String) });
});

test('P8: is written once a day, and at once after an agent checks again', async () => {
  const frames = await news();
  await visit('https://shop.example');
  await frames();
  const first = await installed();
  await visit('https://other.example');
  const yesterday = new Date(Date.parse(first.at) - 24 * 60 * 60_000);
  expect(await installed()).toEqual(first);
  await openDatabase(env)
    .update(widgetSettings)
    .set({ seen_at: yesterday })
    .where(eq(widgetSettings.organization_id, organization));
  await visit('https://other.example');
  await vi.waitFor(async () => expect((await installed())?.origin).toBe('https://other.example'));
  await olive.call('DELETE', '/admin/settings/seen');
  expect(await installed()).toBe(null);
  await visit('https://shop.example');
  await vi.waitFor(async () => expect((await installed())?.origin).toBe('https://shop.example'));
});

test('is nothing of a site that is not allowed, of Foyer’s own pages, or of no site', async () => {
  expect((await visit('https://evil.example')).status).toBe(403);
  await allow([]);
  for (const origin of [ORIGIN, 'null', 'file:///etc', 'javascript:alert(1)']) {
    expect((await visit(origin)).status).toBe(201);
  }
  // Had one of them counted, this one would not.
  await visit('https://shop.example');
  await vi.waitFor(async () => expect((await installed())?.at).toEqual(expect.any(String)));
  await allow(SITES);
  expect((await installed())?.origin).toBe('https://shop.example');
});

test('S23: names no website that the organization has not named, whoever says what', async () => {
  await allow([]);
  const frames = await news();
  const forged = { origin: 'https://evil.example' };
  await call('POST', '/api/widget/sessions', {
    body: { key: 'wk_acme', origin: forged.origin, page: { url: `${forged.origin}/` } },
    headers: forged,
  });
  await frames();
  // That it was opened somewhere is all that is known.
  expect(await installed()).toEqual({ origin: null, at: expect.any(String) });
  expect(JSON.stringify((await olive.call('GET', '/admin/settings')).json)).not.toContain('evil');
  await allow(['https://shop.example']);
  expect(await installed()).toBe(null);
});
