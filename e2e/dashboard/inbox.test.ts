import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { startTalk, type Talk } from '../../drizzle/demo/people.ts';
import { answer, message, openQueue, row, signIn } from '../support/agent.ts';
import type { Foyer } from '../support/foyer.ts';
import { test } from '../support/harness.ts';
import type { Person } from '../support/person.ts';
import { bubble, openWidget, say, startBilling, widgetOf } from '../support/visitor.ts';

/** Two agents at one inbox: what one does, the other sees at once, without asking anew. */

const MAYA = 'owner@acme.example';
const TOM = 'agent@acme.example';

const asked = (label: string) => ({ Name: label, 'E-mail': 'a@b.example', 'What happened?': 'It' });
const menuitem = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name });

/** A link of the sidebar, with its count. */
const sidebar = (page: Page, section: string, name: string) =>
  page.getByRole('navigation', { name: section }).getByRole('link', { name });

/** Both at everything that is open, with three visitors who wait and a label. */
async function arrive(foyer: Foyer, maya: Person, tom: Person): Promise<Talk[]> {
  await signIn(maya, foyer.origin, MAYA);
  await signIn(tom, foyer.origin, TOM);
  await maya.page.evaluate(async () => {
    const body = JSON.stringify({ name: 'Refund', color: '#aa3300' });
    const headers = { 'content-type': 'application/json' };
    await fetch('/api/admin/labels', { method: 'POST', headers, body });
  });
  const talks: Talk[] = [];
  for (const name of ['Ada One', 'Ben Two', 'Cleo Three']) {
    const talk = await startTalk(foyer.origin, 'Support', asked(name));
    await talk.say(`It is ${name}`);
    talks.push(talk);
  }
  for (const { page } of [maya, tom]) await openQueue(page, 'All open');
  return talks;
}

test('labels and snoozes are live for both', async ({ foyer, person }) => {
  const [maya, tom] = [await person(), await person()];
  const [ada] = await arrive(foyer, maya, tom);
  const [hers, his] = [maya.page, tom.page];

  // A label that she puts on, he sees in his list and among the labels' counts.
  await row(hers, 'Ada One').click();
  await hers.getByRole('textbox', { name: /^Reply to/ }).waitFor();
  await hers.keyboard.press('l');
  await hers.getByRole('menuitemcheckbox', { name: 'Refund' }).click();
  await hers.keyboard.press('Escape');
  await row(his, 'Ada One').getByText('Refund').waitFor();
  await sidebar(his, 'Labels', 'Refund').click();
  await row(his, 'Ada One').waitFor();
  await expect.poll(() => his.locator('[data-conversation]').count()).toBe(1);

  // What she snoozes leaves his list, and comes back when the visitor writes.
  await hers.keyboard.press('s');
  await menuitem(hers, 'Until the next reply').click();
  await row(his, 'Ada One').waitFor({ state: 'detached' });
  await sidebar(his, 'Queues', 'Snoozed').getByText('1').waitFor();
  await ada?.say('Are you there?');
  await row(his, 'Are you there?').waitFor();
  await sidebar(his, 'Queues', 'Snoozed').getByText('1').waitFor({ state: 'detached' });

  // Until a time, which is far enough away for the slowest machine.
  await hers.getByRole('button', { name: 'Snooze' }).click();
  await menuitem(hers, /^Pick a date/).click();
  const soon = new Date(Date.now() + 3_600_000);
  const two = (value: number) => String(value).padStart(2, '0');
  await hers
    .getByLabel('Date and time')
    .fill(
      `${soon.getFullYear()}-${two(soon.getMonth() + 1)}-${two(soon.getDate())}T${two(soon.getHours())}:${two(soon.getMinutes())}`,
    );
  await hers.getByRole('dialog').getByRole('button', { name: 'Snooze' }).click();
  await hers
    .getByLabel('Messages')
    .getByText(/^Snoozed until/)
    .last()
    .waitFor();
  await row(his, 'Ada One').waitFor({ state: 'detached' });
  await hers.getByRole('button', { name: 'Wake' }).click();
  await row(his, 'Ada One').waitFor();
});

