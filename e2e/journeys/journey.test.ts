import type { FrameLocator } from 'playwright-core';
import { expect } from 'vitest';
import { signIn as signInByHttp } from '../../scripts/conformance/client.ts';
import { loadCases } from '../../scripts/conformance/load.ts';
import { runCase } from '../../scripts/conformance/run.ts';
import { answer, message, openOwnMenu, openQueue, row, signIn } from '../support/agent.ts';
import { expectAccessible } from '../support/axe.ts';
import { test } from '../support/harness.ts';
import {
  bubble,
  composer,
  frameOf,
  openWidget,
  pickDepartment,
  say,
  waitForAck,
  widgetOf,
} from '../support/visitor.ts';

/** The whole journey, visitor and agent at once; axe checks every screen. */
test('a visitor and an agent talk, change department, end, and meet again', {
  timeout: 180_000,
}, async ({ foyer, site, person }) => {
  const agent = await person({ viewport: { width: 1440, height: 900 } });
  agent.problems.allow(/status of 401 .*\/api\/admin\/me/);
  const agentPage = agent.page;
  await agentPage.goto(`${foyer.origin}/admin`);
  await agentPage.getByRole('heading', { name: 'Sign in to Foyer' }).waitFor();
  await expectAccessible('sign-in', agentPage);
  await signIn(agent, foyer.origin, 'owner@acme.example');
  await agentPage.getByText('All caught up').waitFor();
  await expectAccessible('the empty inbox', agentPage);

  // The visitor opens the widget and sees the departments.
  const visitor = await person();
  const { page } = visitor;
  const address = site.page();
  await page.goto(address);
  const widget = await openWidget(page);
  await widget.getByText('Plans, prices and what fits you').waitFor();
  await expectAccessible('the page with the widget', page);
  await expectAccessible('departments', frameOf(page));

  // Sales has a form: missing answers are named, and typed answers stay.
  await pickDepartment(widget, 'Sales');
  await widget.getByLabel('Name').fill('Nora Field');
  await widget.getByRole('button', { name: 'Start conversation' }).click();
  await widget.getByText('This field is required.').first().waitFor();
  await expectAccessible('the form with mistakes', frameOf(page));
  expect(await widget.getByLabel('Name').inputValue()).toBe('Nora Field');
  // V9: a field of type=email would rewrite the domain while it is typed.
  const mail = widget.getByLabel('Work e-mail');
  await mail.pressSequentially('ivan@почта.рф');
  expect(await mail.inputValue()).toBe('ivan@почта.рф');
  await mail.fill('nora@field.example');
  await widget.getByLabel('Phone').fill('+46 8 123 45');
  await widget.getByLabel('Team size').selectOption('2 to 10');
  await widget.getByRole('button', { name: 'Start conversation' }).click();
  await composer(widget).waitFor();
  await say(widget, 'Do you ship to Uppsala?');
  await waitForAck(widget);
  await expectAccessible('the conversation', frameOf(page));

  // It appears on the dashboard by itself, with everything known about the customer.
  await row(agentPage, 'Nora Field').getByText('Do you ship to Uppsala?').waitFor();
  await expectAccessible('the inbox', agentPage);
  await row(agentPage, 'Nora Field').click();
  await message(agentPage, 'Do you ship to Uppsala?').waitFor();
  const customer = agentPage.getByLabel('Customer', { exact: true });
  for (const text of ['nora@field.example', '+46 8 123 45', 'Team size', '2 to 10']) {
    await customer.getByText(text).first().waitFor();
  }
  await customer.getByText(/^Seen/).waitFor();
  await customer.getByText('Technical details').click();
  for (const label of ['Location', 'Page', 'Conversations', 'First seen', 'Browser']) {
    await customer.getByText(label, { exact: true }).waitFor();
  }
  await customer.getByText('Austin').waitFor();
  await customer.getByText(new URL(address).host).waitFor();
  await expectAccessible('the conversation on the dashboard', agentPage);

  // In both directions; the first answer assigns the conversation. A note is only for agents.
  await answer(agentPage, 'We do, within two days.');
  await bubble(widget, 'We do, within two days.').waitFor();
  await widget.getByRole('heading', { name: 'Maya Lindqvist' }).waitFor();
  await agentPage.getByRole('radio', { name: 'Note' }).check({ force: true });
  const note = agentPage.getByRole('textbox', { name: 'Private note, only for agents' });
  await note.fill('A good customer');
  await expectAccessible('writing a note', agentPage);
  await note.press('Enter');
  await message(agentPage, 'A good customer').waitFor();
  await agentPage.getByRole('radio', { name: 'Reply' }).check({ force: true });
  await say(widget, 'Wonderful!');
  await message(agentPage, 'Wonderful!').waitFor();
  expect(await bubble(widget, 'A good customer').count()).toBe(0);

  // Another department: the old conversation is closed with the reason, and linked to a new one.
  await widget.getByRole('button', { name: 'More options' }).click();
  await widget.getByRole('button', { name: 'Switch team' }).waitFor();
  await expectAccessible('the menu', frameOf(page));
  await widget.getByRole('button', { name: 'Switch team' }).click();
  await pickDepartment(widget, 'Billing');
  await widget.getByRole('heading', { name: 'Billing' }).waitFor();
  await say(widget, 'And the invoice?');
  await waitForAck(widget);
  await openQueue(agentPage, 'Unassigned');
  await row(agentPage, 'And the invoice?').click();
  await message(agentPage, 'And the invoice?').waitFor();
  await customer.getByRole('link').filter({ hasText: 'Sales' }).waitFor();

  // The visitor edits and deletes a message; both sides see it.
  await changeLast(widget);
  await expectAccessible('changing a message', frameOf(page));
  await widget.getByRole('textbox', { name: 'Edit your last message' }).fill('And the receipt?');
  await widget.getByRole('button', { name: 'Save' }).click();
  await bubble(widget, 'And the receipt?').waitFor();
  await widget.getByText('Edited').waitFor();
  await message(agentPage, 'And the receipt?').waitFor();
  await say(widget, 'Wrong window');
  await message(agentPage, 'Wrong window').waitFor();
  await changeLast(widget);
  await widget.getByRole('button', { name: 'Delete this message' }).click();
  await widget.getByText('This message was deleted.').waitFor();
  await message(agentPage, 'Wrong window').waitFor({ state: 'detached' });
  const [linked] = await foyer.query(`SELECT old.closed_reason AS reason,
      old.widget_customer_id = new.widget_customer_id AS same_customer
    FROM conversations AS new JOIN conversations AS old ON old.id = new.previous_conversation_id`);
  expect(linked?.reason).toBe('department_changed');
  // SQLite stores true as 1.
  expect(Boolean(linked?.same_customer)).toBe(true);

  // The agent claims and closes; the visitor is told, and reads earlier conversations.
  await agentPage.getByRole('button', { name: 'More', exact: true }).click();
  await agentPage.getByRole('menuitem', { name: 'Assign to me' }).click();
  await agentPage.getByRole('button', { name: 'Assignee: Maya Lindqvist' }).waitFor();
  await agentPage.getByRole('button', { name: 'Close', exact: true }).click();
  await widget.getByText('This conversation has ended.').waitFor();
  await expectAccessible('an ended conversation', frameOf(page));
  // What opens next is another one.
  await openQueue(agentPage, 'Closed');
  await agentPage.locator('[data-conversation]').first().click();
  await agentPage.getByRole('button', { name: 'Reopen' }).first().waitFor();
  await expectAccessible('a closed conversation on the dashboard', agentPage);
  await widget.getByRole('button', { name: 'Start a new conversation' }).click();
  await widget.getByRole('button').filter({ hasText: 'Earlier conversations' }).click();
  await widget.getByRole('button').filter({ hasText: 'Sales' }).waitFor();
  await expectAccessible('earlier conversations', frameOf(page));
  await widget.getByRole('button').filter({ hasText: 'Sales' }).click();
  await bubble(widget, 'We do, within two days.').waitFor();
  await expectAccessible('an earlier conversation', frameOf(page));

  // Reopened from the dashboard, it continues for the visitor, who then ends it.
  await agentPage.getByRole('button', { name: 'Reopen' }).first().click();
  await agentPage
    .getByLabel('Messages')
    .getByText(/^Reopened/)
    .waitFor();
  await answer(agentPage, 'One more thing');
  await message(agentPage, 'One more thing').waitFor();
  await page.reload();
  await openWidget(page);
  await bubble(widgetOf(page), 'One more thing').waitFor();
  await widgetOf(page).getByRole('button', { name: 'More options' }).click();
  await widgetOf(page).getByRole('button', { name: 'End conversation' }).click();
  await widgetOf(page).getByRole('heading', { name: 'End this conversation?' }).waitFor();
  await expectAccessible('the question before an end', frameOf(page));
  await widgetOf(page)
    .getByRole('dialog')
    .getByRole('button', { name: 'End conversation' })
    .click();
  await widgetOf(page).getByText('This conversation has ended.').waitFor();
  await openQueue(agentPage, 'Closed');
  await row(agentPage, 'One more thing').waitFor();
  await expectAccessible('the closed queue', agentPage);
  await openOwnMenu(agentPage, 'Keyboard shortcuts');
  await agentPage.getByRole('dialog').waitFor();
  await expectAccessible('the help sheet', agentPage);
});

