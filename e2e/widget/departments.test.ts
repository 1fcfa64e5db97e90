import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { signIn } from '../support/agent.ts';
import { test } from '../support/harness.ts';
import {
  composer,
  openWidget,
  say,
  startBilling,
  waitForAck,
  widgetOf,
} from '../support/visitor.ts';

test('one department opens at once, unless there are earlier conversations; none at all has a text', async ({
  foyer,
  site,
  person,
}) => {
  await foyer.query(`UPDATE departments SET visible = 0 WHERE name IN ('Sales', 'Support')`);
  const { page } = await person();
  await page.goto(site.page());
  const widget = await openWidget(page);
  await composer(widget).waitFor();
  await say(widget, 'Straight to it');
  await waitForAck(widget);

  await widget.getByRole('button', { name: 'More options' }).click();
  await widget.getByRole('button', { name: 'End conversation' }).click();
  await widget.getByRole('dialog').getByRole('button', { name: 'End conversation' }).click();
  await widget.getByText('This conversation has ended.').waitFor();
  await page.reload();
  await openWidget(page);
  await widgetOf(page)
    .getByRole('button', { name: /^Billing/ })
    .waitFor();
  await widgetOf(page).getByRole('button', { name: 'Earlier conversations' }).click();
  await widgetOf(page).getByText('Straight to it').waitFor();

  await foyer.query('UPDATE departments SET visible = 0');
  const stranger = await person();
  await stranger.page.goto(site.page());
  const empty = await openWidget(stranger.page);
  await empty.getByText('Chat isn’t available yet. Please try again later.').waitFor();
  expect(await empty.getByRole('listitem').count()).toBe(1);
  await foyer.query('UPDATE departments SET visible = 1');
});

test('cards say who is online', async ({ foyer, site, person }) => {
  const billing = async (name: RegExp) => {
    const { page } = await person();
    await page.goto(site.page());
    await (await openWidget(page)).getByRole('button', { name }).waitFor();
  };
  await billing(/^Billing.*We’re away right now\.$/s);
  const agent = await person();
  await signIn(agent, foyer.origin, 'agent@acme.example');
  await agent.page.getByRole('button', { name: 'Your status: Online' }).waitFor();
  await billing(/^Billing.*Online now · Tom Okafor$/s);
});

/** Sets the form of a department. */
const formOf = (...fields: object[]) => JSON.stringify(fields).replaceAll("'", "''");
const FIELD = { type: 'text', required: false, options: [] };

test('V4: a form that changes while it is open is updated, in the visitor’s language, and keeps the answers', async ({
  foyer,
  site,
  person,
}) => {
  const setForm = (...fields: object[]) =>
    foyer.query(`UPDATE departments SET pre_chat_fields = '${formOf(...fields)}', translations = '{}'
      WHERE name = 'Billing'`);
  const name = { ...FIELD, id: 'name', label: 'Wer', type: 'name', required: true };
  const size = { ...FIELD, id: 'size', label: 'Größe', type: 'select', options: ['S', 'M'] };
  const about = { ...FIELD, id: 'about', label: 'Worum' };
  await setForm(name, size, about);
  const { page, problems } = await person({ locale: 'de-DE' });
  problems.allow(/status of 400 .*\/api\/widget\/conversations/);
  await page.goto(site.page());
  const widget = await openWidget(page);
  await widget.getByRole('button', { name: /^Billing/ }).click();
  await widget.getByLabel('Wer').fill('Ada');
  await widget.getByLabel('Größe').selectOption('M');
  await widget.getByLabel('Worum').fill('Eine Frage');

  // One field is removed, one added, one has other choices, and one another type.
  await setForm(
    name,
    { ...size, required: true, options: ['S', 'L'] },
    { ...FIELD, id: 'mail', label: 'Adresse', type: 'email', required: true },
  );
  const start = widget.getByRole('button', { name: 'Unterhaltung beginnen' });
  await start.dblclick();
  await widget.getByText('Das Formular wurde geändert. Bitte prüfen Sie Ihre Angaben.').waitFor();
  expect(await widget.getByLabel('Wer').inputValue()).toBe('Ada');
  expect(await widget.getByLabel('Worum').count()).toBe(0);
  expect(await widget.getByLabel('Größe').inputValue()).toBe('');
  await widget.getByText('Bitte wählen Sie eine der Möglichkeiten.').waitFor();
  await widget.getByLabel('Größe').selectOption('L');
  await widget.getByLabel('Adresse').fill('ada@example.org');
  await start.dblclick();
  await widget.getByRole('textbox', { name: 'Nachricht' }).waitFor();
  await setForm();
});

