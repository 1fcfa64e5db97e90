import { expect } from 'vitest';
import { openQueue, row, signIn } from '../support/agent.ts';
import { expectAccessible } from '../support/axe.ts';
import { test } from '../support/harness.ts';
import type { Person } from '../support/person.ts';
import {
  composer,
  frameOf,
  openWidget,
  pickDepartment,
  say,
  waitForAck,
} from '../support/visitor.ts';

/** An owner's settings reach visitors and agents at once; agents cannot change them. */
test('an owner makes a department with a form, a visitor fills it in, an agent reads it', {
  timeout: 180_000,
}, async ({ foyer, site, person }) => {
  const owner = await person({ viewport: { width: 1440, height: 900 } });
  // Two refusals are provoked below, and the browser logs each.
  owner.problems.allow(/status of (400|409) .*\/api\/admin\/departments/);
  const ownerPage = owner.page;
  await signIn(owner, foyer.origin, 'owner@acme.example');
  const other = await owner.context.newPage();
  await other.goto(`${foyer.origin}/admin/settings/departments`);
  await other.getByRole('link', { name: 'Support' }).waitFor();

  await ownerPage.getByRole('link', { name: 'Settings' }).click();
  await ownerPage.getByRole('link', { name: 'Support' }).waitFor();
  await expectAccessible('departments', ownerPage);
  await ownerPage.getByRole('button', { name: 'New department' }).click();
  await ownerPage.getByLabel('Name', { exact: true }).fill('Returns');
  const fields = ownerPage.getByRole('listitem', { name: /^Field/ });
  await ownerPage.getByRole('button', { name: 'Add field' }).click();
  await ownerPage.getByRole('button', { name: 'Add field' }).click();
  await ownerPage.getByRole('button', { name: 'Add field' }).click();
  await fields.nth(2).getByLabel('Type').selectOption('select');
  await fields.nth(2).getByLabel('Options, one per line').fill('Too small\nBroken');
  await ownerPage.getByRole('button', { name: 'Create department' }).click();

  // The error is shown at its field and moves with it; typed text is kept.
  await fields.nth(2).getByRole('paragraph').filter({ hasText: 'Required' }).waitFor();
  await expectAccessible('a department that is not right', ownerPage);
  await ownerPage.getByRole('button', { name: 'Move field 3 up' }).click();
  await fields.nth(1).getByRole('paragraph').filter({ hasText: 'Required' }).waitFor();
  await fields.nth(1).getByLabel('Label').fill('What is wrong with it?');
  await fields.nth(1).getByLabel('Required').check();
  // It survives a reload.
  ownerPage.once('dialog', (dialog) => dialog.accept());
  await ownerPage.reload();
  // The preview is the widget's own form, with what is not saved yet.
  const preview = ownerPage.frameLocator('iframe[title="The widget"]');
  await preview.getByText('What is wrong with it?').waitFor();
  await ownerPage.getByRole('button', { name: 'Create department' }).click();
  await ownerPage.getByRole('heading', { name: 'Returns', level: 1 }).waitFor();
  await ownerPage.getByRole('button', { name: 'Archive' }).waitFor();
  await expectAccessible('a department', ownerPage);

  // Open pages show it without a reload.
  await other.getByRole('link', { name: 'Returns' }).waitFor();
  await other.getByRole('button', { name: 'Move Returns up' }).press('Enter');
  await ownerPage.getByRole('link', { name: 'Departments' }).first().click();
  const order = () => ownerPage.getByRole('main').getByRole('listitem').allInnerTexts();
  await expect
    .poll(async () => (await order()).map((text) => text.split('\n')[0]))
    .toEqual(['Sales', 'Support', 'Returns', 'Billing']);
  await other.close();

  // The visitor finds it and answers.
  const visitor = await person();
  await visitor.page.goto(site.page());
  const widget = await openWidget(visitor.page);
  await pickDepartment(widget, 'Returns');
  await widget.getByLabel('What is wrong with it?').selectOption('Broken');
  await widget.getByLabel('Name').fill('Nora Field');
  await expectAccessible('the form', frameOf(visitor.page));
  await widget.getByRole('button', { name: 'Start conversation' }).click();
  await composer(widget).waitFor();
  await say(widget, 'It came in two pieces.');
  await waitForAck(widget);

  // With an open conversation it cannot be archived, and the page says why.
  await ownerPage.getByRole('link', { name: 'Returns' }).click();
  await ownerPage.getByRole('button', { name: 'Archive' }).click();
  await ownerPage.getByText(/This department has open conversations/).waitFor();

  // A renamed field keeps its answers.
  await fields.nth(1).getByLabel('Label').fill('Fault');
  await ownerPage.getByRole('button', { name: 'Save' }).click();
  await ownerPage.getByText('Saved', { exact: true }).waitFor();

  const agent = await person({ viewport: { width: 1440, height: 900 } });
  await signIn(agent, foyer.origin, 'agent@acme.example');
  await openQueue(agent.page, 'Unassigned');
  await row(agent.page, 'Nora Field').click();
  const customer = agent.page.getByLabel('Customer', { exact: true });
  await customer.getByText('Fault', { exact: true }).first().waitFor();
  await customer.getByText('Broken', { exact: true }).first().waitFor();

  // An agent's settings are their profile, and requests for the others are refused.
  agent.problems.allow(/status of 403 .*\/api\/admin\/departments/);
  const status = await agent.page.evaluate(async () => {
    const body = JSON.stringify({ name: 'Mine' });
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/api/admin/departments', { method: 'POST', body, headers })).status;
  });
  expect(status).toBe(403);
  await agent.page.getByRole('link', { name: 'Settings' }).click();
  await agent.page.getByRole('heading', { name: 'Profile', level: 1 }).waitFor();
  const sections = agent.page.getByRole('navigation', { name: 'Settings' }).getByRole('link');
  expect(await sections.allInnerTexts()).toEqual(['Profile']);
  await agent.page.goto(`${foyer.origin}/admin/settings/team`);
  await agent.page.getByText('Settings are for owners and admins').waitFor();
  await expectAccessible('settings, for an agent', agent.page);
});

