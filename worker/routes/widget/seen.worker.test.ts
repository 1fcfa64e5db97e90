import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { widgetSettings } from '../../store/configured.ts';
import { openDatabase } from '../../store/database.ts';
import { call, ORIGIN, SignedInAgent, settleWorld } from '../../test/world.ts';

/** Whether the widget was seen on a website: noted for who set it up, and no record of visits. */

let olive: SignedInAgent;
let organization: string;

beforeAll(async () => {
  organization = (await settleWorld()).acme.id;
  olive = await SignedInAgent.signIn('olive@acme.example');
});

beforeEach(async () => {
  expect((await olive.call('DELETE', '/admin/settings/seen')).status).toBe(204);
});

const seen = async () => (await olive.call('GET', '/admin/settings')).json.settings.seen;
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
  expect(await seen()).toBe(null);
  const told = await news();
  expect((await visit('https://shop.example')).status).toBe(201);
  await told();
  expect(await seen()).toEqual({ origin: 'https://shop.example', at: expect.any(String) });
});

test('P8: is written down once a day, and at once after somebody looks for it anew', async () => {
  const told = await news();
  await visit('https://shop.example');
  await told();
  const first = await seen();
  await visit('https://other.example');
  const yesterday = new Date(Date.parse(first.at) - 24 * 60 * 60_000);
  expect(await seen()).toEqual(first);
  await openDatabase(env)
    .update(widgetSettings)
    .set({ seen_at: yesterday })
    .where(eq(widgetSettings.organization_id, organization));
  await visit('https://other.example');
  await vi.waitFor(async () => expect((await seen())?.origin).toBe('https://other.example'));
  await olive.call('DELETE', '/admin/settings/seen');
  expect(await seen()).toBe(null);
  await visit('https://shop.example');
  await vi.waitFor(async () => expect((await seen())?.origin).toBe('https://shop.example'));
});

test('is nothing of a site that is not allowed, of Foyer’s own pages, or of no site', async () => {
  await olive.call('PATCH', '/admin/settings', { allowedOrigins: ['https://shop.example'] });
  expect((await visit('https://evil.example')).status).toBe(403);
  await olive.call('PATCH', '/admin/settings', { allowedOrigins: [] });
  for (const origin of [ORIGIN, 'null', 'file:///etc', 'javascript:alert(1)']) {
    expect((await visit(origin)).status).toBe(201);
  }
  // Had one of them counted, this one would not.
  await visit('https://shop.example');
  await vi.waitFor(async () => expect((await seen())?.origin).toBe('https://shop.example'));
});
