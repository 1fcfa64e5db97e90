import type { BrowserContextOptions } from 'playwright-core';
import { expect } from 'vitest';
import { row, signIn } from '../support/agent.ts';
import { expectAccessible } from '../support/axe.ts';
import { test as base } from '../support/harness.ts';
import { holdAhead } from '../support/load-ahead.ts';
import { openWidget, say, startBilling, waitForAck } from '../support/visitor.ts';

/**
 * The menus of a conversation. Their code loads when one of them is likely to be opened. Their keys
 * are in admin/components/menu/Menu.test.tsx.
 */

/** The button of the assignee's menu, in the header. */
const ASSIGN = /^Assign(ed to .*)?$/;

/** `open`: an agent with the open conversation of a new visitor. */
const test = base.extend('open', async ({ foyer, site, person }) => {
  return async (options?: BrowserContextOptions) => {
    const visitor = await person();
    await visitor.page.goto(site.page());
    const widget = await openWidget(visitor.page);
    await startBilling(widget);
    await say(widget, 'Which one?');
    await waitForAck(widget);
    const agent = await person({ viewport: { width: 1440, height: 900 }, ...options });
    // The menus load when the pointer, the focus or a key reaches one.
    await holdAhead(agent.context);
    await signIn(agent, foyer.origin, 'owner@acme.example');
    await row(agent.page, 'Which one?').first().click();
    await agent.page.getByRole('button', { name: ASSIGN }).waitFor();
    return agent;
  };
});

test('a menu opens at the first click and chooses', async ({ open }) => {
  const { page } = await open();
  const assign = page.getByRole('button', { name: ASSIGN });
  // The pointer was not near before, so nothing is loaded.
  await assign.evaluate((button: HTMLElement) => button.click());
  await page.getByRole('menu', { name: /^Assign/ }).waitFor();
  expect(await assign.getAttribute('aria-expanded')).toBe('true');
  await expectAccessible('an open menu', page);
  await page.getByRole('menuitem', { name: /\(you\)/ }).click();
  await page.getByRole('button', { name: 'Assigned to Maya Lindqvist' }).waitFor();
  await expect.poll(() => page.getByRole('menu').count()).toBe(0);

  // It works again, and opening another menu closes the open one.
  await assign.click();
  await page.getByRole('menu', { name: /^Assign/ }).waitFor();
  await page.getByRole('button', { name: 'More ways to close' }).click();
  await page.getByRole('menu', { name: 'More ways to close' }).waitFor();
  expect(await page.getByRole('menu').count()).toBe(1);
});

test('a menu opens at the first touch', async ({ open }) => {
  const { page } = await open({ hasTouch: true });
  await page.getByRole('button', { name: ASSIGN }).tap();
  await page.getByRole('menu', { name: /^Assign/ }).waitFor();
  await page.getByRole('menuitem', { name: /\(you\)/ }).tap();
  await page.getByRole('button', { name: 'Assigned to Maya Lindqvist' }).waitFor();
});

test('a menu that cannot be loaded says so and keeps the draft', async ({ open }) => {
  const { context, page, problems } = await open();
  problems.allow(/ERR_FAILED|ERR_INTERNET_DISCONNECTED|WebSocket connection/);
  await page.getByRole('textbox', { name: /^Reply to/ }).fill('Half a sente');
  const assign = page.getByRole('button', { name: ASSIGN });

  // Offline nothing is loaded, since some browsers never retry a failed import.
  await context.setOffline(true);
  await assign.click();
  await page.getByText('Menus aren’t available offline.').waitFor();
  await context.setOffline(false);

  const chunk = '**/assets/MenuPanel-*.js';
  await page.route(chunk, (route) => route.abort());
  await assign.click();
  await page.getByText('Couldn’t load the menu.').waitFor();
  await page.unroute(chunk);
  await page.getByRole('button', { name: 'Reload' }).click();
  await assign.click();
  await page.getByRole('menu', { name: /^Assign/ }).waitFor();
  const draft = page.getByRole('textbox', { name: /^Reply to/ });
  expect(await draft.inputValue()).toBe('Half a sente');
});
