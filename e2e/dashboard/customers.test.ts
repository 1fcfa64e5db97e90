import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { startTalk } from '../../drizzle/demo/people.ts';
import { message, signIn } from '../support/agent.ts';
import { test } from '../support/harness.ts';

/** Customers: finding, editing, blocking and exporting them, and searching their messages. */

test('a customer is found, edited, noted, blocked and exported, and their messages are found', async ({
  foyer,
  person,
}) => {
  const answers = (name: string, email: string) => ({
    Name: name,
    'E-mail': email,
    'What happened?': 'It broke',
  });
  const ada = await startTalk(foyer.origin, 'Support', answers('Ada Byron', 'ada@mail.example'));
  for (let line = 1; line <= 40; line += 1) {
    await ada.say(line === 3 ? 'My parcel has a **marmalade** stain.' : `Line ${line}`);
  }
  await ada.end();
  const ben = await startTalk(foyer.origin, 'Billing');
  await ben.say('Who am I?');
  const agent = await person();
  await signIn(agent, foyer.origin, 'owner@acme.example');
  const { page } = agent;
  await page.evaluate(async (id) => {
    const headers = { 'content-type': 'application/json' };
    const call = async (path: string, method: string, json: unknown) => {
      const body = JSON.stringify(json);
      return await (await fetch(`/api/admin/${path}`, { method, headers, body })).json();
    };
    const { label } = await call('labels', 'POST', { name: 'Parcel', color: '#aa3300' });
    await call(`conversations/${id}`, 'PATCH', { addLabels: [label.id] });
  }, ada.id);

  // The list: filtered, searched, sorted.
  await page.goto(`${foyer.origin}/admin/customers`);
  const people = page.getByRole('main').getByRole('link', { name: /conversation/ });
  const names = async () => await people.evaluateAll((all) => all.map((link) => link.textContent));
  await people.filter({ hasText: 'Ada Byron' }).waitFor();
  await expect.poll(async () => (await names()).length).toBe(2);
  expect((await names())[0]).toContain('Anonymous Visitor');
  await page.getByRole('button', { name: 'Filter' }).click();
  await page.getByLabel('Label').selectOption('Parcel');
  await expect.poll(names).toEqual([expect.stringContaining('Ada Byron')]);
  await page.getByLabel('Label').selectOption('');
  await page.getByLabel('Department').selectOption('Billing');
  await expect.poll(names).toEqual([expect.stringContaining('Anonymous Visitor')]);
  await page.getByLabel('Department').selectOption('');
  await page.getByLabel('Has e-mail').check();
  await expect.poll(names).toEqual([expect.stringContaining('ada@mail.example')]);
  await page.getByLabel('Has e-mail').uncheck();
  await page.getByLabel('Order').selectOption('Newest first');
  await expect.poll(async () => (await names()).length).toBe(2);
  await page.getByLabel('Search customers').fill('byr');
  await expect.poll(names).toEqual([expect.stringContaining('Ada Byron')]);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export as CSV' }).click(),
  ]);
  const lines = readFileSync(await file.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain('ada@mail.example');

  // The page: edited in place, noted, blocked.
  await people.first().click();
  await page.getByRole('button', { name: 'Phone: unknown. Edit' }).click();
  await page.getByRole('textbox', { name: 'Phone' }).fill('+44 20 7946 0000');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Phone: +44 20 7946 0000. Edit' }).waitFor();
  await page.getByRole('textbox', { name: 'New note' }).fill('Likes engines.');
  await page.getByRole('region', { name: 'Notes' }).getByRole('button').last().click();
  await page.getByText('Likes engines.').waitFor();
  const choose = async (choice: string) => {
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: choice }).click();
  };
  await choose('Block…');
  await page
    .getByRole('dialog')
    .getByText(/until you unblock them/)
    .waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
  await page.getByText(/They can’t open the chat/).waitFor();
  await expect(ada.say('Hello?')).rejects.toThrow();
  await page.reload();
  await page.getByRole('button', { name: 'Phone: +44 20 7946 0000. Edit' }).waitFor();
  await choose('Unblock');
  await page.getByText(/They can’t open the chat/).waitFor({ state: 'detached' });

  // The search: results are marked, and open at the message.
  await page.goto(`${foyer.origin}/admin/search`);
  await page.getByLabel('Search customers and messages').fill('marmal');
  const hit = page.getByRole('region', { name: 'Messages' }).getByRole('link');
  await hit.getByText('marmalade', { exact: true }).waitFor();
  expect(await hit.locator('mark').textContent()).toBe('marmalade');
  await hit.click();
  await page.waitForURL(`**/${ada.id}**`);
  const hitMessage = page.getByLabel('Messages').getByText('My parcel has a', { exact: false });
  await hitMessage.waitFor();
  await expect
    .poll(() =>
      hitMessage.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top > 0 && bottom < innerHeight;
      }),
    )
    .toBe(true);
});

test('the palette reaches actions, places and customers by keyboard', async ({ foyer, person }) => {
  const talk = await startTalk(foyer.origin, 'Sales', {
    Name: 'Zoë Palettova',
    'Work e-mail': 'zoe@example.com',
    'Team size': 'Just me',
  });
  await talk.say('Where is my parcel?');
  const agent = await person();
  await signIn(agent, foyer.origin, 'owner@acme.example');
  const { page } = agent;
  const field = page.getByRole('combobox', { name: 'Command menu' });
  const choose = async (typed: string, option: RegExp) => {
    await page.keyboard.press('Control+k');
    await field.fill(typed);
    await page.getByRole('option', { name: option, selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await field.waitFor({ state: 'detached' });
  };

  await choose('zoë pal', /Zoë Palettova/);
  await page.waitForURL(`**/${talk.id}`);
  await message(page, 'Where is my parcel?').waitFor();
  await choose('assign to me', /^Assign to me/);
  await page.getByRole('button', { name: 'Assignee: Maya Lindqvist' }).waitFor();
  await choose('note', /private note/);
  await page
    .getByRole('textbox', { name: /^Private note/ })
    .and(page.locator(':focus'))
    .waitFor();
  await choose('billing', /^Billing/);
  await page.waitForURL('**/inbox/all?department=*');
  await choose('canned', /^Canned responses/);
  await page.waitForURL('**/settings/canned-responses');
  await choose('zo', /Zoë Palettova/);
  await page.waitForURL(`**/${talk.id}`);
  await choose('theme dark', /^Theme: Dark/);
  await expect.poll(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
});
