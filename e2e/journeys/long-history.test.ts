import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { signInByApi } from '../../drizzle/demo/people.ts';
import { answer, message, row, signIn } from '../support/agent.ts';
import { test as base } from '../support/harness.ts';
import { meet } from '../support/person.ts';
import { bubble, openWidget, say, startBilling, widgetOf } from '../support/visitor.ts';

/** Reading a conversation of two thousand messages back to the first without losing one's place. */

const MANY = 2_000;
/** Every tenth message is a note, which visitors do not get. */
const isNote = (number: number) => number % 10 === 0;
/** The number of messages sent at the same moment, in any order. */
const AT_ONCE = 10;
/** The number of messages in one answer of the API. */
const PAGE = 100;
/** The browser needs time for so many rows. */
const SLOWLY = { timeout: 30_000 };

/** Texts of different heights. */
function text(number: number): string {
  if (number % 7 === 0) return `Message ${number}\n*in two* lines`;
  if (number % 11 === 0) return `Message ${number}, ${'which goes on for some lines, '.repeat(6)}`;
  return `Message ${number}`;
}

/** `talk`: a conversation that a visitor started in the widget, with many messages of two agents. */
const test = base.extend(
  'talk',
  { scope: 'file' },
  async ({ foyer, site, browser }, { onCleanup }) => {
    const visitor = await meet(await browser.newContext());
    onCleanup(() => visitor.context.close());
    await visitor.page.goto(site.page());
    const widget = await openWidget(visitor.page);
    await startBilling(widget);
    await say(widget, 'Where shall I begin?');
    await bubble(widget, 'Where shall I begin?').waitFor();
    const agent = await meet(await browser.newContext());
    await signIn(agent, foyer.origin, 'owner@acme.example');
    const id = await row(agent.page, 'Where shall I begin?').getAttribute('data-conversation');
    await agent.context.close();
    const agents = [
      await signInByApi(foyer.origin, 'owner@acme.example'),
      await signInByApi(foyer.origin, 'agent@acme.example'),
    ];
    for (let from = 1; from <= MANY; from += AT_ONCE) {
      const numbers = Array.from(
        { length: Math.min(AT_ONCE, MANY + 1 - from) },
        (_, i) => from + i,
      );
      const client = agents[(from / AT_ONCE) % 2 < 1 ? 0 : 1];
      await Promise.all(
        numbers.map((number) =>
          client?.[isNote(number) ? 'note' : 'reply'](id ?? '', text(number)),
        ),
      );
    }
    return { visitor, id: id ?? '' };
  },
);

/** The `before` parameters with which a history is requested from now on. */
function watchPages(page: Page): string[] {
  const pages: string[] = [];
  page.on('request', (request) => {
    const { pathname, searchParams } = new URL(request.url());
    const before = searchParams.get('before');
    if (pathname.endsWith('/messages') && before) pages.push(before);
  });
  return pages;
}

/**
 * Scrolls so near to the start that earlier messages are loaded, keeps scrolling while they load, and
 * waits until they are there.
 *
 * @returns by how many pixels the visible rows have moved
 */
function back(log: Locator, rows: string): Promise<number> {
  return log.evaluate(async (element, selector) => {
    const frame = () => new Promise(requestAnimationFrame);
    const all = () => [...element.querySelectorAll(selector)];
    const [first] = all();
    element.scrollTop = 180;
    await frame();
    // Readers go on scrolling while messages load.
    element.scrollTop = 120;
    const eye = all()[4];
    const put = eye?.getBoundingClientRect().top ?? 0;
    const until = performance.now() + 20_000;
    while (all()[0] === first && performance.now() < until) await frame();
    await frame();
    await frame();
    return (eye?.getBoundingClientRect().top ?? Number.NaN) - put;
  }, rows);
}

/** Whether the last row is visible, with nothing below it. */
const isAtEnd = (log: Locator) =>
  log.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight <= 1);

test('two thousand messages in the dashboard can be read back to the first', async ({
  foyer,
  talk,
  person,
}) => {
  const agent = await person({ viewport: { width: 1440, height: 900 } });
  const { page } = agent;
  await signIn(agent, foyer.origin, 'owner@acme.example');
  const pages = watchPages(page);
  await page.goto(`${foyer.origin}/admin/inbox/all/${talk.id}`);
  await message(page, text(MANY - 1)).waitFor();
  const log = page.getByLabel('Messages');
  const rows = page.getByLabel('Messages').locator('[data-seq]');
  await expect.poll(() => isAtEnd(log)).toBe(true);
  // At first one page is loaded, and not all of it is drawn.
  expect(pages.length).toBeLessThanOrEqual(1);
  expect(await rows.count()).toBeLessThanOrEqual(PAGE);

  const moved: number[] = [];
  while (!(await message(page, 'Where shall I begin?').isVisible())) {
    moved.push(await back(log, '[data-seq]'));
  }
  expect(moved.filter((by) => !(Math.abs(by) <= 1))).toEqual([]);
  expect(new Set(pages).size).toBe(pages.length);
  expect(pages.length).toBeLessThanOrEqual(MANY / PAGE + 1);
  const seqs = await rows.evaluateAll((all) => all.map((row) => Number(row.dataset.seq)));
  expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  expect(new Set(seqs).size).toBe(seqs.length);
  expect(seqs.length).toBe(MANY + 1);

  await page.getByRole('button', { name: 'Newest' }).click();
  await expect.poll(() => isAtEnd(log), SLOWLY).toBe(true);
  await answer(page, 'That was the last of it.');
  await message(page, 'That was the last of it.').waitFor();
  await expect.poll(() => isAtEnd(log)).toBe(true);
}, 180_000);

