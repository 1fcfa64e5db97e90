import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { startTalk } from '../../drizzle/demo/people.ts';
import { row, signIn } from '../support/agent.ts';
import { test as base } from '../support/harness.ts';
import { fillInbox, numbered } from '../support/many.ts';

/** With ten thousand open conversations the browser draws only the visible rows. */

const MANY = 10_000;
const PAGE = 50;
/** The height of every row in pixels. */
const ROW = 60;
/** Visible rows (900 pixels), some around them on both sides, and the focused row. */
const IN_PAGE = 38;
const TALL = 4_000;
/** The browser needs time to scroll far. */
const SLOWLY = { timeout: 15_000 };

/** `filled`: Foyer with the ten thousand conversations, once for the file. */
const test = base.extend('filled', { scope: 'file' }, async ({ foyer }) => {
  await fillInbox(foyer, MANY);
  return foyer;
});

/** The rows in the page once they cover the visible part of the list. */
type View = {
  /** Each row's position in the list, from 1, with its conversation; in DOM order. */
  rows: [place: number, id: string | undefined, y: number][];
  /** The number of conversations; -1 while there are more to load. */
  of: number;
  /** The height of the whole list in pixels. */
  height: number;
};

const look = (page: Page): Promise<View> =>
  page.locator('ul:has([data-conversation])').evaluate(async (list) => {
    const view = list.parentElement ?? list;
    const frame = () => new Promise(requestAnimationFrame);
    const boxes = () => [...list.children].map((row) => row.getBoundingClientRect());
    const covered = () => {
      const [all, viewport] = [list.getBoundingClientRect(), view.getBoundingClientRect()];
      return (
        Math.min(...boxes().map(({ top }) => top)) <= Math.max(all.top, viewport.top) + 1 &&
        Math.max(...boxes().map(({ bottom }) => bottom)) >=
          Math.min(all.bottom, viewport.bottom) - 1
      );
    };
    do await frame();
    while (!covered());
    return {
      rows: [...list.querySelectorAll<HTMLElement>('[data-conversation]')].map((link) => [
        Number(link.closest('li')?.ariaPosInSet),
        link.dataset.conversation,
        link.getBoundingClientRect().top,
      ]),
      of: Number(list.querySelector('li')?.ariaSetSize),
      height: list.clientHeight,
    };
  });

/** The cursors with which pages of the list are requested from now on. */
function watchPages(page: Page): string[] {
  const cursors: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    const cursor = searchParams.get('cursor');
    if (pathname === '/api/admin/conversations' && cursor) cursors.push(cursor);
  });
  return cursors;
}

/** The conversation at a position: the newest is the first. */
const at = (place: number) => numbered(MANY + 1 - place);

