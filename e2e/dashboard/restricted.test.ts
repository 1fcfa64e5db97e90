import { expect } from 'vitest';
import { startTalk } from '../../drizzle/demo/people.ts';
import { answer, openQueue, row, signIn } from '../support/agent.ts';
import { expectAccessible } from '../support/axe.ts';
import { test } from '../support/harness.ts';
import { ACME, fillInbox } from '../support/many.ts';

/** Agents who see only their departments: from the setting to conversations that leave their list. */
test('an owner limits agents to their departments, and an agent’s inbox follows at once', {
  timeout: 120_000,
}, async ({ foyer, person }) => {
  const size = { viewport: { width: 1440, height: 900 } };
  const sales = { Name: 'Sara Sales', 'Work e-mail': 's@example.org', 'Team size': 'Just me' };
  await (await startTalk(foyer.origin, 'Sales', sales)).say('What does it cost?');
  await (await startTalk(foyer.origin, 'Billing')).say('Where is my invoice?');

  const agent = await person(size);
  await signIn(agent, foyer.origin, 'agent@acme.example');
  const inbox = agent.page;
  await row(inbox, 'Where is my invoice?').waitFor();
  await row(inbox, 'What does it cost?').waitFor();

  const owner = await person(size);
  await signIn(owner, foyer.origin, 'owner@acme.example');
  const ownerPage = owner.page;
  await ownerPage.goto(`${foyer.origin}/admin/settings/team`);
  await ownerPage.getByRole('button', { name: 'Tom Okafor' }).click();
  const card = ownerPage.getByRole('dialog');
  await card.getByRole('checkbox', { name: 'Sales' }).check();
  await expectAccessible('a member', ownerPage);
  await card.getByRole('button', { name: 'Save' }).click();
  await card.waitFor({ state: 'detached' });
  await ownerPage.getByText('Departments: Sales').waitFor();
  const restrict = ownerPage.getByRole('checkbox', { name: /^Limit agents/ });
  // The box shows what is saved, so it is checked after the answer.
  await restrict.click();
  await expect.poll(() => restrict.isChecked()).toBe(true);
  await expectAccessible('the team, restricted', ownerPage);

  // Other conversations disappear and are not offered, without a reload.
  await row(inbox, 'Where is my invoice?').waitFor({ state: 'detached' });
  await row(inbox, 'What does it cost?').waitFor();
  await inbox.getByRole('navigation', { name: 'Departments' }).waitFor({ state: 'detached' });

  // They answer and move it away: it leaves their list, and their draft stays.
  agent.problems.allow(/status of 404 .*\/api\/admin\/conversations/);
  agent.problems.allow(/WebSocket connection .* failed/);
  await row(inbox, 'Sara Sales').click();
  await answer(inbox, 'I ask my colleagues.');
  await inbox.getByRole('button', { name: 'Assignee: Tom Okafor' }).waitFor();
  await inbox.getByRole('button', { name: /^Department/ }).click();
  await inbox.getByRole('menuitem', { name: 'Billing' }).click();
  await inbox.getByText('You no longer have access').waitFor();
  await expectAccessible('handed on', inbox);
  await inbox.getByRole('button', { name: 'Back to the list' }).click();
  await openQueue(inbox, 'All open');
  await inbox.getByText('No open conversations').waitFor();

  // Assigned to them, they see it in any department.
  await ownerPage.goto(`${foyer.origin}/admin/inbox/all`);
  await row(ownerPage, 'Where is my invoice?').click();
  await ownerPage.getByRole('button', { name: /^Assignee/ }).click();
  await ownerPage.getByRole('menuitem', { name: /Tom Okafor/ }).click();
  await row(inbox, 'Where is my invoice?').waitFor();
  expect(await row(inbox, 'Sara Sales').count()).toBe(0);

  await ownerPage.goto(`${foyer.origin}/admin/settings/team`);
  await restrict.click();
  await expect.poll(() => restrict.isChecked()).toBe(false);
  await row(inbox, 'Sara Sales').waitFor();
});

test('an agent’s conversations are listed, however many hidden ones come before them', {
  timeout: 120_000,
}, async ({ foyer, person }) => {
  // More than the server reads for a page, all in Billing and waiting longer.
  await fillInbox(foyer, 2_500);
  await foyer.query(`UPDATE organizations SET restrict_agents = 1 WHERE id = '${ACME}'`);
  await foyer.query(
    `INSERT OR IGNORE INTO department_members (organization_id, department_id, user_id)
     SELECT '${ACME}', departments.id, users.id FROM departments, users
     WHERE departments.organization_id = '${ACME}' AND departments.name = 'Sales'
     AND users.email = 'agent@acme.example'`,
  );
  const lena = { Name: 'Lena Last', 'Work e-mail': 'l@example.org', 'Team size': 'Just me' };
  await (await startTalk(foyer.origin, 'Sales', lena)).say('Am I the last one?');

  const agent = await person({ viewport: { width: 1440, height: 900 } });
  await signIn(agent, foyer.origin, 'agent@acme.example');
  const { page } = agent;
  await page.goto(`${foyer.origin}/admin/inbox/all?sort=waiting`);
  // Several pages are empty.
  await row(page, 'Am I the last one?').waitFor();
  expect(await page.getByText('Nothing unanswered').count()).toBe(0);
  expect(await row(page, 'Question').count()).toBe(0);
  await page.goto(`${foyer.origin}/admin/customers`);
  await page.getByText('Lena Last').waitFor();
  expect(await page.getByText(/^Customer \d/).count()).toBe(0);
});
