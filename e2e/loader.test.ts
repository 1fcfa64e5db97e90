import { expect } from 'vitest';
import { test } from './harness.ts';
import { openWidget, widgetOf } from './visitor.ts';

/** What a page and its visitor can do with the loader, and what can go wrong in between. */

test('a page opens and closes the panel by name, and Escape returns to the launcher', async ({
  site,
  person,
}) => {
  const { page } = await person();
  await page.goto(site.page());
  const launcher = page.getByRole('button', { name: 'Open chat' });
  await launcher.waitFor();
  expect(await launcher.getAttribute('aria-expanded')).toBe('false');
  await page.evaluate('Foyer.open()');
  const widget = widgetOf(page);
  await widget.getByRole('heading', { level: 1 }).waitFor();
  const close = page.getByRole('button', { name: 'Close chat', exact: true });
  expect(await close.getAttribute('aria-expanded')).toBe('true');
  await widget.getByRole('heading', { level: 1 }).press('Escape');
  await launcher.waitFor();
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('foyer-widget');
  await page.evaluate('Foyer.toggle()');
  await close.waitFor();
  await page.evaluate('Foyer.close()');
  await launcher.waitFor();
  expect(await page.locator('iframe').count()).toBe(1);
});

test('included twice, there is one widget', async ({ foyer, site, person }) => {
  const { page } = await person();
  const script = `<script src="${foyer.origin}/widget.js" data-key="wk_demo"></script>`;
  await page.goto(site.page({ body: script }));
  await page.getByRole('button', { name: 'Open chat' }).first().waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.locator('foyer-widget').count()).toBe(1);
});

test('a colour that is none is ignored, and a side can be chosen', async ({
  foyer,
  site,
  person,
}) => {
  const { page } = await person();
  const script = `<script src="${foyer.origin}/widget.js" data-key="wk_demo"
    data-accent="red;}" data-position="left"></script>`;
  await page.goto(site.page({ body: script }));
  const launcher = page.getByRole('button', { name: 'Open chat' });
  expect((await launcher.boundingBox())?.x).toBe(20);
  const paint = await launcher.evaluate((button) => getComputedStyle(button).backgroundColor);
  expect(paint).toBe('rgb(59, 91, 219)');
});

test('P9: a key that nobody has is said in the panel, which closes as ever', async ({
  site,
  person,
}) => {
  const { page, problems } = await person();
  problems.allow(/status of 404 .*\/api\/widget\/sessions/);
  await page.goto(site.page({ key: 'wk_nobody' }));
  await page.getByRole('button', { name: 'Open chat' }).click();
  const widget = widgetOf(page);
  await widget.getByText('This chat does not exist.').waitFor();
  await widget.getByRole('button', { name: 'Close chat' }).click();
  await page.getByRole('button', { name: 'Open chat' }).waitFor();
});

test('P9: a frame that does not come leaves the launcher, on a phone too, and comes later', async ({
  site,
  person,
}) => {
  const { context, page, problems } = await person({ viewport: { width: 390, height: 844 } });
  problems.allow(/status of 503/);
  const frames = (url: URL) => url.pathname === '/widget/frame';
  await context.route(frames, (route) =>
    route.fulfill({
      status: 503,
      contentType: 'text/html',
      body: '<h1>The chat is resting for a moment</h1><a href="">Try again</a>',
    }),
  );
  await page.goto(site.page());
  const widget = await openWidget(page);
  const close = page.getByRole('button', { name: 'Close chat', exact: true });
  await close.click();
  await page.getByRole('button', { name: 'Open chat' }).click();
  await context.unroute(frames);
  await widget.getByRole('link', { name: 'Try again' }).click();
  await widget.getByText('Billing').waitFor();
  await close.waitFor({ state: 'hidden' });
});
