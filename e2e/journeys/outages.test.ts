import { expect } from 'vitest';
import { answer, message, openQueue, row, signIn } from '../support/agent.ts';
import { test } from '../support/harness.ts';
import { holdAhead } from '../support/load-ahead.ts';
import { deployNewVersion } from '../support/new-version.ts';
import { bubble, openWidget, say, startBilling, waitForAck, widgetOf } from '../support/visitor.ts';

/** The console errors of a browser without a network. */
const networkErrors = /net::ERR_|WebSocket connection to/;

test('P4, P9: a message whose ack was lost to a reload arrives once', async ({
  foyer,
  site,
  person,
}) => {
  const { context, page } = await person();
  let isCut = false;
  await context.routeWebSocket(/\/socket$/, (socket) => {
    const server = socket.connectToServer();
    // The visitor's frames arrive, but no answer comes back.
    server.onMessage((frame) => {
      if (!isCut) socket.send(frame);
    });
  });
  await page.goto(site.page());
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'First');
  await waitForAck(widget);
  isCut = true;
  await say(widget, 'In mid-send');
  await widget.getByText('Sending…').waitFor();
  await expect
    .poll(async () => (await foyer.query('SELECT last_seq FROM conversations'))[0]?.last_seq, {
      timeout: 15_000,
    })
    .toBe(2);

  await page.reload();
  isCut = false;
  await openWidget(page);
  await bubble(widgetOf(page), 'In mid-send').waitFor();
  await waitForAck(widgetOf(page));
  expect(await bubble(widgetOf(page), 'In mid-send').count()).toBe(1);
});

test('P9: a message that was written offline survives a reload and is sent when the network is back', async ({
  site,
  person,
}) => {
  const { context, page, problems } = await person();
  problems.allow(networkErrors);
  await page.goto(site.page());
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'Before');
  await waitForAck(widget);
  await context.setOffline(true);
  await widget.getByText('You’re offline.').waitFor();
  await say(widget, 'While away');
  await widget.getByText('Sending…').waitFor();
  await page.goto('about:blank');
  await context.setOffline(false);
  await page.goto(site.page());
  await openWidget(page);
  await bubble(widgetOf(page), 'While away').waitFor();
  await waitForAck(widgetOf(page));
  expect(await bubble(widgetOf(page), 'While away').count()).toBe(1);
});

test('P2: a restart of the server loses nothing on either side', async ({
  foyer,
  site,
  person,
}) => {
  const visitor = await person();
  visitor.problems.allow(networkErrors);
  await visitor.page.goto(site.page());
  const widget = await openWidget(visitor.page);
  await startBilling(widget);
  await say(widget, 'Seen as sent');
  await waitForAck(widget);
  const agent = await person();
  agent.problems.allow(networkErrors);
  await signIn(agent, foyer.origin, 'agent@acme.example');
  await row(agent.page, 'Seen as sent').click();
  await message(agent.page, 'Seen as sent').waitFor();

  await foyer.stop();
  await say(widget, 'From the visitor, meanwhile');
  await answer(agent.page, 'From the agent, meanwhile');
  await widget.getByText('Sending…').waitFor();
  await foyer.start();

  await bubble(widget, 'From the agent, meanwhile').waitFor({ timeout: 40_000 });
  await message(agent.page, 'From the visitor, meanwhile').waitFor({ timeout: 40_000 });
  for (const text of ['Seen as sent', 'From the visitor, meanwhile', 'From the agent, meanwhile']) {
    expect(await bubble(widget, text).count()).toBe(1);
    expect(await message(agent.page, text).count()).toBe(1);
  }
  // The list agrees with the socket.
  await openQueue(agent.page, 'All open');
  await row(agent.page, 'meanwhile').waitFor();
});

for (const script of ['widget.js', 'foyer.js']) {
  test(`V6: a panel that was opened offline loads when the network is back (${script})`, async ({
    site,
    person,
  }) => {
    const { context, page, problems } = await person();
    problems.allow(networkErrors);
    await page.goto(site.page({ script }));
    const launcher = page.getByRole('button', { name: 'Open chat' });
    await launcher.waitFor();
    await context.setOffline(true);
    const failed = page.waitForEvent('console', (message) => message.text().startsWith('Foyer'));
    await launcher.click();
    await failed;
    await context.setOffline(false);
    await widgetOf(page).getByText('Billing').waitFor();
    expect(await page.locator('iframe[title="Chat"]').count()).toBe(1);
  });
}

