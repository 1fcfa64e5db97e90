import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { startTalk, type Talk } from '../../drizzle/demo/people.ts';
import { answer, message, openQueue, row, signIn } from '../support/agent.ts';
import type { Foyer } from '../support/foyer.ts';
import { test } from '../support/harness.ts';
import type { Person } from '../support/person.ts';
import { bubble, openWidget, say, startBilling, widgetOf } from '../support/visitor.ts';

/** Two agents in one inbox: each sees the other's changes at once, without a reload. */

const MAYA = 'owner@acme.example';
const TOM = 'agent@acme.example';

const answers = (label: string) => ({
  Name: label,
  'E-mail': 'a@b.example',
  'What happened?': 'It',
});
const option = (page: Page, name: string) => page.getByRole('option', { name });
const menuitem = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name });

/** The bar of the selection, with so many rows. */
const selected = (page: Page, number: number) =>
  page.getByRole('region', { name: 'Selected conversations' }).getByText(`${number} selected`);

/** A link of the sidebar, with its count. */
const sidebar = (page: Page, section: string, name: string) =>
  page.getByRole('navigation', { name: section }).getByRole('link', { name });

/** Both agents at All open, with three waiting visitors and a label. */
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
    const talk = await startTalk(foyer.origin, 'Support', answers(name));
    await talk.say(`It is ${name}`);
    talks.push(talk);
  }
  for (const { page } of [maya, tom]) await openQueue(page, 'All open');
  return talks;
}

test('labels and snoozes show at once for both agents', async ({ foyer, person }) => {
  const [maya, tom] = [await person(), await person()];
  const [ada] = await arrive(foyer, maya, tom);
  const [mayaPage, tomPage] = [maya.page, tom.page];

  // Maya adds a label: Tom sees it in his list and in the label's count.
  await row(mayaPage, 'Ada One').click();
  await mayaPage.getByRole('textbox', { name: /^Reply to/ }).waitFor();
  await mayaPage.keyboard.press('l');
  await option(mayaPage, 'Refund').click();
  await mayaPage.keyboard.press('Escape');
  await row(tomPage, 'Ada One').getByText('Refund').waitFor();
  await sidebar(tomPage, 'Labels', 'Refund').click();
  await row(tomPage, 'Ada One').waitFor();
  await expect.poll(() => tomPage.locator('[data-conversation]').count()).toBe(1);

  // Maya snoozes a conversation: it leaves Tom's list, and comes back when the visitor writes.
  await mayaPage.keyboard.press('s');
  await option(mayaPage, 'Until they reply').click();
  await row(tomPage, 'Ada One').waitFor({ state: 'detached' });
  await sidebar(tomPage, 'Queues', 'Snoozed').getByText('1').waitFor();
  await ada?.say('Are you there?');
  await row(tomPage, 'Are you there?').waitFor();
  await sidebar(tomPage, 'Queues', 'Snoozed').getByText('1').waitFor({ state: 'detached' });

  // Until a time that is far enough away for a slow machine.
  await row(mayaPage, 'Ada One').click();
  await mayaPage.getByRole('textbox', { name: 'Reply to Ada One' }).waitFor();
  await mayaPage.getByRole('button', { name: 'Snooze' }).click();
  await menuitem(mayaPage, /^Pick a date/).click();
  const soon = new Date(Date.now() + 3_600_000);
  const two = (value: number) => String(value).padStart(2, '0');
  await mayaPage
    .getByLabel('Date and time')
    .fill(
      `${soon.getFullYear()}-${two(soon.getMonth() + 1)}-${two(soon.getDate())}T${two(soon.getHours())}:${two(soon.getMinutes())}`,
    );
  await mayaPage.getByRole('dialog').getByRole('button', { name: 'Snooze' }).click();
  await row(tomPage, 'Ada One').waitFor({ state: 'detached' });
  // The next conversation is open. Undo brings back the snoozed one, for Tom, too.
  await mayaPage.getByRole('textbox', { name: 'Reply to Ada One' }).waitFor({ state: 'detached' });
  await mayaPage.getByRole('button', { name: 'Undo' }).last().click();
  await mayaPage.getByRole('textbox', { name: 'Reply to Ada One' }).waitFor();
  await mayaPage
    .getByLabel('Messages')
    .getByText(/^Snoozed until/)
    .last()
    .waitFor();
  await row(tomPage, 'Ada One').waitFor();
});