test('mentions, saved views and many at once are live for both', async ({ foyer, person }) => {
  const [maya, tom] = [await person(), await person()];
  const [hers, his] = [maya.page, tom.page];
  await signIn(maya, foyer.origin, MAYA);
  await signIn(tom, foyer.origin, TOM);
  for (const page of [hers, his]) await openQueue(page, 'All open');

  // A note that names him counts, until he has seen it.
  await row(hers, 'Ben Two').click();
  await hers.getByRole('textbox', { name: 'Reply to Ben Two' }).waitFor();
  await hers.keyboard.press('n');
  const note = hers.getByRole('textbox', { name: /^Private note/ });
  await note.pressSequentially('Can you help, @to');
  await hers.getByRole('option', { name: 'Tom Okafor' }).waitFor();
  await note.press('Enter');
  expect(await note.inputValue()).toBe('Can you help, @Tom Okafor ');
  await note.press('Enter');
  await hers.locator('mark', { hasText: '@Tom Okafor' }).waitFor();
  await sidebar(his, 'Queues', 'Mentions').getByText('1').waitFor();
  await openQueue(his, 'Mentions');
  await row(his, 'Named you').click();
  await his.locator('mark', { hasText: '@Tom Okafor' }).waitFor();
  await sidebar(his, 'Queues', 'Mentions').getByText('1').waitFor({ state: 'detached' });

  // A view that she shares is in his sidebar.
  await sidebar(hers, 'Labels', 'Refund').click();
  await hers.getByRole('button', { name: 'Save as a view' }).click();
  await menuitem(hers, 'Save as a view…').click();
  await hers.getByRole('dialog').getByLabel('Name').fill('Refunds to make');
  await hers.getByRole('dialog').getByLabel('Share with the team').check();
  await hers.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await sidebar(hers, 'Views', 'Refunds to make').waitFor();
  await sidebar(his, 'Views', 'Refunds to make').click();
  await row(his, 'Ada One').waitFor();
  await expect
    .poll(() => his.getByRole('heading', { level: 1 }).textContent())
    .toBe('Refunds to make');

  // Many at once, by keys: those that he closes leave her list.
  await openQueue(hers, 'All open');
  await openQueue(his, 'All open');
  const rows = his.locator('[data-conversation]');
  // A10: with no conversation open, the keys act on the row that has the focus, and after a tick.
  expect(new URL(his.url()).pathname).toBe('/admin/inbox/all');
  await rows.first().focus();
  await his.keyboard.press('a');
  await his.getByRole('menu', { name: 'Assign the selected' }).waitFor();
  await his.keyboard.press('Escape');
  // One Escape closes one thing: the next one would still be the menu's.
  await his.getByRole('menu', { name: 'Assign the selected' }).waitFor({ state: 'hidden' });
  await his.getByText('1 selected').waitFor();
  await his.keyboard.press('Escape');
  await his.getByText('1 selected').waitFor({ state: 'detached' });
  await his.getByRole('checkbox').first().check();
  await his.keyboard.press('l');
  await his.getByRole('menu', { name: 'Label the selected' }).waitFor();
  await his.keyboard.press('Escape');
  await his.getByRole('checkbox').first().uncheck();
  await rows.last().focus();
  await his.keyboard.press('x');
  await rows.first().click({ modifiers: ['Shift'] });
  await his.getByText('3 selected').waitFor();
  await his.getByRole('button', { name: 'Close', exact: true }).first().click();
  await his.getByText('3 conversations closed.').waitFor();
  await hers.getByText('No open conversations').waitFor();

  // A23: a view whose label is removed says so, and what can be done about it.
  await sidebar(hers, 'Views', 'Refunds to make').click();
  await hers.evaluate(async () => {
    const { items } = await (await fetch('/api/admin/labels')).json();
    for (const { id } of items) await fetch(`/api/admin/labels/${id}`, { method: 'DELETE' });
  });
  const removed = hers.getByRole('status').filter({ hasText: 'its label was removed' });
  await removed.waitFor();
  await removed.getByRole('button', { name: 'Show without the label' }).click();
  await removed.waitFor({ state: 'detached' });
  await sidebar(hers, 'Views', 'Refunds to make').click();
  await removed.getByRole('button', { name: 'Delete this view' }).click();
  await sidebar(hers, 'Views', 'Refunds to make').waitFor({ state: 'detached' });
  await sidebar(his, 'Views', 'Refunds to make').waitFor({ state: 'detached' });
});

