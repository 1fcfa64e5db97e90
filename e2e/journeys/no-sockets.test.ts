import type { BrowserContext } from 'playwright-core';
import { answer, message, row, signIn } from '../support/agent.ts';
import { test } from '../support/harness.ts';
import { bubble, openWidget, say, startBilling, waitForAck } from '../support/visitor.ts';

/** As behind a proxy that blocks WebSockets: each fails before it opens. */
async function blockSockets(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    class Blocked {
      onclose: ((event: { code: number; reason: string }) => void) | null = null;
      constructor() {
        setTimeout(() => this.onclose?.({ code: 1006, reason: '' }));
      }
      close(): void {}
    }
    Object.assign(window, { WebSocket: Blocked });
  });
}

test('where no socket opens, both sides talk over HTTP, and nothing arrives twice', {
  timeout: 120_000,
}, async ({ foyer, site, person }) => {
  const visitor = await person();
  await blockSockets(visitor.context);
  await visitor.page.goto(site.page());
  const widget = await openWidget(visitor.page);
  await startBilling(widget);
  await say(widget, 'Can you hear me?');
  await waitForAck(widget);

  const agent = await person();
  await blockSockets(agent.context);
  await signIn(agent, foyer.origin, 'agent@acme.example');
  await row(agent.page, 'Can you hear me?').click();
  await message(agent.page, 'Can you hear me?').waitFor();
  await answer(agent.page, 'Loud and clear.');

  await bubble(widget, 'Loud and clear.').waitFor();
  await widget.getByRole('log').getByText('joined').waitFor();
  await say(widget, 'Good.');
  await message(agent.page, 'Good.').waitFor();
  await widget.getByRole('heading', { level: 1 }).waitFor();
});