test('mentions, saved views and bulk actions show at once for both agents', async ({
  foyer,
  person,
}) => {
  const [maya, tom] = [await person(), await person()];
  const [mayaPage, tomPage] = [maya.page, tom.page];
  await signIn(maya, foyer.origin, MAYA);
  await signIn(tom, foyer.origin, TOM);
  for (const page of [mayaPage, tomPage]) await openQueue(page, 'All open');

  // A note that mentions Tom counts until he has seen it.
  await row(mayaPage, 'Ben Two').click();
  await mayaPage.getByRole('textbox', { name: 'Reply to Ben Two' }).waitFor();
  await mayaPage.keyboard.press('n');
  const note = mayaPage.getByRole('textbox', { name: /^Private note/ });
  await note.pressSequentially('Can you help, @to');
  await mayaPage.getByRole('option', { name: 'Tom Okafor' }).waitFor();
  await note.press('Enter');
  expect(await note.inputValue()).toBe('Can you help, @Tom Okafor ');
  await note.press('Enter');
  await mayaPage.locator('mark', { hasText: '@Tom Okafor' }).waitFor();
  await sidebar(tomPage, 'Queues', 'Mentions').getByText('1').waitFor();
  await openQueue(tomPage, 'Mentions');
  await row(tomPage, 'Mentioned you').click();
  await tomPage.locator('mark', { hasText: '@Tom Okafor' }).waitFor();
  await sidebar(tomPage, 'Queues', 'Mentions').getByText('1').waitFor({ state: 'detached' });

  // A view that Maya shares is in Tom's sidebar.
  await sidebar(mayaPage, 'Labels', 'Refund').click();
  await mayaPage.getByRole('button', { name: 'Save as a view' }).click();
  await menuitem(mayaPage, 'Save as a view…').click();
  await mayaPage.getByRole('dialog').getByLabel('Name').fill('Refunds to make');
  await mayaPage.getByRole('dialog').getByLabel('Share with the team').check();
  await mayaPage.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await sidebar(mayaPage, 'Views', 'Refunds to make').waitFor();
  await sidebar(tomPage, 'Views', 'Refunds to make').click();
  await row(tomPage, 'Ada One').waitFor();
  await expect
    .poll(() => tomPage.getByRole('heading', { level: 1 }).textContent())
    .toBe('Refunds to make');

  // Bulk actions by keys: conversations that Tom closes leave Maya's list.
  await openQueue(mayaPage, 'All open');
  await openQueue(tomPage, 'All open');
  const rows = tomPage.locator('[data-conversation]');
  // A10: without an open conversation, the keys act on the focused row, or on ticked rows.
  expect(new URL(tomPage.url()).pathname).toBe('/admin/inbox/all');
  await rows.first().focus();
  await tomPage.keyboard.press('a');
  await tomPage.getByRole('dialog', { name: 'Assign' }).waitFor();
  await tomPage.keyboard.press('Escape');
  await tomPage.getByRole('dialog', { name: 'Assign' }).waitFor({ state: 'detached' });
  for (const index of [0, 1]) await tomPage.getByRole('checkbox').nth(index).check();
  await tomPage.keyboard.press('l');
  await tomPage.getByRole('dialog', { name: 'Label' }).getByText('2 conversations').waitFor();
  await tomPage.keyboard.press('Escape');
  await tomPage.getByRole('dialog', { name: 'Label' }).waitFor({ state: 'detached' });
  await tomPage.keyboard.press('Escape');
  await selected(tomPage, 2).waitFor({ state: 'detached' });
  await rows.last().focus();
  await tomPage.keyboard.press('x');
  await rows.first().click({ modifiers: ['Shift'] });
  await selected(tomPage, 3).waitFor();
  await tomPage
    .getByRole('region', { name: 'Selected conversations' })
    .getByRole('button', { name: 'Close' })
    .click();
  await tomPage.getByText('3 conversations closed.').waitFor();
  await mayaPage.getByText('No open conversations').waitFor();

  // A23: a view whose label was removed says so, and what to do.
  await sidebar(mayaPage, 'Views', 'Refunds to make').click();
  await mayaPage.evaluate(async () => {
    const { items } = await (await fetch('/api/admin/labels')).json();
    for (const { id } of items) await fetch(`/api/admin/labels/${id}`, { method: 'DELETE' });
  });
  const removed = mayaPage.getByRole('status').filter({ hasText: 'its label was removed' });
  await removed.waitFor();
  await removed.getByRole('button', { name: 'Show without the label' }).click();
  await removed.waitFor({ state: 'detached' });
  await sidebar(mayaPage, 'Views', 'Refunds to make').click();
  await removed.getByRole('button', { name: 'Delete this view' }).click();
  await sidebar(mayaPage, 'Views', 'Refunds to make').waitFor({ state: 'detached' });
  await sidebar(tomPage, 'Views', 'Refunds to make').waitFor({ state: 'detached' });
});