test('both apps are accessible in the dark, on a phone', async ({ foyer, site, person }) => {
  const phone = { colorScheme: 'dark', viewport: { width: 390, height: 844 } } as const;
  const visitor = await person(phone);
  await visitor.page.goto(site.page());
  const widget = await openWidget(visitor.page);
  await expectAccessible('departments', frameOf(visitor.page));
  await pickDepartment(widget, 'Support');
  await widget.getByRole('button', { name: 'Start conversation' }).click();
  await expectAccessible('the form', frameOf(visitor.page));
  await widget.getByLabel('Name').fill('Nora');
  await widget.getByLabel('E-mail').fill('nora@field.example');
  await widget.getByLabel('What happened?').fill('Nothing moves');
  await widget.getByRole('button', { name: 'Start conversation' }).click();
  await say(widget, 'Hello?');
  await waitForAck(widget);
  await expectAccessible('the conversation', frameOf(visitor.page));

  const agent = await person(phone);
  agent.problems.allow(/status of 401 .*\/api\/admin\/me/);
  await agent.page.goto(`${foyer.origin}/admin/setup`);
  await agent.page.getByLabel('Set-up code').waitFor();
  await expectAccessible('setup', agent.page);
  await agent.page.goto(`${foyer.origin}/admin/nowhere/at/all`);
  await agent.page.getByRole('heading').first().waitFor();
  await expectAccessible('not found', agent.page);
  await agent.page.goto(`${foyer.origin}/admin`);
  await agent.page.getByLabel('E-mail').fill('agent@acme.example');
  await expectAccessible('sign-in', agent.page);
  await agent.page.getByLabel('Password').fill('foyer-demo');
  await agent.page.getByRole('button', { name: 'Sign in' }).click();
  await row(agent.page, 'Nora').waitFor();
  await expectAccessible('the list', agent.page);
  await row(agent.page, 'Nora').click();
  await message(agent.page, 'Hello?').waitFor();
  await expectAccessible('the conversation on the dashboard', agent.page);
});

/** protocol/cases against this Foyer, on D1 and Postgres. They run last, since they leave data behind. */
const cases = loadCases();
let cookie: Promise<string> | undefined;

for (const testCase of cases) {
  test(`conformance: ${testCase.subject}: ${testCase.name}`, async ({ foyer }) => {
    const target = { url: foyer.origin, key: 'wk_demo', otherKey: 'wk_globex', timeout: 30_000 };
    cookie ??= signInByHttp(target, 'owner@acme.example', 'foyer-demo');
    const outcome = await runCase({ ...target, agentCookie: await cookie }, testCase);
    expect(outcome).toEqual({ state: 'passed' });
  });
}

/** Opens the editor for the visitor's last message. */
async function changeLast(widget: FrameLocator): Promise<void> {
  await widget.getByRole('button', { name: 'More options' }).click();
  await widget.getByRole('button', { name: 'Edit your last message' }).click();
  await widget.getByRole('heading', { name: 'Edit your last message' }).waitFor();
}
