import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { talks } from '../../drizzle/demo/talks.ts';
import { row, signIn } from '../support/agent.ts';
import { expectAccessible } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';
import { startFoyer } from '../support/foyer.ts';
import { meet } from '../support/person.ts';
import { openWidget, say } from '../support/visitor.ts';

test('the first start creates demo conversations, and the next one leaves them alone; a new owner is led to a first chat', {
  timeout: 120_000,
}, async () => {
  // What these variables are missing or hold shows that the Worker gets them.
  const vars = { FOYER_QUOTAS: '{', FOYER_TURNSTILE_SITE_KEY: 'a key without a secret' };
  const foyer = await startFoyer({ vars });
  onTestFinished(foyer.dispose);
  const counts = () =>
    foyer.query(`SELECT count(*) AS conversations, sum(status = 'closed') AS closed,
      sum(message_count) AS messages FROM conversations`);
  const expected = {
    conversations: talks.length,
    closed: talks.filter((talk) => 'closed' in talk).length,
    messages: talks.flatMap(({ lines }) => lines.filter(([who]) => who !== 'n')).length,
  };
  await expect.poll(counts).toEqual([expected]);
  const health = await (await fetch(`${foyer.origin}/api/health`)).json();
  expect(health).toMatchObject({
    problems: expect.arrayContaining(['quotas_invalid', 'human_check_incomplete']),
  });
  await foyer.stop();
  await foyer.start();
  expect(await counts()).toEqual([expected]);
  // Globex has nothing yet: its owner tries the chat, which appears beside the steps.
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());
  const owner = await meet(await browser.newContext({ viewport: { width: 1440, height: 900 } }));
  await signIn(owner, foyer.origin, 'owner@globex.example');
  const steps = owner.page.getByRole('region', { name: 'Get started' });
  await steps.getByText('1 of 5 done').waitFor();
  await steps.getByRole('button', { name: /^Try it yourself/ }).click();
  await expectAccessible('get started', owner.page);
  const opened = owner.context.waitForEvent('page');
  await steps.getByRole('link', { name: 'Open a test chat' }).click();
  const widget = await openWidget(await opened);
  await widget.getByLabel('Name').fill('Priya');
  await widget.getByLabel('E-mail').fill('priya@globex.example');
  await widget.getByRole('button', { name: 'Start conversation' }).click();
  await say(widget, 'Is this thing on?');
  await row(owner.page, 'Is this thing on?').waitFor();
  await steps.getByText('2 of 5 done').waitFor();
  await steps.getByRole('link', { name: 'Open the conversation' }).waitFor();
  expect(owner.problems.unexpected()).toEqual([]);
  // O12: the folder has data and no traces of requests.
  const kinds = [
    ...['cache', 'd1', 'do', 'flagship', 'foyer.json', 'kv', 'queues', 'r2', 'ratelimit'],
    // Running jobs.
    'workflows',
  ];
  expect(kinds).toEqual(expect.arrayContaining(readdirSync(join(foyer.folder, 'v3'))));
});
