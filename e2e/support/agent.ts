import type { Page } from 'playwright-core';
import type { Person } from './person.ts';

/** An agent's actions in the dashboard. */

export async function signIn(agent: Person, origin: string, email: string): Promise<void> {
  // The page checks whether somebody is signed in before it shows the form, and the browser logs the 401.
  agent.problems.allow(/status of 401 .*\/api\/admin\/me/);
  const { page } = agent;
  await page.goto(`${origin}/admin`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill('foyer-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Queues' }).waitFor();
}

/** Chooses from the menu behind the agent's own picture. */
export async function openOwnMenu(page: Page, choice: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Your status/ }).click();
  await page.getByRole('menuitem', { name: choice }).click();
}

/** A conversation in the list, by any text of its row. */
export function row(page: Page, text: string) {
  return page.locator('[data-conversation]').filter({ hasText: text });
}

export async function openQueue(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name }).click();
}

/** Writes into the open conversation and sends it. */
export async function answer(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: /^Reply to/ });
  await field.fill(text);
  await field.press('Enter');
}

/** The messages of the open conversation with exactly this text. */
export function message(page: Page, text: string) {
  return page.getByLabel('Messages').getByText(text, { exact: true });
}
