import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { answer, message, row, signIn } from './agent.ts';
import { launchPersistent } from './browser.ts';
import { test } from './harness.ts';
import { meet } from './person.ts';
import {
  bubble,
  openWidget,
  pickDepartment,
  say,
  startBilling,
  waitForAck,
  widgetOf,
} from './visitor.ts';

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
  // A department changed in one tab is changed in the other.
  await first.getByRole('button', { name: 'Back' }).click();
  await pickDepartment(first, 'Support');
  await first.getByLabel('Name').fill('Nora');
  await first.getByLabel('E-mail').fill('nora@field.example');
  await first.getByLabel('What happened?').fill('It stopped');
  await first.getByRole('button', { name: 'Start conversation' }).click();
  await second.getByText('This conversation has ended.').waitFor();
});

test('P5: who comes back after closing the browser is the same customer', async ({
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
    expect([...yesterday.problems.found(), ...today.problems.found()]).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
