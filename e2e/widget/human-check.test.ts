import { expect, inject } from 'vitest';
import { signIn } from '../support/agent.ts';
import { expectAccessible } from '../support/axe.ts';
import { startBuilt } from '../support/built.ts';
import { test as base } from '../support/harness.ts';
import { startTurnstile, type Turnstile } from '../support/turnstile.ts';
import {
  bubble,
  composer,
  frameOf,
  openWidget,
  pickDepartment,
  say,
  startBilling,
  waitForAck,
} from '../support/visitor.ts';

/** The human check for a visitor, with a stand-in for Turnstile. */

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads a fixture's needs from it.
  .extend('turnstile', { scope: 'file' }, async ({}, { onCleanup }): Promise<Turnstile> => {
    const turnstile = await startTurnstile();
    onCleanup(turnstile.dispose);
    return turnstile;
  })
  .extend('foyer', { scope: 'file' }, async ({ turnstile }, { onCleanup }) => {
    const vars = { ...turnstile.vars, FOYER_QUOTAS: '{"address_messages_per_minute":3}' };
    const given = inject('foyer');
    if ('postgres' in given) throw new Error('This file is for D1.');
    const foyer = await startBuilt(given, vars);
    onCleanup(foyer.dispose);
    return foyer;
  });

test('S3: a visitor who must pass the check while writing loses nothing', async ({
  site,
  person,
  turnstile,
}) => {
  const { page, context, problems } = await person();
  const script = await turnstile.serve(context);
  await page.goto(site.page());
  const widget = await openWidget(page);
  await startBilling(widget);
  // The quota. The fourth passes, too, unless the machine is slow and the quota was told before it.
  for (const text of ['One', 'Two', 'Three']) {
    await say(widget, text);
    await waitForAck(widget);
  }
  expect(script.loads).toBe(0);
  const check = widget.getByRole('dialog');
  // The conversation learns within a second that its address wrote too much.
  let sent = 3;
  while (!(await check.isVisible())) {
    sent += 1;
    await say(widget, `Message ${sent}`);
    await page.waitForTimeout(300);
  }
  // A visitor who cancels can send it later.
  await check.getByRole('button', { name: 'Cancel' }).click();
  await check.waitFor({ state: 'detached' });
  await widget.getByText('Not sent. Please confirm you’re human.').waitFor();

  // A file needs the check, too; once it is passed, refused messages are sent by themselves.
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    widget.getByRole('button', { name: 'Attach a file' }).click(),
  ]);
  await chooser.setFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('letters') });
  await check.getByRole('button', { name: 'I am a person' }).click();
  await check.waitFor({ state: 'detached' });
  await widget.getByRole('log').getByText('a.txt').waitFor();
  await widget.getByText('Not sent.').waitFor({ state: 'detached' });
  await waitForAck(widget);
  expect(script.loads).toBe(1);
  for (let number = 4; number <= sent; number += 1) {
    expect(await bubble(widget, `Message ${number}`).count()).toBe(1);
  }
  expect(await widget.getByText('Not sent.').count()).toBe(0);
  problems.allow(/403/);
});

test('S10: where everybody must pass the check, it works by keyboard and after failures', async ({
  foyer,
  site,
  person,
  turnstile,
}) => {
  const owner = await person();
  await signIn(owner, foyer.origin, 'owner@acme.example');
  await owner.page.goto(`${foyer.origin}/admin/settings/widget`);
  await owner.page.getByLabel('Human check before a conversation').selectOption('Everyone');
  await owner.page.getByRole('button', { name: 'Save', exact: true }).click();
  await owner.page.getByText('Saved', { exact: true }).waitFor();
  const { page, context, problems } = await person();
  problems.allow(/403|ERR_FAILED|challenges\.cloudflare\.com/);
  const script = await turnstile.serve(context);
  await page.goto(site.page());
  const widget = await openWidget(page);
  await pickDepartment(widget, 'Sales');
  await widget.getByLabel('Name').fill('Ada');
  await widget.getByLabel('Work e-mail').fill('ada@example.com');
  await widget.getByLabel('Team size').selectOption('2 to 10');
  expect(script.loads).toBe(0);

  // Cloudflare cannot be reached, and the visitor cancels: the form is unchanged.
  script.reachable = false;
  const start = widget.getByRole('button', { name: 'Start conversation' });
  await start.click();
  const check = widget.getByRole('dialog', { name: 'Please confirm you’re human.' });
  await check.getByRole('button', { name: 'Try again' }).waitFor();
  expect(await check.getByRole('alert').textContent()).toBe('Couldn’t load this.');
  await page.keyboard.press('Escape');
  await check.waitFor({ state: 'detached' });
  await widget.getByText('Please confirm you’re human.').waitFor();
  expect(await widget.getByLabel('Name').inputValue()).toBe('Ada');
  expect(await widget.locator('main').count()).toBe(1);

  script.reachable = true;
  script.spoilNext();
  await start
    .or(widget.getByRole('button', { name: 'Try again' }))
    .first()
    .click();
  const solve = check.getByRole('button', { name: 'I am a person' });
  await solve.waitFor();
  await expectAccessible('the human check', frameOf(page));
  expect(
    await check.getByRole('heading').evaluate((heading) => heading === document.activeElement),
  ).toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  // The Worker accepts no solution from another website.
  await check.getByText('That didn’t work').waitFor();
  await check.getByRole('button', { name: 'Try again' }).press('Enter');
  await solve.press('Enter');
  await composer(widget).waitFor();
  await say(widget, 'Hello');
  await waitForAck(widget);
  expect(script.loads).toBe(1);

  // One check counts for an hour: the same browser starts another conversation.
  await page.reload();
  const again = await openWidget(page);
  await composer(again).waitFor();
  await again.getByRole('button', { name: 'Back' }).click();
  await pickDepartment(again, 'Billing');
  await composer(again).waitFor();
  await say(again, 'And this');
  await waitForAck(again);
  expect(script.loads).toBe(1);
});
