import { expect } from 'vitest';
import { test } from './harness.ts';
import { startHostSite } from './host-site.ts';
import { bubble, openWidget, say, startBilling, waitForAck, widgetOf } from './visitor.ts';

test('works under a policy that allows its script and its frame alone', async ({
  foyer,
  site,
  person,
}) => {
  const { page } = await person();
  const allowed = `script-src ${foyer.origin}; frame-src ${foyer.origin}`;
  await page.goto(site.page({ csp: `default-src 'none'; ${allowed}; style-src 'none'` }));
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'Under a strict policy');
  await waitForAck(widget);
});

test('works on a page whose CSS spares nothing', async ({ site, person }) => {
  const { page } = await person();
  const css = `
    * { all: unset !important; }
    div, iframe, button { display: none !important; }
    #cover { display: block !important; position: fixed !important; inset: 0 !important;
      z-index: 2147483647 !important; background: #fffc !important; }`;
  await page.goto(site.page({ css, body: '<h1>A shop</h1><p id="cover">Buy now</p>' }));
  const widget = await openWidget(page);
  const panel = await page.locator('iframe[title="Chat"]').boundingBox();
  expect(panel?.width).toBeGreaterThan(300);
  expect(panel?.height).toBeGreaterThan(400);
  await startBilling(widget);
  await say(widget, 'Through it all');
  await waitForAck(widget);
  expect(await bubble(widget, 'Through it all').isVisible()).toBe(true);
});

test('allowed_origins holds, for the frame and for the session', async ({
  foyer,
  site,
  person,
}) => {
  const other = await startHostSite(foyer.origin);
  await foyer.query(`UPDATE widget_settings SET allowed_origins = '["${site.origin}"]'
    WHERE public_key = 'wk_globex'`);

  const welcome = await person();
  await welcome.page.goto(site.page({ key: 'wk_globex' }));
  await openWidget(welcome.page);

  const stranger = await person();
  stranger.problems.allow(/frame-ancestors/);
  await stranger.page.goto(other.page({ key: 'wk_globex' }));
  const refused = stranger.page.waitForEvent('console', (message) =>
    message.text().includes('frame-ancestors'),
  );
  await stranger.page.getByRole('button', { name: 'Open chat' }).click();
  await refused;
  expect(await widgetOf(stranger.page).getByRole('heading').count()).toBe(0);

  const answer = await fetch(`${foyer.origin}/api/widget/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      key: 'wk_globex',
      origin: other.origin,
      page: { url: `${other.origin}/0`, title: '', referrer: '' },
      locale: 'en',
      timezone: 'UTC',
    }),
  });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ error: { code: 'origin_not_allowed' } });
  await other.dispose();
});