test('an owner writes a canned response, and an agent inserts it with a slash', {
  timeout: 120_000,
}, async ({ foyer, site, person }) => {
  const owner = await person({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
  owner.problems.allow(/status of 409 .*\/api\/admin\/canned-responses/);
  const { page } = owner;
  await signInOnPhone(owner, foyer.origin);
  await page.goto(`${foyer.origin}/admin/settings/canned-responses`);
  await page.getByText('No canned responses').waitFor();
  await expectAccessible('no canned responses', page);
  for (const [shortcut, text] of [
    ['Hello', 'Hello {{customer.name}}, this is {{agent.name}}.'],
    ['hours', 'We are here on weekdays.'],
    ['hello', 'Again'],
  ] as const) {
    await page.getByRole('button', { name: 'New response' }).click();
    await page.getByLabel('Shortcut').fill(shortcut);
    await page.getByLabel('Text').fill(text);
    await page.getByRole('button', { name: 'Save' }).click();
    if (text === 'Again') await page.getByText('Another response has this shortcut.').waitFor();
    else await page.getByRole('button', { name: `/${shortcut.toLowerCase()}` }).waitFor();
  }
  await expectAccessible('a canned response', page);
  // What was typed is lost with the dialog: it asks first.
  page.once('dialog', (dialog) => dialog.accept());
  await page.keyboard.press('Escape');
  await expectAccessible('canned responses', page);

  const visitor = await person();
  await visitor.page.goto(site.page());
  const widget = await openWidget(visitor.page);
  await pickDepartment(widget, 'Billing');
  await composer(widget).waitFor();
  await say(widget, 'Is anybody there?');
  await waitForAck(widget);

  const agent = await person({ viewport: { width: 1440, height: 900 } });
  await signIn(agent, foyer.origin, 'agent@acme.example');
  await openQueue(agent.page, 'Unassigned');
  await row(agent.page, 'Is anybody there?').click();
  const field = agent.page.getByRole('textbox', { name: /^Reply to/ });
  await field.fill('Good day. ');
  await field.pressSequentially('/h');
  const list = agent.page.getByRole('listbox', { name: 'Canned responses' });
  await list.getByRole('option').nth(1).waitFor();
  await expectAccessible('the picker', agent.page);
  await field.press('ArrowDown');
  await field.press('ArrowUp');
  await field.press('Enter');
  expect(await field.inputValue()).toMatch(/^Good day\. Hello, this is \p{L}+ .+\.$/u);
  expect(await list.count()).toBe(0);
  await field.fill('');
  await field.pressSequentially('/ho');
  await list.getByRole('option', { name: '/hours' }).waitFor();
  await field.press('Escape');
  await expect.poll(() => list.count()).toBe(0);
  expect(await field.inputValue()).toBe('/ho');
});

test('C12: an owner sets when conversations close by themselves', { timeout: 120_000 }, async ({
  foyer,
  person,
}) => {
  const owner = await person({ viewport: { width: 1440, height: 900 } });
  const { page } = owner;
  await signIn(owner, foyer.origin, 'owner@acme.example');
  await page.goto(`${foyer.origin}/admin/settings/closing`);
  await page.getByText('You can still turn it on for a department').waitFor();
  await page.getByLabel('Close conversations when the visitor doesn’t reply').check();
  const hours = page.getByLabel('Hours without a reply');
  await page.getByText('That’s 2 days.').waitFor();
  await hours.fill('0');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Enter a whole number of hours from 1 to 2,160').waitFor();
  await expectAccessible('closing, not right', page);
  await hours.fill('72');
  await page.getByLabel('Message to the visitor').fill('Write again whenever you like.');
  await page.getByLabel('The visitor’s next message').selectOption('new');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await expectAccessible('closing', page);
  await page.reload();
  expect(await hours.inputValue()).toBe('72');
  expect(await page.getByLabel('The visitor’s next message').inputValue()).toBe('new');

  // A department has its own time; an invalid time is refused at its field.
  await page.getByRole('link', { name: 'Departments' }).click();
  await page.getByRole('link', { name: 'Billing' }).click();
  await page.getByLabel('When visitors don’t reply').selectOption('own');
  const own = page.getByLabel('Hours without a reply');
  await own.fill('9999');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Enter a whole number of hours from 1 to 2,160').waitFor();
  await expectAccessible('a department with a wrong time', page);
  await own.fill('5');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  await page.reload();
  expect(await own.inputValue()).toBe('5');
});

test('an owner sets up the widget and labels', { timeout: 120_000 }, async ({
  foyer,
  site,
  person,
}) => {
  const owner = await person({ viewport: { width: 1440, height: 900 } });
  owner.problems.allow(/status of 400 .*\/api\/admin\/settings/);
  const { page } = owner;
  await signIn(owner, foyer.origin, 'owner@acme.example');
  await page.goto(`${foyer.origin}/admin/settings/widget`);
  await page.getByLabel('Accent colour', { exact: true }).fill('#ffcc00');
  await page.getByText(/with black text/).waitFor();
  await page.getByLabel('Greeting').fill('Good to see you');
  await page.getByLabel('Allowed websites').fill(`${site.origin}\nhttps://shop.example/cart`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^https:\/\/shop.example\/cart: Only scheme and host/).waitFor();
  await expectAccessible('the widget, not right', page);
  await page.getByLabel('Allowed websites').fill(`${site.origin}/`);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
  expect(await page.getByLabel('Allowed websites').inputValue()).toBe(site.origin);
  expect(await page.getByLabel('Code to copy').inputValue()).toBe(
    `<script async src="${foyer.origin}/widget.js" data-key="wk_demo" data-accent="#ffcc00"></script>`,
  );
  await expectAccessible('the widget', page);

  const visitor = await person();
  await visitor.page.goto(site.page());
  await (await openWidget(visitor.page)).getByText('Good to see you').waitFor();

  await page.getByRole('link', { name: 'Labels' }).click();
  await page.getByText('No labels').waitFor();
  await page.getByRole('button', { name: 'New label' }).click();
  await page.getByLabel('Name').fill('Refund');
  await page.getByRole('radio', { name: 'Green' }).check({ force: true });
  await expectAccessible('a label', page);
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Refund' }).waitFor();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Remove permanently?' }).click();
  await page.getByText('No labels').waitFor();
  await expectAccessible('no labels', page);
});

test('O9: an owner sees the state of each part of the installation', async ({ foyer, person }) => {
  const owner = await person({ viewport: { width: 1440, height: 900 } });
  const { page } = owner;
  await signIn(owner, foyer.origin, 'owner@acme.example');
  await page.goto(`${foyer.origin}/admin/settings/system`);
  const parts = page.getByRole('list', { name: 'Parts' }).getByRole('listitem');
  await parts
    .filter({ hasText: 'Database' })
    .getByText(/^All \d+ tables answer/)
    .waitFor();
  expect(await parts.count()).toBe(7);
  await page.getByText('Everything works.').waitFor();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expectAccessible('the system', page);
});

/** On a phone the queues are behind a button. */
async function signInOnPhone({ page, problems }: Person, origin: string): Promise<void> {
  problems.allow(/status of 401 .*\/api\/admin\/me/);
  await page.goto(`${origin}/admin`);
  await page.getByLabel('E-mail').fill('owner@acme.example');
  await page.getByLabel('Password').fill('foyer-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('main').getByRole('heading').first().waitFor();
}
