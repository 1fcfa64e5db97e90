import { expect } from 'vitest';
import { signIn } from '../support/agent.ts';
import { expectAccessible } from '../support/axe.ts';
import { test } from '../support/harness.ts';

/** Joining and leaving a team, without touching the database. */
test('an owner invites somebody, who joins, is made an admin, and is removed', {
  timeout: 120_000,
}, async ({ foyer, person }) => {
  const owner = await person({ viewport: { width: 1440, height: 900 } });
  await signIn(owner, foyer.origin, 'owner@acme.example');
  const ownerPage = owner.page;
  await ownerPage.goto(`${foyer.origin}/admin/settings/team`);
  await ownerPage.getByRole('button', { name: 'Invite' }).click();
  const card = ownerPage.getByRole('dialog');
  await card.getByLabel('E-mail').fill('nina@acme.example');
  const answered = ownerPage.waitForResponse((response) => response.request().method() === 'POST');
  await card.getByRole('button', { name: 'Invite' }).click();
  const { items } = await (await answered).json();
  await card.getByText('Invited', { exact: true }).waitFor();
  await ownerPage.keyboard.press('Escape');
  await ownerPage.getByText('nina@acme.example').first().waitFor();
  await expectAccessible('the team', ownerPage);

  const nina = await person();
  await nina.page.goto(items[0].link);
  await nina.page.getByRole('heading', { name: 'Join Acme' }).waitFor();
  await expectAccessible('an invitation', nina.page);
  await nina.page.getByLabel('Your name').fill('Nina Vale');
  await nina.page.getByLabel('Password').fill('a long password');
  await nina.page.getByRole('button', { name: 'Join' }).click();
  await nina.page.getByRole('navigation', { name: 'Queues' }).waitFor();

  // The owner's page shows it, and changes made here apply there.
  await ownerPage.getByRole('button', { name: 'Nina Vale' }).click();
  await card.getByLabel('Role').selectOption('admin');
  await card.getByRole('button', { name: 'Save' }).click();
  await card.waitFor({ state: 'detached' });
  await nina.page.goto(`${foyer.origin}/admin/settings/team`);
  await nina.page.getByRole('button', { name: 'Invite' }).waitFor();

  // Removed, she is at the sign-in page from any page.
  nina.problems.allow(/status of 401/);
  await ownerPage.getByRole('button', { name: 'Nina Vale' }).click();
  await card.getByRole('button', { name: 'Remove' }).click();
  await card.getByRole('button', { name: 'Remove permanently?' }).click();
  await card.waitFor({ state: 'detached' });
  await nina.page.getByRole('heading', { name: 'Sign in to Foyer' }).waitFor();
  expect(await ownerPage.getByText('Nina Vale').count()).toBe(0);

  // The last owner cannot leave, and is told why.
  owner.problems.allow(/status of 409 .*\/api\/admin\/members/);
  await ownerPage.getByRole('listitem').filter({ hasText: 'You' }).getByRole('button').click();
  await card.getByLabel('Role').selectOption('agent');
  await card.getByRole('button', { name: 'Save' }).click();
  await card.getByText(/An organization needs an owner/).waitFor();
});