test('two agents see each other in a conversation, and the visitor sees edits and deletions', async ({
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
  const [mayaPage, tomPage] = [maya.page, tom.page];
  for (const page of [mayaPage, tomPage]) {
    await openQueue(page, 'All open');
    await row(page, 'Where is my invoice?').click();
    await message(page, 'Where is my invoice?').waitFor();
  }
  await mayaPage.getByText('Tom Okafor is viewing this').waitFor({ state: 'attached' });

  // While Tom types, Maya is told before she sends.
  const [field, other] = [mayaPage, tomPage].map((page) =>
    page.getByRole('textbox', { name: /^Reply to/ }),
  );
  await field?.fill('I will look');
  await other?.pressSequentially('It is here');
  await mayaPage.getByText('Tom Okafor is also typing a reply.').waitFor();
  await field?.press('Enter');
  expect(await field?.inputValue()).toBe('I will look');
  await mayaPage.getByRole('button', { name: 'Send anyway' }).click();
  await message(tomPage, 'I will look').waitFor();
  // Now Tom would answer a question that is already answered.
  await tomPage.getByText('Maya Lindqvist has already replied.').waitFor();
  await other?.press('Enter');
  await tomPage.keyboard.press('Enter');
  await message(mayaPage, 'It is here').waitFor();

  await answer(mayaPage, 'It costs 20');
  await bubble(widget, 'It costs 20').waitFor();
  await mayaPage.getByRole('textbox', { name: /^Reply to/ }).press('Escape');
  await mayaPage.keyboard.press('e');
  const edit = mayaPage.getByRole('textbox', { name: 'Edit the message' });
  await edit.fill('It costs 25');
  await edit.press('Enter');
  await bubble(widgetOf(visitor.page), 'It costs 25').waitFor();
  await widget.getByText('· Edited').waitFor();
  await message(tomPage, 'It costs 25').waitFor();
  const ownMessage = mayaPage.locator('article', { hasText: 'It costs 25' });
  await ownMessage.hover();
  await ownMessage.getByRole('button', { name: 'Delete' }).click();
  await widget.getByText('This message was deleted').waitFor();
  await tomPage.getByText('This message was deleted').waitFor();
  await mayaPage.getByText('You deleted this message').waitFor();
  expect(await bubble(widget, 'It costs 25').count()).toBe(0);

  // A conversation that Maya marks as unread is unread on her other device, and for nobody else.
  await mayaPage.getByRole('button', { name: 'More', exact: true }).click();
  await menuitem(mayaPage, 'Mark as unread').click();
  const phone = await person();
  await signIn(phone, foyer.origin, MAYA);
  await openQueue(phone.page, 'All open');
  const unread = (page: Page) => page.locator('[data-conversation]').first().getByText('Unread');
  await unread(phone.page).waitFor({ state: 'attached' });
  expect(await unread(tomPage).count()).toBe(0);
});

test('an agent’s tasks take few keys: fifty conversations at most a hundred', async ({
  foyer,
  person,
}) => {
  const maya = await person();
  const { page } = maya;
  await signIn(maya, foyer.origin, MAYA);
  await page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const post = (path: string, body: object) =>
      fetch(`/api/admin/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    await post('labels', { name: 'Vintage', color: '#aa3300' });
    await post('canned-responses', { shortcut: 'ref', body: 'We refund it.' });
  });
  // Nothing else is unassigned. The newest is at the top of the list.
  await page.evaluate(async () => {
    const list = await fetch('/api/admin/conversations?status=open&assignee=none&limit=100');
    const { items } = await list.json();
    const headers = { 'content-type': 'application/json' };
    const ids = items.map(({ id }: { id: string }) => id);
    const body = JSON.stringify({ ids, change: { status: 'closed', closedReason: 'resolved' } });
    if (ids.length > 0)
      await fetch('/api/admin/conversations/bulk', { method: 'POST', headers, body });
  });
  const ids = new Map<string, string>();
  const names = Array.from({ length: 15 }, (_, index) => `Person ${index + 11}`).reverse();
  for (const name of [...names].reverse()) {
    const talk = await startTalk(foyer.origin, 'Support', answers(name));
    await talk.say(`I am ${name}`);
    ids.set(name, talk.id);
  }
  await openQueue(page, 'Unassigned');
  await expect.poll(() => page.locator('[data-conversation]').count()).toBe(names.length);

  let pressed = 0;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    pressed += keys.length;
  };
  /** The keys that a task takes, without its text. */
  const count = async (task: () => Promise<void>) => {
    pressed = 0;
    await task();
    return pressed;
  };
  const arriveAt = (name: string | undefined) =>
    page.getByRole('textbox', { name: `Reply to ${name}` }).waitFor();
  const stateOf = (name: string | undefined) =>
    page.evaluate(
      async (id) => {
        const { conversation } = await (await fetch(`/api/admin/conversations/${id}`)).json();
        return conversation;
      },
      ids.get(name ?? ''),
    );
  const expectState = (name: string | undefined, state: object) =>
    expect.poll(() => stateOf(name)).toMatchObject(state);
  const focusedRow = () =>
    page.evaluate(() => document.activeElement?.getAttribute('data-conversation'));
  const [first, second, third, fourth, fifth, sixth] = names;

  await press('j');
  await arriveAt(first);

  // 1: the next one is open and focused after closing, without a key. Undo brings back both.
  expect(await count(async () => press('c'))).toBe(1);
  await arriveAt(second);
  expect(await focusedRow()).toBe(ids.get(second ?? ''));
  await expectState(first, { status: 'closed' });
  await press('z');
  await arriveAt(first);
  await expectState(first, { status: 'waiting' });
  await press('c');
  await arriveAt(second);

  // 4 and 5: take it, give it to a colleague; who takes one stays there.
  expect(await count(() => press('i'))).toBe(1);
  await expectState(second, { assignee: { name: 'Maya Lindqvist' } });
  await arriveAt(second);
  expect(await count(() => press('a', 't', 'Enter'))).toBe(3);
  await expectState(second, { assignee: { name: 'Tom Okafor' } });

  // 7 and 10: one label, another team.
  await row(page, `I am ${third}`).click();
  await arriveAt(third);
  expect(await count(() => press('l', 'v', 'Enter', 'Escape'))).toBeLessThanOrEqual(4);
  expect(await count(() => press('d', 'b', 'Enter'))).toBe(3);
  await expect.poll(async () => (await stateOf(third)).label_ids).toHaveLength(1);

  // 6: the first of the usual times. What Enter chooses depends on the hour; see snooze.test.ts.
  expect(await count(() => press('s', 'Enter'))).toBeLessThanOrEqual(3);
  await expectState(third, { status: 'snoozed' });
  await arriveAt(fourth);

  // 2 and 9: a reply, a canned answer.
  const reply = async () => {
    await press('r');
    await page.keyboard.type('Hello');
    await press('Enter');
  };
  expect(await count(reply)).toBe(2);
  await message(page, 'Hello').waitFor();
  const canned = async () => {
    await press('/', 'r', 'e', 'f');
    await option(page, '/ref').waitFor();
    await press('Enter', 'Enter');
  };
  expect(await count(canned)).toBeLessThanOrEqual(7);
  await message(page, 'We refund it.').waitFor();

  // 3: reply and close. Fifty conversations are twenty-five times this.
  await row(page, `I am ${fifth}`).click();
  await arriveAt(fifth);
  const answerAndClose = async () => {
    for (const next of [sixth, names[6]]) {
      await press('r');
      await page.keyboard.type('Done');
      await press('Control+Shift+Enter');
      await arriveAt(next);
    }
  };
  expect((await count(answerAndClose)) * 25).toBeLessThanOrEqual(100);
  await expectState(fifth, { status: 'closed', last_message_preview: 'Done' });
  await expectState(sixth, { status: 'closed', last_message_preview: 'Done' });

  // 8: close five.
  const closeFive = async () => {
    await press('x', ...Array.from({ length: 4 }, () => 'Shift+ArrowDown'));
    await selected(page, 5).waitFor();
    await press('c');
  };
  expect(await count(closeFive)).toBeLessThanOrEqual(6);
  await page.getByText('5 conversations closed.').waitFor();
  await arriveAt(names[11]);

  // 11 and 12: another queue, an old message.
  expect(await count(() => press('g', 'm'))).toBe(2);
  await page.getByRole('heading', { name: 'Mine', level: 1 }).waitFor();
  const search = async () => {
    await press('Control+k');
    await page.keyboard.type(`I am ${names[12]}`);
    await option(page, `${names[12]}`).first().waitFor();
    await press('Enter');
  };
  expect(await count(search)).toBe(2);
  await arriveAt(names[12]);
});