test('two see each other at one conversation, and the visitor what became of a message', async ({
  foyer,
  site,
  person,
}) => {
  const [maya, tom, visitor] = [await person(), await person(), await person()];
  await visitor.page.goto(site.page());
  const widget = await openWidget(visitor.page);
  await startBilling(widget);
  await say(widget, 'Where is my invoice?');
  await signIn(maya, foyer.origin, MAYA);
  await signIn(tom, foyer.origin, TOM);
  const [hers, his] = [maya.page, tom.page];
  for (const page of [hers, his]) {
    await openQueue(page, 'All open');
    await row(page, 'Where is my invoice?').click();
    await message(page, 'Where is my invoice?').waitFor();
  }
  await hers.getByText('Tom Okafor is looking at this').waitFor({ state: 'attached' });

  // While he types, she is told before she sends.
  const [field, other] = [hers, his].map((page) =>
    page.getByRole('textbox', { name: /^Reply to/ }),
  );
  await field?.fill('I will look');
  await other?.pressSequentially('It is here');
  await hers.getByText('Tom Okafor is typing a reply, too.').waitFor();
  await field?.press('Enter');
  expect(await field?.inputValue()).toBe('I will look');
  await hers.getByRole('button', { name: 'Send anyway' }).click();
  await message(his, 'I will look').waitFor();
  // Now it is he who would answer what is answered.
  await his.getByText('Maya Lindqvist has answered meanwhile.').waitFor();
  await other?.press('Enter');
  await his.keyboard.press('Enter');
  await message(hers, 'It is here').waitFor();

  await answer(hers, 'It costs 20');
  await bubble(widget, 'It costs 20').waitFor();
  await hers.getByRole('textbox', { name: /^Reply to/ }).press('Escape');
  await hers.keyboard.press('e');
  const edit = hers.getByRole('textbox', { name: 'Edit the message' });
  await edit.fill('It costs 25');
  await edit.press('Enter');
  await bubble(widgetOf(visitor.page), 'It costs 25').waitFor();
  await widget.getByText('· Edited').waitFor();
  await message(his, 'It costs 25').waitFor();
  const mine = hers.locator('article', { hasText: 'It costs 25' });
  await mine.hover();
  await mine.getByRole('button', { name: 'Delete' }).click();
  await widget.getByText('This message was deleted').waitFor();
  await his.getByText('This message was deleted').waitFor();
  await hers.getByText('You deleted this message').waitFor();
  expect(await bubble(widget, 'It costs 25').count()).toBe(0);

  // What she marks as unread to come back to is so on her other device, and for nobody else.
  await hers.getByRole('button', { name: 'More', exact: true }).click();
  await menuitem(hers, 'Mark as unread').click();
  const phone = await person();
  await signIn(phone, foyer.origin, MAYA);
  await openQueue(phone.page, 'All open');
  const unread = (page: Page) => page.locator('[data-conversation]').first().getByText('Unread');
  await unread(phone.page).waitFor({ state: 'attached' });
  expect(await unread(his).count()).toBe(0);
});
