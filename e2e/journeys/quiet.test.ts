import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { inLanguage } from '../../worker/features/pages/frame-language.ts';
import { answer, row, signIn } from '../support/agent.ts';
import type { Foyer } from '../support/foyer.ts';
import { test } from '../support/harness.ts';
import { holdAhead, loadedAhead, releaseAhead } from '../support/load-ahead.ts';
import { bubble, openWidget, say, startBilling, waitForAck } from '../support/visitor.ts';

const client = join(import.meta.dirname, '..', '..', 'dist', 'client');

async function rows(foyer: Foyer) {
  const [counts] = await foyer.query(`SELECT (SELECT count(*) FROM widget_customers) AS customers,
    (SELECT count(*) FROM conversations) AS conversations`);
  return { ...counts };
}

test('P1: before the visitor acts there is one request and nothing else', async ({
  foyer,
  site,
  person,
}) => {
  const { context, page } = await person();
  const requests: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(foyer.origin)) requests.push(request.url());
  });
  page.on('websocket', (socket) => requests.push(socket.url()));
  await page.goto(site.page());
  await page.getByRole('button', { name: 'Open chat' }).waitFor();
  await page.waitForLoadState('networkidle');

  expect(requests).toEqual([`${foyer.origin}/widget.js`]);
  expect(await context.cookies()).toEqual([]);
  expect(await context.storageState({ indexedDB: true })).toEqual({ cookies: [], origins: [] });
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  const shifts = await page.evaluate(
    () =>
      new Promise((done) => {
        new PerformanceObserver((list) => done(list.getEntries().length)).observe({
          type: 'layout-shift',
          buffered: true,
        });
        // The buffer of an observer without entries stays silent.
        requestAnimationFrame(() => requestAnimationFrame(() => done(0)));
      }),
  );
  expect(shifts).toBe(0);
  expect(await rows(foyer)).toEqual({ customers: 0, conversations: 0 });
});

test('P1: opening writes no row; picking a department writes the first', async ({
  foyer,
  site,
  person,
}) => {
  const { page } = await person();
  await page.goto(site.page());
  const widget = await openWidget(page);
  expect(await rows(foyer)).toEqual({ customers: 0, conversations: 0 });
  await startBilling(widget);
  expect(await rows(foyer)).toEqual({ customers: 1, conversations: 1 });
});

/** The files that a page requests from Foyer from now on: all except the API, or those that match. */
function watchFiles(page: Page, foyer: Foyer, which = /^(?!\/api\/)/): Set<string> {
  const files = new Set<string>();
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    const file = pathname === '/widget/frame' ? '/widget/frame.html' : pathname;
    if (origin === foyer.origin && which.test(file)) files.add(file);
  });
  return files;
}

function expectWithin(budget: number, what: string, files: Set<string>): void {
  const bytes = [...files]
    .map((file) => readFileSync(join(client, file), 'utf8'))
    // The frame's page in English.
    .map((text) => brotliCompressSync(inLanguage(text, ['en'])).length)
    .reduce((sum, size) => sum + size, 0);
  console.log(`${what.padEnd(18)} ${bytes} of ${budget} bytes`);
  expect(bytes, [...files].join(' ')).toBeLessThanOrEqual(budget);
}

test('budget: everything that a chat loads from the click to an answer', async ({
  foyer,
  site,
  person,
}) => {
  // An agent is online; otherwise the visitor would be asked for an address, which loads another part.
  const agent = await person();
  await signIn(agent, foyer.origin, 'agent@acme.example');
  const { page } = await person();
  await page.goto(site.page());
  await page.getByRole('button', { name: 'Open chat' }).waitFor();
  const files = watchFiles(page, foyer);
  const widget = await openWidget(page);
  await widget.getByText('Online now').first().waitFor();
  await startBilling(widget);
  await say(widget, 'Is anybody there?');
  await waitForAck(widget);
  await row(agent.page, 'Is anybody there?').click();
  await answer(agent.page, 'Somebody is.');
  await bubble(widget, 'Somebody is.').waitFor();
  // The text for screen readers is the last part that an answer loads.
  const aloud = widget.locator('[aria-live=polite]').filter({ hasText: /joined|Somebody is/ });
  await aloud.waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  expectWithin(18_432, 'click to answer', files);
});

const code = /\.(js|css)$/;

test('budget: the first screen after sign-in, and what loads ahead after it', async ({
  foyer,
  person,
}) => {
  const agent = await person();
  await signIn(agent, foyer.origin, 'owner@acme.example');
  const storageState = await agent.context.storageState();
  /** Opens an address; only what loads ahead waits, until `ahead` is called. */
  const open = async (path: string) => {
    const { context, page } = await person({ storageState });
    await holdAhead(context);
    const files = watchFiles(page, foyer, code);
    await page.goto(`${foyer.origin}${path}`);
    const ahead = async () => {
      const before = new Set(files);
      await releaseAhead(page);
      await loadedAhead(page);
      return new Set([...files].filter((file) => !before.has(file)));
    };
    return { page, files, ahead };
  };

  const inbox = await open('/admin');
  const first = inbox.page.locator('[data-conversation]').first();
  await first.waitFor();
  await inbox.page.waitForLoadState('networkidle');
  expectWithin(71_680, 'first screen', inbox.files);

  // With a conversation opened by its address; the customer's panel counts, too.
  const row = await first.getAttribute('data-conversation');
  const opened = await open(`/admin/inbox/all/${row}`);
  await opened.page.getByRole('textbox', { name: /^Reply to/ }).waitFor();
  await opened.page.waitForLoadState('networkidle');
  expectWithin(71_680, 'conversation', opened.files);
  expectWithin(71_680, 'ahead', await opened.ahead());
});
