import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { startTalk } from '../../drizzle/demo/people.ts';
import { message, signIn } from '../support/agent.ts';
import { expectAccessible } from '../support/axe.ts';
import { test } from '../support/harness.ts';
import {
  bubble,
  composer,
  frameOf,
  openWidget,
  say,
  startBilling,
  waitForAck,
} from '../support/visitor.ts';

/** The widget without a mouse, without colours, magnified, and in the accessibility tree (P8). */

test('a conversation by keyboard alone, with the focus always where it is expected', async ({
  site,
  person,
}) => {
  const { page } = await person();
  await page.goto(site.page());
  const launcher = page.getByRole('button', { name: 'Open chat' });
  await launcher.waitFor();
  // The page's own links come first.
  for (let presses = 0; presses < 20; presses += 1) {
    if (await launcher.evaluate((button) => button.matches(':focus'))) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  const widget = page.frameLocator('iframe[title="Chat"]');
  await widget.getByRole('heading', { level: 1 }).waitFor();
  const billing = widget.getByRole('button').filter({ hasText: 'Billing' });
  for (let presses = 0; presses < 10; presses += 1) {
    if (await billing.evaluate((button) => button.matches(':focus'))) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await composer(widget).and(widget.locator(':focus')).waitFor();
  await page.keyboard.type('By hand');
  await page.keyboard.press('Enter');
  await bubble(widget, 'By hand').waitFor();
  await waitForAck(widget);

  // The menu opens, moves through its items and returns the focus.
  await widget.getByRole('button', { name: 'More options' }).focus();
  await page.keyboard.press('Enter');
  await widget.getByRole('button', { name: 'Switch team' }).waitFor();
  await page.keyboard.press('Escape');
  await widget.getByRole('button', { name: 'Switch team' }).waitFor({ state: 'hidden' });

  // Escape closes the panel and returns to the button that opened it.
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open chat' }).and(page.locator(':focus')).waitFor();
  // After reopening, the focus is in the message and not in a field of the menu.
  await page.keyboard.press('Enter');
  await composer(widget).and(widget.locator(':focus')).waitFor();
});

test('the first letter goes into the field where a frame cannot focus by itself, as in WebKit', async ({
  site,
  person,
}) => {
  const { context, page } = await person();
  await context.addInitScript(() => {
    if (top === self) return;
    const { focus } = HTMLElement.prototype;
    HTMLElement.prototype.focus = () => {};
    const allow = () => {
      HTMLElement.prototype.focus = focus;
    };
    addEventListener('keydown', allow, { capture: true, once: true });
  });
  await page.goto(site.page());
  await startBilling(await openWidget(page));
  await page.reload();
  const widget = await openWidget(page);
  await composer(widget).waitFor();
  // The launcher has focused the frame while it was loading; Chromium waits for the frame's own focus.
  await page.locator('iframe[title="Chat"]').focus();
  await frameOf(page).waitForFunction(() => document.hasFocus());
  expect(await composer(widget).and(widget.locator(':focus')).count()).toBe(0);
  await page.keyboard.type('My hands are on the keys');
  expect(await composer(widget).inputValue()).toBe('My hands are on the keys');
});

test('placeholders have the contrast of other small print', async ({ site, person }) => {
  const { page } = await person();
  await page.goto(site.page());
  const widget = await openWidget(page);
  await startBilling(widget);
  const print = await widget
    .getByText('We’ll reply soon')
    .evaluate((text) => getComputedStyle(text).color);
  const colour = (field: Locator) =>
    field.evaluate((element) => getComputedStyle(element, '::placeholder').color);
  expect(await colour(composer(widget))).toBe(print);
  await say(widget, 'Hello');
  await waitForAck(widget);
  await widget.getByRole('button', { name: 'More options' }).click();
  await widget.getByRole('button', { name: 'Earlier conversations' }).click();
  const search = widget.getByRole('searchbox', { name: 'Search' });
  await search.waitFor();
  expect(await colour(search)).toBe(print);
});

test('home and chat in the accessibility tree', async ({ site, person }) => {
  const { page } = await person();
  await page.goto(site.page());
  const widget = await openWidget(page);
  await widget
    .getByText(/We’re away|Online now/)
    .first()
    .waitFor();
  const home = await widget.locator('body').ariaSnapshot();
  expect(home).toMatch(/heading "[^"]+" \[level=1\]/);
  expect(home).toMatch(/list:\n\s+- listitem:\n\s+- button "Sales /);
  expect(home).toMatch(/button "Billing [^"]*"/);
  await expectAccessible('home', frameOf(page));
  await startBilling(widget);
  await say(widget, 'Is this read out?');
  await waitForAck(widget);
  await widget.getByLabel('Attach a file').waitFor();
  const chat = await widget.locator('body').ariaSnapshot();
  expect(chat).toContain('log "Conversation"');
  expect(chat).toContain('Is this read out?');
  expect(chat).toMatch(/textbox "Message"/);
  expect(chat).toMatch(/button "Close chat"/);
  await expectAccessible('chat', frameOf(page));
});

test('everything is usable at 400 % zoom and in a high-contrast theme', async ({
  site,
  person,
}) => {
  // 1280 by 1024 at 400 % (WCAG 1.4.10).
  const { page } = await person({ viewport: { width: 320, height: 256 }, forcedColors: 'active' });
  await page.goto(site.page());
  const widget = await openWidget(page);
  const frame = frameOf(page);
  const isWide = () =>
    frame.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
  expect(await isWide()).toBe(false);
  await startBilling(widget);
  await say(widget, 'Small window');
  await bubble(widget, 'Small window').waitFor();
  await waitForAck(widget);
  expect(await isWide()).toBe(false);
  const bottom = async () => {
    const box = await composer(widget).boundingBox();
    return box ? box.y + box.height : Number.NaN;
  };
  await expect.poll(bottom).toBeLessThanOrEqual(256);
  // Bubbles and buttons have an edge when backgrounds are not painted.
  const edge = await frame
    .getByRole('log')
    .getByText('Small window', { exact: true })
    .evaluate((text) => {
      for (let part: Element | null = text; part; part = part.parentElement) {
        const { borderStyle, outlineStyle } = getComputedStyle(part);
        if (borderStyle !== 'none' || outlineStyle !== 'none') return true;
      }
      return false;
    });
  expect(edge).toBe(true);
});

test('both apps follow the preference for more contrast', async ({ foyer, site, person }) => {
  const visitor = await person({ contrast: 'more' });
  // The page checks whether somebody is signed in before it shows the form.
  visitor.problems.allow(/status of 401 .*\/api\/admin\/me/);
  const { page } = visitor;
  await page.goto(site.page());
  const widget = await openWidget(page);
  const note = widget.getByText('Invoices and payments');
  const colours = (part: Locator) =>
    part.evaluate((element) => [
      getComputedStyle(element).color,
      getComputedStyle(document.body).color,
    ]);
  const [small, text] = await colours(note);
  expect(small).toBe(text);
  await page.goto(`${foyer.origin}/admin`);
  const [hint, ink] = await colours(page.getByText('Answer your customers, together.'));
  expect(hint).toBe(ink);
});

test('A19, A20: every action has a visible control at each width; at 400 % zoom all can be used', async ({
  foyer,
  person,
}) => {
  const talk = await startTalk(foyer.origin, 'Support', {
    Name: 'Maximiliane Wolfeschlegelsteinhausen',
    'E-mail': 'maximiliane.wolfeschlegelsteinhausen@mail.example',
    'What happened?': 'It broke',
  });
  await talk.say('Can you read this?');
  const agent = await person();
  await signIn(agent, foyer.origin, 'owner@acme.example');
  const { page } = agent;
  await page.goto(`${foyer.origin}/admin/inbox/all/${talk.id}`);
  await message(page, 'Can you read this?').waitFor();
  const pane = page.getByRole('region', { name: 'Conversation', exact: true });
  const field = page.getByRole('textbox', { name: /^Reply to/ });
  const actions = [
    /^(Close|Close as resolved)$/,
    /^Close as spam$/,
    /^Snooze/,
    /^(Assign…?|Assignee: Unassigned)$/,
    /^Assign to me$/,
    /^Department/,
    /^Priority/,
    /^Labels/,
    /^Mark as unread$/,
    /^Customer details$/,
  ];
  for (const [width, height] of [
    [320, 256],
    [320, 568],
    [390, 844],
    [768, 1024],
    [1280, 800],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    const size = `${width}×${height}`;
    // The row is measured after the resize.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))),
    );
    const reached = await controlsIn(pane.locator('header').first());
    await pane.getByRole('button', { name: 'More', exact: true }).click();
    const opened = page.getByRole('menu').or(page.getByRole('dialog'));
    await opened.waitFor();
    reached.push(...(await controlsIn(opened)));
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'detached' });
    const names = reached.map(({ name }) => name);
    const missing = actions.filter((action) => !names.some((name) => action.test(name)));
    expect(missing, size).toEqual([]);
    const outside = reached.filter(({ left, right }) => left < 0 || right > width);
    expect(outside, size).toEqual([]);

    // Nothing scrolls sideways, and a message, the field and its button are on the screen together.
    expect(await page.evaluate(() => document.documentElement.scrollWidth), size).toBe(width);
    const header = await pane.locator('header').first().boundingBox();
    expect(header?.height, size).toBe(48);
    const text = await message(page, 'Can you read this?').boundingBox();
    const history = await page.getByLabel('Messages').boundingBox();
    if (!text || !history) throw new Error(`Something has no box at ${size}.`);
    expect(text.y, size).toBeGreaterThanOrEqual(history.y);
    expect(text.y + text.height, size).toBeLessThanOrEqual(history.y + history.height);
    await field.click();
    const send = await pane.getByRole('button', { name: 'Send', exact: true }).boundingBox();
    expect((send?.y ?? height) + (send?.height ?? 0), size).toBeLessThanOrEqual(height);
    await field.blur();
  }
});

/** The buttons and menu items in an element that can be used, with their edges once scrolled into view. */
function controlsIn(part: Locator): Promise<{ name: string; left: number; right: number }[]> {
  return part.evaluate((element) =>
    [...element.querySelectorAll('button, [role=menuitem]')]
      .filter((control) => control.checkVisibility({ visibilityProperty: true }))
      .map((control) => {
        control.scrollIntoView({ block: 'nearest' });
        const { left, right } = control.getBoundingClientRect();
        const name = control.getAttribute('aria-label') ?? control.textContent ?? '';
        return { name: name.trim(), left, right };
      }),
  );
}
