import type { AgentClient } from '../../drizzle/demo/people.ts';
import type { Foyer } from '../support/foyer.ts';
import type { Person } from '../support/person.ts';
import {
  bubble,
  composer,
  openWidget,
  pickDepartment,
  say,
  waitForAck,
} from '../support/visitor.ts';
import { shoot, shootMirrored } from './camera.ts';

/** Everything that a visitor comes by, on the page to try Foyer on. */
export async function shootVisitor(
  { page, context }: Person,
  foyer: Foyer,
  maya: AgentClient,
): Promise<void> {
  await page.goto(`${foyer.origin}/test-widget.html`);
  await page.getByRole('button', { name: 'Open chat' }).waitFor();
  await shoot(page, 'visitor-01-launcher');
  const widget = await openWidget(page);
  await widget.getByText('Invoices and payments').waitFor();
  await shoot(page, 'visitor-02-departments', [
    { size: 'phone', scheme: 'light', as: 'departments' },
  ]);
  await shootMirrored(page, 'visitor-02-departments');

  await pickDepartment(widget, 'Sales');
  await widget.getByLabel('Name').fill('Priya Raman');
  await shoot(page, 'visitor-03-form');
  await widget.getByRole('button', { name: 'Start conversation' }).click();
  await widget.getByText('This field is required.').first().waitFor();
  await shoot(page, 'visitor-04-form-mistakes');
  await shootMirrored(page, 'visitor-04-form-mistakes');
  await widget.getByLabel('Work e-mail').fill('priya@ramandesign.example');
  await widget.getByLabel('Team size').selectOption('2 to 10');
  await widget.getByRole('button', { name: 'Start conversation' }).click();
  await composer(widget).waitFor();
  await shoot(page, 'visitor-05-begin');

  await say(widget, 'Hi! Does the Harbour 30 fit a 16-inch laptop?');
  await waitForAck(widget);
  const [row] = await foyer.query('SELECT id FROM conversations ORDER BY created_at DESC LIMIT 1');
  const id = String(row?.id);
  await maya.reply(id, 'Hello Priya! It does: the sleeve is 38 cm, so there is room for a case.');
  await say(widget, 'Perfect. We are eight people, is there something for teams?');
  await waitForAck(widget);
  const offer = 'From six packs on we take 15 % off, and your logo on the flap is free.';
  await maya.reply(id, offer);
  await maya.reply(id, 'Shall I send you a picture?');
  await bubble(widget, offer).waitFor();
  await say(widget, 'Yes, please!');
  await waitForAck(widget);
  await shoot(page, 'visitor-06-conversation', [
    { size: 'desktop', scheme: 'light', as: 'conversation' },
  ]);
  await shootMirrored(page, 'visitor-06-conversation');
  await composer(widget).fill('One more question.\nDo you have it in green?\nOr in blue?');
  await shoot(page, 'visitor-07-writing');
  await composer(widget).fill('');

  await context.setOffline(true);
  await say(widget, 'Are you still there?');
  await widget.getByText('You’re offline.').waitFor();
  await shoot(page, 'visitor-08-offline');
  await context.setOffline(false);
  await widget.getByText('You’re offline.').waitFor({ state: 'hidden' });
  await waitForAck(widget);

  await page.getByRole('button', { name: /^Close chat/ }).click();
  await maya.reply(id, 'Here it is, in green and in blue.');
  await page.getByRole('button', { name: /^Open chat, / }).waitFor();
  await shoot(page, 'visitor-09-unread');
  await openWidget(page);
  await bubble(widget, 'Here it is, in green and in blue.').waitFor();

  await widget.getByRole('button', { name: 'More options' }).click();
  await widget.getByRole('button', { name: 'Switch team' }).waitFor();
  await shoot(page, 'visitor-10-menu');
  await widget.getByRole('button', { name: 'Switch team' }).click();
  await widget.getByRole('heading', { name: 'Talk to another team' }).waitFor();
  await shoot(page, 'visitor-11-change-department');
  await pickDepartment(widget, 'Billing');
  await widget.getByRole('heading', { name: 'Billing' }).waitFor();
  await say(widget, 'مرحبا، هل تشحنون إلى عمّان؟');
  await say(widget, '🎉👍');
  await say(widget, `https://northwind.example/orders/${'8f14e45fceea167a'.repeat(8)}`);
  await waitForAck(widget);
  await shoot(page, 'visitor-12-unusual-messages');
  await widget.getByRole('button', { name: 'More options' }).click();
  await widget.getByRole('button', { name: 'End conversation' }).click();
  await widget.getByRole('heading', { name: 'End this conversation?' }).waitFor();
  await shoot(page, 'visitor-13-end');
  await widget.getByRole('dialog').getByRole('button', { name: 'End conversation' }).click();
  await widget.getByText('This conversation has ended.').waitFor();
  await shoot(page, 'visitor-14-ended');
  await widget.getByRole('button', { name: 'Start a new conversation' }).click();
  await widget.getByRole('button').filter({ hasText: 'Earlier conversations' }).click();
  await widget.getByRole('button').filter({ hasText: 'Sales' }).waitFor();
  await shoot(page, 'visitor-15-earlier');
  await widget.getByRole('button').filter({ hasText: 'Sales' }).click();
  await bubble(widget, offer).waitFor();
  await shoot(page, 'visitor-16-transcript');
}