test('the same in the widget, which follows new messages', async ({ foyer, talk }) => {
  const { page } = talk.visitor;
  const pages = watchPages(page);
  await page.reload();
  const widget = await openWidget(page);
  await bubble(widget, text(MANY - 1)).waitFor();
  const log = widgetOf(page).getByRole('log');
  await expect.poll(() => isAtEnd(log)).toBe(true);
  expect(pages.length).toBeLessThanOrEqual(1);

  const moved: number[] = [];
  while (!(await bubble(widget, 'Where shall I begin?').isVisible())) {
    moved.push(await back(log, 'li'));
  }
  expect(moved.filter((by) => !(Math.abs(by) <= 1))).toEqual([]);
  expect(new Set(pages).size).toBe(pages.length);
  expect(pages.length).toBeLessThanOrEqual(MANY / PAGE + 1);
  expect(await log.getByText('Message 10', { exact: true }).count()).toBe(0);
  expect(await log.getByText(/^Message \d+/).count()).toBe(MANY - MANY / 10);

  // A new message moves nothing, and one click leads to it.
  const client = await signInByApi(foyer.origin, 'agent@acme.example');
  await client.reply(talk.id, 'And one more.');
  await widget.getByRole('button', { name: 'New messages' }).click();
  await bubble(widget, 'And one more.').waitFor();
  await expect.poll(() => isAtEnd(log), SLOWLY).toBe(true);
  // A reader at the end stays there.
  for (let number = 1; number <= 10; number++) await client.reply(talk.id, `Then ${number}`);
  await bubble(widget, 'Then 10').waitFor();
  await expect.poll(() => isAtEnd(log)).toBe(true);
}, 180_000);

/** Whether a row is completely visible in the history. */
const isInView = (row: Locator) =>
  row.evaluate((element) => {
    const view = element.closest('section')?.getBoundingClientRect();
    const { top, bottom } = element.getBoundingClientRect();
    return view !== undefined && top >= view.top && bottom <= view.bottom;
  });

test('A29: a link to a message opens at that message, on a slow machine and connection', async ({
  foyer,
  talk,
  person,
}) => {
  const agent = await person({ viewport: { width: 1440, height: 900 } });
  const { page } = agent;
  await signIn(agent, foyer.origin, 'owner@acme.example');
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  await page.route(/messages\?.*before=/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await route.continue();
  });
  const log = page.getByLabel('Messages');
  const rowOf = (seq: number) => log.locator(`[data-seq="${seq}"]`);

  // Far back in the history.
  await page.goto(`${foyer.origin}/admin/inbox/all/${talk.id}?at=1502`);
  await rowOf(1502).waitFor({ state: 'attached' });
  await expect.poll(() => isInView(rowOf(1502)), SLOWLY).toBe(true);
  await expect.poll(() => page.url()).not.toContain('at=');
  // Rows above that grow, and new messages below, do not move it out of view.
  await page.setViewportSize({ width: 1000, height: 700 });
  const client = await signInByApi(foyer.origin, 'agent@acme.example');
  await client.reply(talk.id, 'Said meanwhile.');
  await message(page, 'Said meanwhile.').waitFor({ state: 'attached' });
  await page.getByRole('button', { name: '1 new message' }).waitFor();
  expect(await isInView(rowOf(1502))).toBe(true);

  // The reader scrolls on from there, and stays where they scrolled.
  await log.hover();
  await page.mouse.wheel(0, 2_000);
  await expect.poll(() => isInView(rowOf(1502)), SLOWLY).toBe(false);
  const read = await log.evaluate((element) => {
    const { top } = element.getBoundingClientRect();
    const all = [...element.querySelectorAll<HTMLElement>('[data-seq]')];
    return all.find((row) => row.getBoundingClientRect().top > top + 100)?.dataset.seq;
  });
  await client.reply(talk.id, 'Said later.');
  await message(page, 'Said later.').waitFor({ state: 'attached' });
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(() => isInView(rowOf(Number(read)))).toBe(true);
}, 180_000);
