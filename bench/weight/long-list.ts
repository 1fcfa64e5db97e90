import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { signInByApi } from '../../drizzle/demo/people.ts';
import type { Foyer } from '../../e2e/support/foyer.ts';
import { fillInbox } from '../../e2e/support/many.ts';
import { median, quantile, rounded } from '../harness/stats.ts';
import { CPU_SLOWDOWN } from './conditions.ts';
import { between, watchMainThread } from './main-thread.ts';

/** Times between two frames, in milliseconds, and tasks of the main thread of more than 50. */
type Frames = { median: number; p95: number; long_tasks: number; script_per_frame: number };

export type LongList = {
  conversations: number;
  /** Of them in the page, after all of it was loaded. */
  rows_in_page: number;
  scrolling: Frames;
  /** The same with the phone's slow CPU. */
  slow_scrolling: Frames;
};

const CONVERSATIONS = 10_000;
const DESKTOP = { viewport: { width: 1440, height: 900 } };
/** Scrolls like a wheel: steps of 120 pixels, more than one in a tenth of a second. */
const NOTCHES = 120;
const NOTCH = 120;
const BETWEEN_NOTCHES_MS = 16;

declare global {
  interface Window {
    drawn: { times: number[]; longTasks: number; stop(): void };
  }
}

/** What scrolling in an inbox costs of which everything is loaded. Fills the inbox of Acme. */
export async function measureLongList(browser: Browser, foyer: Foyer): Promise<LongList> {
  await fillInbox(foyer, CONVERSATIONS);
  const { cookie } = await signInByApi(foyer.origin, 'owner@acme.example');
  const context = await browser.newContext(DESKTOP);
  try {
    await context.addCookies([{ ...cookie, url: foyer.origin }]);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const thread = await watchMainThread(cdp);
    await page.goto(`${foyer.origin}/admin/inbox/all`);
    const rows = page.locator('[data-conversation]');
    await rows.first().waitFor();
    await page.waitForLoadState('networkidle');
    await loadAll(page);
    await rows.first().hover();
    const scroll = async (): Promise<Frames> => {
      const start = await thread.untilQuiet(500);
      await page.evaluate(watchFrames);
      for (let notch = 0; notch < NOTCHES; notch++) {
        await page.mouse.wheel(0, -NOTCH);
        await sleep(BETWEEN_NOTCHES_MS);
      }
      const { times, longTasks } = await page.evaluate(() => {
        window.drawn.stop();
        return { times: window.drawn.times, longTasks: window.drawn.longTasks };
      });
      const { script } = between(start, await thread.untilQuiet(500));
      return {
        median: rounded(median(times)),
        p95: rounded(quantile(times, 0.95)),
        long_tasks: longTasks,
        script_per_frame: rounded(script / times.length),
      };
    };
    // Up from the end, where most rows are drawn for the first time.
    const scrolling = await scroll();
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
    const slow_scrolling = await scroll();
    const rows_in_page = await rows.count();
    return { conversations: CONVERSATIONS, rows_in_page, scrolling, slow_scrolling };
  } finally {
    await context.close();
  }
}

/** Scrolls to the end of the list until everything is loaded. */
async function loadAll(page: Page): Promise<void> {
  const list = page.locator('ul:has([data-conversation])');
  await list.evaluate(async (rows) => {
    const view = rows.parentElement ?? rows;
    while (rows.querySelector('li')?.ariaSetSize === '-1') {
      view.scrollTop = view.scrollHeight;
      await new Promise(requestAnimationFrame);
    }
  });
}

/** Runs in the page: records each frame until it is stopped. */
function watchFrames(): void {
  const observer = new PerformanceObserver((list) => {
    window.drawn.longTasks += list.getEntries().length;
  });
  observer.observe({ type: 'longtask' });
  let last = performance.now();
  let next = requestAnimationFrame(function note(now) {
    window.drawn.times.push(now - last);
    last = now;
    next = requestAnimationFrame(note);
  });
  window.drawn = {
    times: [],
    longTasks: 0,
    stop() {
      cancelAnimationFrame(next);
      observer.disconnect();
    },
  };
}
