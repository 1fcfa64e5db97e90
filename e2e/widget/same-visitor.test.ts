import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { answer, message, row, signIn } from '../support/agent.ts';
import { launchPersistent } from '../support/browser.ts';
import type { Foyer } from '../support/foyer.ts';
import { test } from '../support/harness.ts';
import { meet, type Person } from '../support/person.ts';
import {
  bubble,
  openWidget,
  pickDepartment,
  say,
  startBilling,
  waitForAck,
  widgetOf,
} from '../support/visitor.ts';

test('two tabs of one visitor stay in step', async ({ foyer, site, person }) => {
  const { context, page } = await person();
  const address = site.page();
  await page.goto(address);
  const first = await openWidget(page);
  await startBilling(first);
  await say(first, 'From the first tab');
  await waitForAck(first);
  const other = await context.newPage();
  await other.goto(address);
  const second = await openWidget(other);
  await bubble(second, 'From the first tab').waitFor();
  await say(second, 'From the second tab');
  await bubble(first, 'From the second tab').waitFor();

  const agent = await person();
  await signIn(agent, foyer.origin, 'owner@acme.example');
  await row(agent.page, 'From the second tab').click();
  await message(agent.page, 'From the first tab').waitFor();
  await answer(agent.page, 'To both');
  for (const tab of [first, second]) {
    await bubble(tab, 'To both').waitFor();
    for (const text of ['From the first tab', 'From the second tab', 'To both']) {
      expect(await bubble(tab, text).count()).toBe(1);
    }
  }
  // A9: a draft shows in both tabs, and disappears in both when it is sent.
  const field = (tab: typeof first) => tab.getByRole('textbox', { name: 'Message' });
  await field(first).fill('Typed in the first');
  await expect.poll(() => field(second).inputValue()).toBe('Typed in the first');
  await field(second).press('Enter');
  await bubble(first, 'Typed in the first').waitFor();
  await expect.poll(() => field(first).inputValue()).toBe('');
  await field(first).fill('Not sent yet');
  await expect.poll(() => field(second).inputValue()).toBe('Not sent yet');
  await field(second).fill('');
  await expect.poll(() => field(first).inputValue()).toBe('');
  // Changing the department in one tab changes it in the other.
  await first.getByRole('button', { name: 'Back' }).click();
  await pickDepartment(first, 'Support');
  await first.getByLabel('Name').fill('Nora');
  await first.getByLabel('E-mail').fill('nora@field.example');
  await first.getByLabel('What happened?').fill('It stopped');
  await first.getByRole('button', { name: 'Start conversation' }).click();
  await second.getByText('This conversation has ended.').waitFor();
});

test('S14: a forgotten browser is a new visitor, in every tab', async ({ site, person }) => {
  const { context, page } = await person();
  const address = site.page();
  await page.goto(address);
  const first = await openWidget(page);
  await startBilling(first);
  await say(first, 'A secret');
  await waitForAck(first);
  const other = await context.newPage();
  await other.goto(address);
  const second = await openWidget(other);
  await bubble(second, 'A secret').waitFor();

  await first.getByRole('button', { name: 'More options' }).click();
  await first.getByRole('button', { name: 'Forget this browser' }).click();
  const dialog = first.getByRole('dialog', { name: 'Forget this browser' });
  await dialog.getByRole('button', { name: 'Forget this browser' }).click();
  for (const tab of [first, second]) {
    await tab.getByRole('button', { name: 'Billing' }).waitFor();
    expect(await bubble(tab, 'A secret').count()).toBe(0);
  }
  await page.reload();
  const again = await openWidget(page);
  await again.getByRole('button', { name: 'Billing' }).waitFor();

  // The same from the list of departments, for returning visitors.
  await startBilling(again);
  await say(again, 'Another secret');
  await waitForAck(again);
  await page.reload();
  const home = await openWidget(page);
  await bubble(home, 'Another secret').waitFor();
  await home.getByRole('button', { name: 'More options' }).click();
  await home.getByRole('button', { name: 'Switch team' }).click();
  await home.getByRole('button', { name: 'Forget this browser' }).click();
  const sure = home.getByRole('dialog', { name: 'Forget this browser' });
  await sure.getByRole('button', { name: 'Forget this browser' }).click();
  await home.getByRole('heading', { name: 'Talk to another team' }).waitFor({ state: 'detached' });
  await home.getByRole('button', { name: 'Billing' }).waitFor();
  expect(await bubble(home, 'Another secret').count()).toBe(0);
});

test('P5: a visitor who comes back after closing the browser is the same customer', async ({
  foyer,
  site,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-profile-'));
  const address = site.page();
  const customers = async () =>
    (await foyer.query('SELECT total_conversations FROM widget_customers')).length;
  const before = await customers();
  try {
    const yesterday = await meet(await launchPersistent(folder));
    await yesterday.page.goto(address);
    const widget = await openWidget(yesterday.page);
    await startBilling(widget);
    await say(widget, 'Until tomorrow');
    await waitForAck(widget);
    await yesterday.context.close();

    const today = await meet(await launchPersistent(folder));
    await today.page.goto(address);
    await openWidget(today.page);
    await bubble(widgetOf(today.page), 'Until tomorrow').waitFor();
    await say(widgetOf(today.page), 'Back again');
    await waitForAck(widgetOf(today.page));
    await today.context.close();
    expect(await customers()).toBe(before + 1);
    expect([...yesterday.problems.unexpected(), ...today.problems.unexpected()]).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('V20: tabs that a new visitor opens at the same moment are one visitor', () => {
  const counts = async (foyer: Foyer) => {
    const [row] = await foyer.query(`SELECT (SELECT count(*) FROM widget_customers) AS customers,
      (SELECT count(*) FROM conversations) AS conversations`);
    return { customers: Number(row?.customers), conversations: Number(row?.conversations) };
  };

  /** Four tabs that each start a conversation; returns the customers and conversations that were added. */
  async function openFour(foyer: Foyer, { context }: Person, address: string) {
    const before = await counts(foyer);
    const tabs = await Promise.all([1, 2, 3, 4].map(() => context.newPage()));
    for (const tab of tabs) {
      await tab.goto(address);
      await tab.getByRole('button', { name: 'Open chat' }).waitFor();
    }
    await Promise.all(tabs.map((tab) => openWidget(tab)));
    for (const tab of tabs) await startBilling(widgetOf(tab));
    const tokens = await Promise.all(
      tabs.map((tab) => tab.evaluate(() => localStorage.getItem('foyer:wk_demo'))),
    );
    expect(new Set(tokens).size).toBe(1);
    const after = await counts(foyer);
    return after.customers - before.customers;
  }

  test('taking turns by locks', async ({ foyer, site, person }) => {
    expect(await openFour(foyer, await person(), site.page())).toBe(1);
  });

  test('without locks, as on a page without HTTPS', async ({ foyer, site, person }) => {
    const visitor = await person();
    await visitor.context.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
    });
    expect(await openFour(foyer, visitor, site.page())).toBe(1);
  });

  test('a tab that hangs delays the others for only five seconds', async ({ site, person }) => {
    const { context, page } = await person();
    await page.goto(site.page());
    await page.evaluate(() => {
      void navigator.locks.request('foyer:wk_demo', () => new Promise(() => {}));
    });
    const other = await context.newPage();
    await other.goto(site.page());
    await (await openWidget(other)).getByText('Billing').waitFor();
  });
});
