import { message, openOwnMenu, openQueue, row } from '../support/agent.ts';
import type { Foyer } from '../support/foyer.ts';
import type { Person } from '../support/person.ts';
import { shoot, shootMirrored } from './camera.ts';

/** What nobody needs to be signed in for. */
export async function shootSignIn({ page }: Person, { origin }: Foyer): Promise<void> {
  await page.goto(`${origin}/admin/sign-in`);
  await page.getByLabel('E-mail').waitFor();
  await shoot(page, 'agent-01-sign-in');
  await page.getByLabel('E-mail').fill('owner@acme.example');
  await page.getByLabel('Password').fill('not this one');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await shoot(page, 'agent-02-sign-in-refused');
  await page.goto(`${origin}/admin/setup`);
  await page.getByLabel('Set-up code').waitFor();
  await shoot(page, 'agent-03-setup');
  await page.goto(`${origin}/admin/nowhere/at/all`);
  await page.getByRole('heading').first().waitFor();
  await shoot(page, 'agent-04-not-found');
}

/** The inbox before anybody wrote, and while it loads. */
export async function shootEmptyInbox({ page }: Person, { origin }: Foyer): Promise<void> {
  let release = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/api/admin/conversations?**', async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`${origin}/admin/inbox/unassigned`);
  await page.getByRole('navigation', { name: 'Queues' }).waitFor();
  await shoot(page, 'agent-05-loading');
  release();
  await page.unrouteAll({ behavior: 'wait' });
  await page.getByText('All caught up').waitFor();
  await shoot(page, 'agent-06-empty');
}

/** The inbox at work. */
export async function shootInbox({ page, context }: Person, { origin }: Foyer): Promise<void> {
  const desktop = () => page.setViewportSize({ width: 1440, height: 900 });
  const open = async (queue: string, text: string) => {
    await desktop();
    await openQueue(page, queue);
    await row(page, text).click();
  };
  await page.goto(`${origin}/admin/inbox/unassigned`);
  await row(page, 'Daniel Osei').waitFor();
  await shoot(page, 'agent-10-unassigned');
  await open('All', 'Priya Raman');
  await message(page, 'That would be lovely. Can I see what that looks like?').waitFor();
  await shoot(page, 'agent-11-conversation', [
    { size: 'desktop', scheme: 'light', as: 'dashboard' },
    { size: 'desktop', scheme: 'dark', as: 'dashboard-dark' },
  ]);
  await shootMirrored(page, 'agent-11-conversation');
  await page.getByRole('radio', { name: 'Note' }).check({ force: true });
  await page
    .getByRole('textbox', { name: 'Private note, only for agents' })
    .fill('Ask Tom for the pictures of last year.');
  await shoot(page, 'agent-12-note', [{ size: 'desktop', scheme: 'light', as: 'note' }]);
  await page.getByRole('textbox', { name: 'Private note, only for agents' }).fill('');
  await page.getByRole('radio', { name: 'Reply' }).check({ force: true });
  await page.getByRole('button', { name: /^Assignee/ }).click();
  await page.getByRole('menuitem').first().waitFor();
  await shoot(page, 'agent-13-menu');
  await page.keyboard.press('Escape');

  await open('All', 'Bartholomew');
  await message(page, 'Order 20417').waitFor({ state: 'detached' });
  await page.getByLabel('Messages').getByText('None of it changed anything.').waitFor();
  await shoot(page, 'agent-14-long');
  await open('All', 'ليلى');
  await page.getByLabel('Messages').getByText('ممتاز').waitFor();
  await shoot(page, 'agent-15-arabic');
  await shootMirrored(page, 'agent-15-arabic');
  await open('Closed', 'Hannah Weiss');
  await page.getByRole('button', { name: 'Reopen' }).first().waitFor();
  await shoot(page, 'agent-16-closed');
  await desktop();
  await openOwnMenu(page, 'Keyboard shortcuts');
  await page.getByRole('dialog').waitFor();
  await shoot(page, 'agent-17-shortcuts');
  await page.keyboard.press('Escape');
  await context.setOffline(true);
  await page
    .getByText(/offline/i)
    .first()
    .waitFor();
  await shoot(page, 'agent-18-offline');
  await context.setOffline(false);
}

/** Who the customers are, what is known of one, and what the search finds. */
export async function shootCustomers({ page }: Person, { origin }: Foyer): Promise<void> {
  const keepAs = (as: string) => [{ size: 'desktop', scheme: 'light', as }] as const;
  await page.goto(`${origin}/admin/customers`);
  const people = page.getByRole('main').getByRole('link', { name: /conversation/ });
  await people.first().waitFor();
  await shoot(page, 'agent-30-customers');
  await people.first().click();
  await page.getByText('First seen').waitFor();
  await page.waitForLoadState('networkidle');
  await shoot(page, 'agent-31-customer', keepAs('customer'));
  await shootMirrored(page, 'agent-31-customer');
  await page.goto(`${origin}/admin/search?q=order`);
  await page.locator('mark').first().waitFor();
  await shoot(page, 'agent-32-search', keepAs('search'));
  await page.goto(`${origin}/admin/settings/team`);
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await shoot(page, 'agent-33-team');
  await shootMirrored(page, 'agent-33-team');
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByLabel('E-mail').waitFor();
  await shoot(page, 'agent-33-team-invite');
}

/** What an owner sets up. */
export async function shootSettings({ page }: Person, { origin }: Foyer): Promise<void> {
  for (const section of ['departments', 'widget', 'translations', 'canned-responses', 'labels']) {
    await page.goto(`${origin}/admin/settings/${section}`);
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await shoot(page, `agent-20-${section}`);
  }
  await page.goto(`${origin}/admin/settings/identity`);
  await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await shoot(page, 'agent-22-identity');
  await shootMirrored(page, 'agent-22-identity');
  await page.goto(`${origin}/admin/settings/departments`);
  await page.getByRole('main').getByRole('link', { name: 'Sales' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sales' }).waitFor();
  await shoot(page, 'agent-21-department');
  await shootMirrored(page, 'agent-21-department');
}