test('ten thousand conversations: every row once, only visible rows in the DOM, each page fetched once', async ({
  filled,
  person,
}) => {
  const agent = await person({ viewport: { width: 1440, height: 900 } });
  const { page } = agent;
  await signIn(agent, filled.origin, 'owner@acme.example');
  await row(page, `Question ${MANY},`).waitFor();
  // The list is loaded again once its socket is open.
  await page.waitForLoadState('networkidle');
  const cursors = watchPages(page);
  const elements = () => page.evaluate(() => document.querySelectorAll('*').length);
  const atFirst = await elements();

  // From the first to the last with the wheel; a tall screen makes this faster.
  await page.setViewportSize({ width: 1440, height: TALL });
  await row(page, `Question ${MANY},`).hover();
  const met = new Map<number, string | undefined>();
  let view = await look(page);
  while (view.rows.at(-1)?.[0] !== MANY) {
    expect(view.rows.length).toBeLessThanOrEqual(IN_PAGE + (TALL - 900) / ROW);
    for (const [place, id] of view.rows) met.set(place, id);
    await page.mouse.wheel(0, 2_400);
    view = await look(page);
  }
  for (const [place, id] of view.rows) met.set(place, id);
  expect(view.of).toBe(MANY);
  expect([...met].filter(([place, id]) => id !== at(place))).toEqual([]);
  expect(met.size).toBe(MANY);
  expect(cursors.length).toBe(MANY / PAGE - 1);
  expect(new Set(cursors).size).toBe(cursors.length);

  // Loaded pages are not requested again, and keep their height.
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect
    .poll(async () => (await look(page)).rows.length, SLOWLY)
    .toBeLessThanOrEqual(IN_PAGE);
  expect(await elements()).toBeLessThan(atFirst + (IN_PAGE - 20) * 20);
  const fullHeight = view.height;
  await page.mouse.wheel(0, -200_000);
  await expect.poll(async () => (await look(page)).rows[0]?.[0], SLOWLY).toBeLessThan(MANY - 2_000);
  view = await look(page);
  expect(view.height).toBe(fullHeight);
  expect(cursors.length).toBe(MANY / PAGE - 1);

  // New rows at the top move nothing here, and no row is created again.
  await page.evaluate(() => {
    const list = document.querySelector('ul:has([data-conversation])');
    for (const row of list?.children ?? []) row.setAttribute('data-before', '');
  });
  const talk = await startTalk(filled.origin, 'Billing');
  await talk.say('Here I am.');
  await page.getByText(`New conversation from`).waitFor({ state: 'attached' });
  await expect.poll(async () => (await look(page)).of, SLOWLY).toBe(MANY + 1);
  const after = await look(page);
  expect(after.rows.map(([place, id]) => [place - 1, id])).toEqual(
    view.rows.map(([place, id]) => [place, id]),
  );
  const moved = after.rows.map(([, , y], index) => Math.abs(y - (view.rows[index]?.[2] ?? 0)));
  expect(Math.max(...moved)).toBeLessThanOrEqual(1);
  // Except one at an end.
  const newRows = page.locator('li:not([data-before]):has(> [data-conversation])');
  expect(await newRows.count()).toBeLessThanOrEqual(2);
}, 180_000);

test('a list keeps its height while keys move to rows that were not drawn before', async ({
  filled,
  person,
}) => {
  const agent = await person({ viewport: { width: 1440, height: 900 } });
  const { page } = agent;
  await signIn(agent, filled.origin, 'owner@acme.example');
  await row(page, `Question ${MANY},`).waitFor();
  const scroller = page.locator('div:has(> ul [data-conversation])');
  await scroller.focus();
  const cursors = watchPages(page);
  while (cursors.length < 40) {
    await page.keyboard.press('End');
    await look(page);
  }

  // Into the middle, where no row was measured before.
  await page.keyboard.press('Home');
  await expect.poll(async () => (await look(page)).rows[0]?.[0], SLOWLY).toBe(1);
  await row(page, `Question ${MANY},`).hover();
  await page.mouse.wheel(0, 80_000);
  await expect.poll(async () => (await look(page)).rows[0]?.[0], SLOWLY).toBeGreaterThan(800);
  const heights: number[] = [];
  for (let step = 0; step < 20; step++) {
    await page.mouse.wheel(0, 200);
    heights.push((await look(page)).height);
  }
  // All rows are equally high, those with labels too.
  const loaded = (cursors.length + 1) * PAGE;
  expect(new Set(heights)).toEqual(new Set([loaded * ROW]));

  // From row to row, each scrolled into view.
  const { rows: there } = await look(page);
  const id = there[10]?.[1] ?? '';
  await page.locator(`[data-conversation="${id}"]`).focus();
  for (let step = 0; step < 60; step++) await page.keyboard.press('j');
  await expect
    .poll(
      () => page.evaluate(() => document.activeElement?.getAttribute('data-conversation')),
      SLOWLY,
    )
    .toBe(numbered(Number.parseInt(id.slice(-12), 16) - 60));
  expect(await page.locator('[data-conversation]:focus').isVisible()).toBe(true);
}, 120_000);
