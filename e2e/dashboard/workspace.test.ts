import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { startTalk } from '../../drizzle/demo/people.ts';
import { message, row, signIn } from '../support/agent.ts';
import { expectAccessible } from '../support/axe.ts';
import { test } from '../support/harness.ts';
import { bubble, openWidget, say, startBilling } from '../support/visitor.ts';

/** The agent's workspace: formatting, notifications and shared drafts. */

declare global {
  interface Window {
    notified: {
      hidden: boolean;
      sounds: number;
      notes: { title: string; body: string; click(): void }[];
    };
  }
}

test('formatting becomes nodes on both sides, and undo reverses the keys', async ({
  foyer,
  site,
  person,
}) => {
  const [visitor, agent] = [await person(), await person()];
  await visitor.page.goto(site.page());
  const widget = await openWidget(visitor.page);
  await startBilling(widget);
  await say(widget, 'It is *urgent*: <b>tags</b> and [this](javascript:alert(1))');
  await widget.locator('strong', { hasText: 'urgent' }).waitFor();

  await signIn(agent, foyer.origin, 'owner@acme.example');
  const { page } = agent;
  // The list shows it without formatting marks.
  await row(page, 'It is urgent').click();
  const article = page.getByLabel('Messages').locator('article', { hasText: 'It is' });
  await article.locator('strong', { hasText: 'urgent' }).waitFor();
  expect(await article.textContent()).toContain('<b>tags</b> and [this](javascript:alert(1))');
  expect(await article.locator('b, a').count()).toBe(0);

  const field = page.getByRole('textbox', { name: /^Reply to/ });
  await field.fill('Use npm start');
  await field.press('ControlOrMeta+Shift+ArrowLeft');
  await field.press('ControlOrMeta+b');
  // The formatter may still be loading.
  await expect.poll(() => field.inputValue()).toBe('Use npm *start*');
  await field.press('ControlOrMeta+z');
  expect(await field.inputValue()).toBe('Use npm start');
  await field.press('ControlOrMeta+a');
  await page.getByRole('button', { name: /^Code/ }).click();
  expect(await field.inputValue()).toBe('`Use npm start`');
  await field.press('End');
  await field.pressSequentially(' at https://foyer.example/docs.');
  await field.press('Enter');
  await bubble(widget, 'Use npm start').waitFor();
  expect(await widget.locator('code').textContent()).toBe('Use npm start');
  const link = widget.getByRole('link', { name: 'https://foyer.example/docs' });
  expect(await link.getAttribute('href')).toBe('https://foyer.example/docs');

  // A colon and two letters offer emoji by name; Escape leaves the typed text.
  await field.pressSequentially('Done :par');
  const names = page.getByRole('listbox', { name: 'Emoji' });
  await names.getByRole('option', { name: ':party:' }).waitFor();
  await expectAccessible('pictures by their names', page);
  await field.press('Enter');
  expect(await field.inputValue()).toBe('Done 🥳 ');
  await field.pressSequentially('at 10:30 :sm');
  await names.waitFor();
  await field.press('ArrowDown');
  await field.press('Escape');
  await names.waitFor({ state: 'detached' });
  expect(await field.inputValue()).toBe('Done 🥳 at 10:30 :sm');
});