test('V5: an archived team is reported, and the others can be chosen', async ({
  foyer,
  site,
  person,
}) => {
  const show = (visible: 0 | 1) =>
    foyer.query(`UPDATE departments SET visible = ${visible} WHERE name IN ('Billing', 'Sales')`);
  const { page, problems } = await person();
  problems.allow(/status of 404 .*\/api\/widget\/conversations/);
  await page.goto(site.page());
  const widget = await openWidget(page);
  await widget.getByRole('button', { name: /^Sales/ }).waitFor();
  await show(0);
  await widget.getByRole('button', { name: /^Billing/ }).click();
  await widget.getByText('This team isn’t available right now.').waitFor();
  await widget.getByRole('button', { name: /^Billing/ }).waitFor({ state: 'detached' });
  await widget.getByRole('button', { name: /^Support/ }).click();

  // While its form is open: typed answers stay.
  await show(1);
  const form = widget.locator('form');
  await form.getByLabel(/name/i).first().fill('Ada');
  await form.getByLabel(/mail/i).first().fill('ada@example.org');
  await form.locator('textarea').fill('It does not start');
  await foyer.query("UPDATE departments SET visible = 0 WHERE name = 'Support'");
  await widget.getByRole('button', { name: 'Start conversation' }).click();
  await widget.getByText('This team isn’t available right now.').waitFor();
  expect(await form.locator('textarea').inputValue()).toBe('It does not start');
  await widget.getByRole('button', { name: 'Talk to another team' }).click();
  await widget.getByRole('button', { name: /^Billing/ }).click();
  await composer(widget).waitFor();
  await foyer.query('UPDATE departments SET visible = 1');
});

