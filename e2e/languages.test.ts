import { expect } from 'vitest';
import { answer, row, signIn } from './agent.ts';
import { expectAccessible } from './axe.ts';
import { test } from './harness.ts';
import { frameOf, openWidget, say, startBilling, waitForAck, widgetOf } from './visitor.ts';

/** The widget in its visitor's language, at four times the size, and what it tells while closed. */

test('German is there from the first paint, and Arabic runs from the right', async ({
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
  expect(await frame.evaluate(() => `${Object(globalThis).seen}`)).not.toMatch(/Loading|Choose/);
  expect(await frame.evaluate(() => document.documentElement.lang)).toBe('de');
  await page.getByRole('button', { name: 'Chat schließen' }).waitFor();

  const reader = await person({ locale: 'ar', viewport: { width: 320, height: 640 } });
  await reader.page.goto(site.page());
  const arabic = await openWidget(reader.page);
  await arabic.getByText('اختاروا فريقًا').waitFor();
  const shape = () =>
    frameOf(reader.page).evaluate(() => ({
      dir: document.documentElement.dir,
      // WCAG 1.4.10: nothing asks for scrolling in two directions at 320 pixels.
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

test('a closed panel tells of an answer: title, launcher and a preview that opens it', async ({
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
