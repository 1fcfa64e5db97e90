import { expect } from 'vitest';
import { answer, row, signIn } from '../support/agent.ts';
import { expectAccessible } from '../support/axe.ts';
import { test } from '../support/harness.ts';
import {
  frameOf,
  openWidget,
  say,
  startBilling,
  waitForAck,
  widgetOf,
} from '../support/visitor.ts';

/** How the widget looks: its language, its place in the window, and what a closed panel shows. */

test('German shows from the first paint, and Arabic runs right to left', async ({
  site,
  person,
}) => {
  const { page } = await person({ locale: 'de-AT' });
  await page.context().addInitScript(() => {
    if (!location.pathname.startsWith('/widget/frame')) return;
    new MutationObserver(() => {
      Object.assign(globalThis, {
        seen: `${Object(globalThis).seen ?? ''}${document.body?.textContent}`,
      });
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto(site.page());
  const widget = await openWidget(page);
  await widget.getByText('Wählen Sie ein Team').waitFor();
  const frame = frameOf(page);
  expect(await frame.evaluate(() => `${Object(globalThis).seen}`)).not.toMatch(/Loading|Who would/);
  expect(await frame.evaluate(() => document.documentElement.lang)).toBe('de');
  await page.getByRole('button', { name: 'Chat schließen' }).waitFor();

  const reader = await person({ locale: 'ar', viewport: { width: 320, height: 640 } });
  await reader.page.goto(site.page());
  const arabic = await openWidget(reader.page);
  await arabic.getByText('اختاروا فريقًا').waitFor();
  const shape = () =>
    frameOf(reader.page).evaluate(() => ({
      dir: document.documentElement.dir,
      // WCAG 1.4.10: no scrolling in two directions at 320 pixels.
      wide: [...document.querySelectorAll('*')].filter(
        (element) => element.scrollWidth > Math.max(element.clientWidth, 320),
      ).length,
    }));
  expect(await shape()).toEqual({ dir: 'rtl', wide: 0 });
  await arabic.getByRole('listitem').getByRole('button').filter({ hasText: 'Support' }).click();
  await arabic.getByRole('button', { name: 'بدء المحادثة' }).waitFor();
  expect(await shape()).toEqual({ dir: 'rtl', wide: 0 });
  await reader.page.emulateMedia({ forcedColors: 'active' });
  await expectAccessible('the form in Arabic, with forced colours', frameOf(reader.page));
});

test('a closed panel shows an answer in title, launcher and a preview that opens it', async ({
  foyer,
  site,
  person,
}) => {
  const { page } = await person();
  await page.goto(site.page());
  const title = await page.title();
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'Is my invoice there?');
  await waitForAck(widget);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open chat' }).waitFor();

  const agent = await person();
  await signIn(agent, foyer.origin, 'agent@acme.example');
  await row(agent.page, 'Is my invoice there?').click();
  await answer(agent.page, 'It was sent today.');

  const preview = widgetOf(page)
    .getByRole('status')
    .getByRole('button', { name: /sent today/ });
  await preview.waitFor();
  await page.getByRole('button', { name: 'Open chat, 1 unread message' }).waitFor();
  expect(await page.title()).toBe(`(1) ${title}`);
  await expectAccessible('the preview', frameOf(page));
  await preview.click();
  await page.getByRole('button', { name: 'Close chat', exact: true }).first().waitFor();
  await expect.poll(() => page.title()).toBe(title);
  await widget.getByRole('button', { name: 'More options' }).click();
  await widget.getByRole('button', { name: 'Mute sounds' }).click();
  await widget.getByRole('button', { name: 'More options' }).click();
  await widget.getByRole('button', { name: 'Turn sounds on' }).waitFor();
});

test('V7: the page keeps its own title, apart from our count', async ({ foyer, site, person }) => {
  const { page } = await person();
  const head = `<title>(2) Inbox - Forum</title>
    <script>window.titles = 0; new MutationObserver(() => titles++)
      .observe(document.querySelector('title'), { childList: true })</script>
    <script src="${foyer.origin}/widget.js" data-key="wk_demo"></script>`;
  await page.goto(site.page({ html: `<!doctype html>${head}<body><h1>A forum</h1>` }));
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'What is new?');
  await waitForAck(widget);
  await page.evaluate('Foyer.close()');
  expect(await page.title()).toBe('(2) Inbox - Forum');
  expect(await page.evaluate('titles')).toBe(0);

  const agent = await person();
  await signIn(agent, foyer.origin, 'agent@acme.example');
  await row(agent.page, 'What is new?').click();
  await answer(agent.page, 'Much');
  const title = expect.poll(() => page.title());
  await title.toBe('(1) (2) Inbox - Forum');
  // A single-page app navigates, with a count in its own title.
  await page.evaluate("document.title = '(3) Inbox - Forum'");
  await expect.poll(() => page.title()).toBe('(1) (3) Inbox - Forum');
  await page.evaluate("document.title = document.title.replace('Inbox', 'Sent')");
  await expect.poll(() => page.title()).toBe('(1) (3) Sent - Forum');
  await page.evaluate("document.querySelector('title').remove()");
  await expect.poll(() => page.title()).toBe('(1)');
  await page.evaluate("document.title = '(1) Draft'");
  await expect.poll(() => page.title()).toMatch(/^\(1\) .*Draft$/);
  await page.evaluate("document.title = 'Settings'");
  await expect.poll(() => page.title()).toBe('(1) Settings');
  await page.evaluate('Foyer.open()');
  await expect.poll(() => page.title()).toBe('Settings');
});

test('V21: launcher and panel stay inside the window, whatever styles the page has', async ({
  site,
  person,
}) => {
  for (const css of [
    'html { zoom: 1.5 }',
    'html { zoom: 0.5 }',
    'html { transform: scale(1) }',
    'html { transform: translateY(300px) }',
    'body { transform: rotate(3deg); zoom: 1.2 }',
    'html { filter: grayscale(1) } body { filter: blur(1px) }',
    'html { contain: layout paint; perspective: 100px }',
    'body { contain: strict; height: 50px; overflow: hidden; opacity: 0 }',
    'body { will-change: transform; container-type: size }',
    '::backdrop { backdrop-filter: blur(9px); background: red !important }',
    '[popover] { display: none; inset: 40% !important; transform: scale(9) }',
  ]) {
    const { page } = await person({ viewport: { width: 1000, height: 700 } });
    const tall = '<main style="height: 4000px; width: 100%">A shop</main>';
    await page.goto(site.page({ css, body: tall }));
    await page.evaluate('scrollTo(0, 500)');
    const launcher = page.getByRole('button', { name: /^(Open|Close) chat/ });
    const isInside = async (what: typeof launcher) => {
      const box = await what.boundingBox();
      expect(box, css).not.toBeNull();
      if (!box) return;
      expect(Math.min(box.x, box.y), css).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width, css).toBeLessThanOrEqual(1_000);
      expect(box.y + box.height, css).toBeLessThanOrEqual(700);
      expect(box.y + box.height, css).toBeGreaterThan(500);
    };
    await launcher.waitFor();
    await isInside(launcher);
    await openWidget(page);
    // Waits for the opening animation.
    await page.locator('iframe[title="Chat"]').evaluate(async (frame) => {
      await Promise.all(frame.getAnimations().map(({ finished }) => finished));
    });
    await isInside(launcher);
    await isInside(page.locator('iframe[title="Chat"]'));
    await page.close();
  }
});
