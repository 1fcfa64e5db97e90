import type { BrowserContext, Page } from 'playwright-core';

/**
 * Keeps a browser's pages from loading ahead (admin/lib/ahead.ts): for them the browser is never
 * idle, until `releaseAhead`.
 */
export async function holdAhead(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const requestIdle = window.requestIdleCallback.bind(window);
    const released = new Promise((done) => addEventListener('test:idle', done));
    window.requestIdleCallback = (run) => {
      void released.then(() => requestIdle(run));
      return 0;
    };
  });
}

/** Lets a page load ahead. */
export async function releaseAhead(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event('test:idle')));
}

/** Waits until everything is loaded. */
export async function loadedAhead(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('foyer:loaded-ahead').length > 0);
}