describe('notifications', () => {
  /** Records the notifications and sounds of a tab, and can hide the tab. */
  async function listen(context: BrowserContext): Promise<void> {
    await context.addInitScript(() => {
      window.notified = { hidden: false, sounds: 0, notes: [] };
      Object.defineProperty(document, 'visibilityState', {
        get: () => (window.notified.hidden ? 'hidden' : 'visible'),
      });
      class Recorded {
        static permission = 'granted';
        onclick = () => {};
        constructor(title: string, { body = '' }: NotificationOptions) {
          window.notified.notes.push({ title, body, click: () => this.onclick() });
        }
        close() {}
      }
      Object.defineProperty(window, 'Notification', { value: Recorded });
      const make = AudioContext.prototype.createGain;
      AudioContext.prototype.createGain = function () {
        window.notified.sounds++;
        return make.call(this);
      };
    });
  }

  const hide = (page: Page, hidden: boolean) =>
    page.evaluate((now) => {
      window.notified.hidden = now;
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  /** The number of tabs that wait for their turn to notify. */
  const waitingTabs = async () =>
    (await navigator.locks.query()).pending?.filter(({ name }) => name?.includes('telling')).length;
  const notes = async (pages: Page[]) => {
    const tabs = await Promise.all(
      pages.map((page) => page.evaluate(() => window.notified.notes.map(({ body }) => body))),
    );
    return tabs.flat();
  };

  test('of several tabs one rings and notifies, a click opens the conversation, and another tab takes over', async ({
    foyer,
    person,
  }) => {
    const agent = await person();
    await listen(agent.context);
    await signIn(agent, foyer.origin, 'owner@acme.example');
    await agent.page.evaluate(async () => {
      await fetch('/api/admin/me', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ preferences: { browserNotifications: true } }),
      });
    });
    await agent.page.reload();
    await agent.page.getByRole('button', { name: 'Your status: Online' }).waitFor();
    const second = await agent.context.newPage();
    await second.goto(`${foyer.origin}/admin/inbox/all`);
    await second.getByRole('button', { name: 'Your status: Online' }).waitFor();
    const tabs = [agent.page, second];

    // A tab is visible: a sound, no notification, a number in the title.
    const talk = await startTalk(foyer.origin, 'Billing');
    await talk.say('Is *anybody* here?');
    for (const tab of tabs) await row(tab, 'Is anybody here?').waitFor();
    await expect.poll(() => agent.page.evaluate(() => window.notified.sounds)).toBe(2);
    expect(await second.evaluate(() => window.notified.sounds)).toBe(0);
    await expect.poll(() => second.title()).toMatch(/^\(\d+\)/);
    expect(await notes(tabs)).toEqual([]);

    // No tab is visible: one notification for all tabs; a click opens the conversation.
    for (const tab of tabs) await hide(tab, true);
    await talk.say('Hello?');
    await expect.poll(() => notes(tabs)).toEqual(['Hello?']);
    await agent.page.evaluate(() => window.notified.notes[0]?.click());
    await agent.page.waitForURL(`**/${talk.id}`);
    await message(agent.page, 'Hello?').waitFor();

    // The visible conversation, in any tab, causes no notification.
    await second.goto(`${foyer.origin}/admin/inbox/all/${talk.id}`);
    await message(second, 'Hello?').waitFor();
    await talk.say('I see you read this.');
    await message(second, 'I see you read this.').waitFor();
    // It counts as read after a second in sight.
    await row(second, 'I see you read this.').waitFor();
    const dot = row(second, 'I see you read this.').getByTitle(/^(Unread|No one has seen it)/);
    await dot.waitFor({ state: 'hidden' });
    await hide(second, true);
    const other = await startTalk(foyer.origin, 'Billing');
    await other.say('Another one.');
    await expect.poll(() => notes(tabs)).toEqual(['Hello?', 'Another one.']);

    // The tab that notified is closed: the next one takes over.
    await agent.page.close();
    await expect.poll(() => second.evaluate(waitingTabs)).toBe(0);
    await other.say('Still there?');
    await expect.poll(() => notes([second])).toEqual(['Still there?']);
  });

  test('A28, A30: an agent is online and notified on every page, and no save loads a list', async ({
    foyer,
    person,
  }) => {
    const [maya, tom] = [await person(), await person()];
    await listen(maya.context);
    const { page } = maya;
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
    await signIn(maya, foyer.origin, 'owner@acme.example');
    await signIn(tom, foyer.origin, 'agent@acme.example');
    const online = tom.page.getByRole('button', { name: /online: .*Maya Lindqvist/ });
    await online.waitFor();
    const waiting = async () => Number(/^\((\d+)\) /.exec(await page.title())?.[1] ?? 0);

    const places = [
      ['Search', 'Search'],
      ['Customers', 'Customers'],
      ['Settings', 'Departments'],
    ] as const;
    for (const [link, title] of places) {
      await page.getByRole('link', { name: link, exact: true }).first().click();
      await expect.poll(() => page.title()).toContain(`${title} · Foyer`);
      const before = await waiting();
      const talk = await startTalk(foyer.origin, 'Billing');
      await talk.say(`Anybody in ${link}?`);
      await row(tom.page, `Anybody in ${link}?`).waitFor();
      await expect.poll(waiting).toBe(before + 1);
      await page.getByRole('link', { name: /inbox/i }).first().click();
      await row(page, `Anybody in ${link}?`).waitFor();
    }
    await online.waitFor();
    expect(sockets).toEqual(['/api/admin/inbox/socket']);
    // Messages in quick succession make one sound.
    expect(await page.evaluate(() => window.notified.sounds)).toBeGreaterThan(0);

    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('link', { name: 'Labels' }).click();
    await page.getByRole('button', { name: 'New label' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Praise');
    const lists: string[] = [];
    for (const dashboard of [page, tom.page]) {
      dashboard.on('request', (request) => {
        if (request.method() === 'GET' && request.url().endsWith('/labels'))
          lists.push(request.url());
      });
    }
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Praise' }).waitFor();
    await tom.page.getByRole('link', { name: 'Praise' }).waitFor();
    expect(lists).toEqual([]);

    // On a page opened by its address they are online, too.
    await page.goto(`${foyer.origin}/admin/customers`);
    await expect.poll(() => sockets.length).toBe(2);
    await online.waitFor();

    // Away by choice, set by keyboard, and kept after a reload.
    await tom.page.getByRole('button', { name: 'Your status: Online' }).focus();
    await tom.page.keyboard.press('Enter');
    const first = tom.page.getByRole('menuitem', { name: /^Online/ });
    await first.and(tom.page.locator(':focus')).waitFor();
    await tom.page.keyboard.press('ArrowDown');
    await tom.page.keyboard.press('Enter');
    const away = tom.page.getByRole('button', { name: 'Your status: Away' });
    await away.waitFor();
    await tom.page.reload();
    await away.waitFor();
    await page.goto(`${foyer.origin}/admin/settings/team`);
    const member = page.getByRole('listitem').filter({ hasText: 'Tom Okafor' });
    await member.getByText('Away', { exact: true }).waitFor();
  });
});

test('A9: two tabs share a reply and a note, and send them once', async ({ foyer, person }) => {
  const talk = await startTalk(foyer.origin, 'Billing');
  await talk.say('Two tabs, please.');
  const agent = await person();
  await signIn(agent, foyer.origin, 'owner@acme.example');
  const tabs = [agent.page, await agent.context.newPage()] as const;
  const [first, second] = tabs;
  for (const page of tabs) {
    await page.goto(`${foyer.origin}/admin/inbox/all/${talk.id}`);
    await message(page, 'Two tabs, please.').waitFor();
  }
  const reply = (page: Page) => page.getByRole('textbox', { name: /^Reply to/ });
  const note = (page: Page) => page.getByRole('textbox', { name: /^Private note/ });

  await reply(first).fill('Here is the answer.');
  await expect.poll(() => reply(second).inputValue()).toBe('Here is the answer.');
  for (const page of tabs) await page.getByText('Note', { exact: true }).click();
  await note(second).fill('Only for us.');
  await expect.poll(() => note(first).inputValue()).toBe('Only for us.');
  await note(first).press('Enter');
  await expect.poll(() => note(second).inputValue()).toBe('');
  await second.getByText('Reply', { exact: true }).click();
  expect(await reply(second).inputValue()).toBe('Here is the answer.');
  await reply(second).press('Enter');
  await message(first, 'Here is the answer.').waitFor();
  await first.getByText('Reply', { exact: true }).click();
  await expect.poll(() => reply(first).inputValue()).toBe('');
  // A closed tab restores no draft.
  await first.close();
  await second.reload();
  await message(second, 'Here is the answer.').waitFor();
  expect(await reply(second).inputValue()).toBe('');
  await reply(second).fill('Typed after that.');
  await second.reload();
  await expect.poll(() => reply(second).inputValue()).toBe('Typed after that.');
});
