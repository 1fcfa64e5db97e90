import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { startTalk } from '../../drizzle/demo/people.ts';
import { row, signIn } from '../support/agent.ts';
import { test as base } from '../support/harness.ts';
import { fillInbox, numbered } from '../support/many.ts';

/** An inbox of ten thousand open conversations costs the browser what is in sight, and no more. */

const MANY = 10_000;
const PAGE = 50;
/** Rows in sight, some around them on both sides, and one with the focus: of 900 pixels and 84 each. */
const IN_PAGE = 30;
const TALL = 4_000;
/** The browser scrolls far in its own time. */
const SLOWLY = { timeout: 15_000 };
/** Pixels by which a row with labels is higher than the others. */
const LABELS = 25;

/** `filled`: Foyer with the ten thousand, once for the file. */
const test = base.extend('filled', { scope: 'file' }, async ({ foyer }) => {
  await fillInbox(foyer, MANY);
  return foyer;
});

/** What is in the page once rows cover all that is in sight. */
type View = {
  /** Each row's place in the list, from 1, with its conversation; in the order of the page. */
  rows: [place: number, id: string | undefined, y: number][];
  /** Of how many; -1 while there is more to load. */
  of: number;
  /** Pixels of the whole list. */
  height: number;
};

const look = (page: Page): Promise<View> =>
  page.locator('ul:has([data-conversation])').evaluate(async (list) => {
    const view = list.parentElement ?? list;
    const frame = () => new Promise(requestAnimationFrame);
    const boxes = () => [...list.children].map((one) => one.getBoundingClientRect());
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

/** The cursors that pages of the list on the screen were asked for with. */
function watchPages(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    const cursor = searchParams.get('cursor');
    if (pathname === '/api/admin/conversations' && cursor) asked.push(cursor);
  });
  return asked;
}

/** The conversation that stands at a place: the newest is the first. */
const at = (place: number) => numbered(MANY + 1 - place);

test('ten thousand conversations: every row once, those in sight in the page, and each page asked for once', async ({
  filled,
  person,
}) => {
  const agent = await person({ viewport: { width: 1440, height: 900 } });
  const { page } = agent;
  await signIn(agent, filled.origin, 'owner@acme.example');
  await row(page, `Question ${MANY},`).waitFor();
  // The list is asked for anew once its socket is open.
  await page.waitForLoadState('networkidle');
  const asked = watchPages(page);
  const elements = () => page.evaluate(() => document.querySelectorAll('*').length);
  const atFirst = await elements();

  // From the first to the last, by the wheel; on a tall screen it is sooner done.
  await page.setViewportSize({ width: 1440, height: TALL });
  await row(page, `Question ${MANY},`).hover();
  const met = new Map<number, string | undefined>();
  let view = await look(page);
  while (view.rows.at(-1)?.[0] !== MANY) {
    expect(view.rows.length).toBeLessThanOrEqual(IN_PAGE + (TALL - 900) / 84);
    for (const [place, id] of view.rows) met.set(place, id);
    await page.mouse.wheel(0, 2_400);
    view = await look(page);
  }
  for (const [place, id] of view.rows) met.set(place, id);
  expect(view.of).toBe(MANY);
  expect([...met].filter(([place, id]) => id !== at(place))).toEqual([]);
  expect(met.size).toBe(MANY);
  expect(asked.length).toBe(MANY / PAGE - 1);
  expect(new Set(asked).size).toBe(asked.length);

  // What is loaded is asked for no more, and has its height.
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect
    .poll(async () => (await look(page)).rows.length, SLOWLY)
    .toBeLessThanOrEqual(IN_PAGE);
  expect(await elements()).toBeLessThan(atFirst + (IN_PAGE - 20) * 20);
  const whole = view.height;
  await page.mouse.wheel(0, -200_000);
  await expect.poll(async () => (await look(page)).rows[0]?.[0], SLOWLY).toBeLessThan(MANY - 2_000);
  view = await look(page);
  expect(view.height).toBe(whole);
  expect(asked.length).toBe(MANY / PAGE - 1);

  // What comes in at the top moves nothing here, and makes none of its rows anew.
  await page.evaluate(() => {
    const list = document.querySelector('ul:has([data-conversation])');
    for (const one of list?.children ?? []) one.setAttribute('data-before', '');
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
  // But for one at an end.
  const made = page.locator('li:not([data-before]):has(> [data-conversation])');
  expect(await made.count()).toBeLessThanOrEqual(2);
}, 180_000);

test('a list that was gone through by keys keeps its height while unseen rows come into sight', async ({
  filled,
  person,
}) => {
  const agent = await person({ viewport: { width: 1440, height: 900 } });
  const { page } = agent;
  await signIn(agent, filled.origin, 'owner@acme.example');
  await row(page, `Question ${MANY},`).waitFor();
  const scroller = page.locator('div:has(> ul [data-conversation])');
  await scroller.focus();
  const asked = watchPages(page);
  while (asked.length < 40) {
    await page.keyboard.press('End');
    await look(page);
  }

  // Into the middle, where no row was measured yet.
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
  const rows = IN_PAGE + (20 * 200) / 84;
  expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(rows * LABELS);

  // From row to row, each into sight.
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