test('V6: a frame or session that failed to load is loaded again at the next opening', async ({
  site,
  person,
}) => {
  const { context, page, problems } = await person();
  problems.allow(networkErrors);
  problems.allow(/postMessage/);
  let requests = 0;
  const frames = (url: URL) => url.pathname === '/widget/frame';
  await context.route(frames, (route) => {
    requests += 1;
    return route.abort('connectionreset');
  });
  await page.goto(site.page());
  const launcher = page.getByRole('button', { name: /^(Open|Close) chat/ });
  await launcher.click();
  await expect.poll(() => requests).toBe(1);
  // Nothing is requested again by itself.
  await page.waitForTimeout(4_000);
  expect(requests).toBe(1);
  await context.unroute(frames);
  await context.route('**/api/widget/sessions', (route) => route.abort('connectionreset'));
  await launcher.click();
  await launcher.click();
  await widgetOf(page).getByRole('button', { name: 'Try again' }).waitFor();
  await context.unroute('**/api/widget/sessions');
  await launcher.click();
  await launcher.click();
  await widgetOf(page).getByText('Billing').waitFor();
});

/** The console errors for a missing part and for a page with new file names. */
const missingPart = /status of 404|Failed to fetch dynamically imported module|Unable to preload/;

test('O4: after a deployment a page that was not loaded yet loads in the new version', async ({
  foyer,
  person,
}) => {
  const agent = await person();
  agent.problems.allow(missingPart);
  await signIn(agent, foyer.origin, 'owner@acme.example');
  await agent.page.waitForLoadState('networkidle');
  await deployNewVersion(agent.context);
  await agent.page.getByRole('link', { name: 'Customers' }).click();
  await agent.page.getByRole('heading', { name: 'Customers' }).waitFor();
  expect(new URL(agent.page.url()).pathname).toBe('/admin/customers');
});

test('O4: a missing part of the dashboard offers to reload, and drafts are kept', async ({
  foyer,
  site,
  person,
}) => {
  const visitor = await person();
  await visitor.page.goto(site.page());
  const widget = await openWidget(visitor.page);
  await startBilling(widget);
  await say(widget, 'My invoice is wrong');
  await waitForAck(widget);
  const agent = await person();
  const { page } = agent;
  agent.problems.allow(missingPart);
  await holdAhead(agent.context);
  await signIn(agent, foyer.origin, 'owner@acme.example');
  await openQueue(page, 'Unassigned');
  await row(page, 'My invoice is wrong').click();
  await page.getByRole('textbox', { name: /^Reply to/ }).fill('Let me look');
  await page.waitForLoadState('networkidle');
  await deployNewVersion(agent.context);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByText('A new version of Foyer is available. Drafts are saved.').waitFor();
  expect(await page.getByText('Check your connection').count()).toBe(0);
  await page.getByRole('button', { name: 'Reload' }).click();
  await expect
    .poll(() => page.getByRole('textbox', { name: /^Reply to/ }).inputValue())
    .toBe('Let me look');
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('dialog').waitFor();
});

test('O4: the widget loads the new version by itself and keeps draft and conversation', async ({
  site,
  person,
}) => {
  const { context, page, problems } = await person();
  problems.allow(missingPart);
  await page.goto(site.page());
  const widget = await openWidget(page);
  await startBilling(widget);
  await say(widget, 'Before the new version');
  await waitForAck(widget);
  await widget.getByRole('textbox', { name: 'Message' }).fill('Half a thought');
  await page.waitForLoadState('networkidle');
  await deployNewVersion(context);
  const renewed = page.waitForEvent('framenavigated');
  await widget.getByRole('button', { name: 'More options' }).click();
  await renewed;
  const draft = widgetOf(page).getByRole('textbox', { name: 'Message' });
  await expect.poll(() => draft.inputValue()).toBe('Half a thought');
  await bubble(widgetOf(page), 'Before the new version').waitFor();
  await widgetOf(page).getByRole('button', { name: 'More options' }).click();
  await widgetOf(page).getByRole('button', { name: 'E-mail me a copy' }).waitFor();
});
