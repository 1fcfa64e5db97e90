import { expect } from 'vitest';
import { signIn } from './agent.ts';
import { test } from './harness.ts';
import { composer, openWidget, say, waitForAck, widgetOf } from './visitor.ts';

test('with one department nothing is asked; who has earlier conversations chooses; without any that is said', async ({
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
  await empty.getByText('Nobody can be reached here yet. Please come back later.').waitFor();
  expect(await empty.getByRole('listitem').count()).toBe(1);
  await foyer.query('UPDATE departments SET visible = 1');
});

test('cards say who is there', async ({ foyer, site, person }) => {
  const billing = async (name: RegExp) => {
    const { page } = await person();
    await page.goto(site.page());
    await (await openWidget(page)).getByRole('button', { name }).waitFor();
  };
  await billing(/^Billing.*Nobody is here right now\.$/s);
  const agent = await person();
  await signIn(agent, foyer.origin, 'agent@acme.example');
  await agent.page.getByText('you', { exact: true }).waitFor();
  await billing(/^Billing.*Online now · Tom Okafor$/s);
});