/** Asks the API as the person who is signed in on a page. */
function callApi(page: Page, method: string, path: string, body: object): Promise<{ id: string }> {
  return page.evaluate(
    async ({ method, path, body }) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(path, { method, headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(await answer.text());
      const { schedule, department } = await answer.json();
      return schedule ?? department;
    },
    { method, path: `/api/admin/${path}`, body },
  );
}

test('C15: a closed department says when it opens on the visitor’s clock, and asks for an address', async ({
  foyer,
  site,
  person,
}) => {
  const owner = await person();
  await signIn(owner, foyer.origin, 'owner@acme.example');
  const [billing] = await foyer.query("SELECT id FROM departments WHERE name = 'Billing'");
  // Open for an hour a day, which begins in one to two hours.
  const hour = (new Date().getUTCHours() + 2) % 24;
  const slot = [hour, hour + 1].map((at) => `${`${at}`.padStart(2, '0')}:00`);
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const { id: scheduleId } = await callApi(owner.page, 'POST', 'schedules', {
    name: 'Night',
    timezone: 'UTC',
    weekly: Object.fromEntries(days.map((day) => [day, [slot]])),
    exceptions: [],
  });
  const follow = (scheduleId: string | null) =>
    callApi(owner.page, 'PATCH', `departments/${billing?.id}`, { scheduleId });
  await follow(scheduleId);

  const { page } = await person({ timezoneId: 'Asia/Kolkata' });
  await page.clock.install();
  await page.goto(site.page());
  const widget = await openWidget(page);
  const clock = (timeZone: string) =>
    new Date(Date.UTC(2030, 0, 1, hour))
      .toLocaleTimeString('en', { timeZone, hour: 'numeric', minute: '2-digit' })
      .replace(/\s/, '\\s');
  const back = `Back (today|tomorrow) at ${clock('UTC')}`;
  const yours = `your time (\\w+, )?${clock('Asia/Kolkata')}`;
  const card = widget.getByRole('button', {
    name: new RegExp(`^Billing.*${back} \\(${yours}\\)`, 's'),
  });
  await card.click();
  await widget.getByText('Leave your e-mail address so that we can').waitFor();
  await widget.getByLabel('E-mail').fill('ada@example.org');
  await widget.getByRole('button', { name: 'Back' }).click();
  await card.waitFor();

  // It opens, and an open list says so when the visitor comes back to it.
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await follow(null);
  await page.clock.fastForward('01:10');
  await page.mouse.move(0, 0);
  expect(requests).toEqual([]);
  await card.hover();
  await widget.getByRole('button', { name: /^Billing.*(away right now|Online now)/s }).click();
  await composer(widget).waitFor();
});

test.for([
  { width: 667, height: 375 },
  { width: 481, height: 320 },
])(
  'V15: half of the panel shows messages at $width by $height',
  async (viewport, { site, person }) => {
    const { page } = await person({ viewport });
    await page.goto(site.page());
    const widget = await openWidget(page);
    await startBilling(widget);
    await say(widget, 'In a low window');
    await waitForAck(widget);
    const log = await widget.getByRole('log').boundingBox();
    const panel = await page.locator('iframe[title="Chat"]').boundingBox();
    expect((log?.height ?? 0) / (panel?.height ?? 1)).toBeGreaterThanOrEqual(0.5);
  },
);

test('V24: the header names the department that a conversation was moved to, at once and in all tabs', async ({
  foyer,
  site,
  person,
}) => {
  const { page, context } = await person();
  await page.goto(site.page());
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'Where does this go?');
  await waitForAck(widget);
  const tab = await context.newPage();
  await tab.goto(site.page());
  const other = await openWidget(tab);
  await other.getByRole('heading', { level: 1, name: 'Billing' }).waitFor();

  const agent = await person();
  await signIn(agent, foyer.origin, 'agent@acme.example');
  await agent.page.evaluate(async () => {
    const ask = async (path: string, change?: object) => {
      const answer = await fetch(`/api/admin/${path}`, {
        ...(change && {
          method: 'PATCH',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(change),
        }),
      });
      if (!answer.ok) throw new Error(await answer.text());
      return answer.json();
    };
    const { items } = await ask('conversations');
    const { items: departments } = await ask('departments');
    const moved = items.find(
      (one: { last_message_preview: string }) => one.last_message_preview === 'Where does this go?',
    );
    const sales = departments.find((one: { name: string }) => one.name === 'Sales');
    await ask(`conversations/${moved.id}`, { departmentId: sales.id });
  });
  for (const view of [widget, other]) {
    await view.getByRole('heading', { level: 1, name: 'Sales' }).waitFor();
  }
  await widget.getByRole('button', { name: 'Back' }).click();
  await widget.getByText('This ends your conversation with Sales.').waitFor();
  await page.reload();
  await openWidget(page);
  await widgetOf(page).getByRole('heading', { level: 1, name: 'Sales' }).waitFor();
});

test('V24: one long word on the launcher fits a window of 320 px', async ({ site, person }) => {
  const { page } = await person({ viewport: { width: 320, height: 640 } });
  const text = 'Kundendienstmitarbeiterinnenverzeichnisabfrage';
  await page.goto(site.page({ script: `widget.js" data-text="${text}` }));
  const launcher = page.getByRole('button', { name: /^Open chat/ });
  const box = await launcher.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(320);
  // No part of the word is cut off.
  const within = await launcher.evaluate((button) => button.scrollWidth <= button.clientWidth);
  expect(within).toBe(true);
});
