import type { Browser, Page } from 'playwright-core';
import { PHONE, slowDown } from './conditions.ts';
import { between, type Work, watchMainThread } from './main-thread.ts';
import type { Recorder, Request } from './requests.ts';

/** A page with a widget, or without one. */
export type Candidate = {
  /** The address of the page. */
  page: string;
  /** The requests to its servers. */
  recorder: Recorder;
  /** The selector of the button that opens it, in the page or one of its frames; null if there is none. */
  launcher: string | null;
  /** The selector and text of the element that is clicked next, as soon as it appears. */
  next?: { selector: string; text: string };
};

export type Visit = {
  before: Phase;
  /** From the click until a message can be typed and everything is quiet; null without a launcher. */
  after: Phase | null;
  /** Milliseconds from the click to a field for a message; null if none appeared. */
  usable: number | null;
};

/** Milliseconds without work or requests that count as quiet. */
const QUIET = 1_000;

type Phase = { requests: Request[]; work: Work; shift: number };

/** One visit with a new browser profile, on a slow phone. */
export async function visit(browser: Browser, candidate: Candidate): Promise<Visit> {
  const context = await browser.newContext(PHONE);
  try {
    await context.addInitScript(watch, candidate.next ?? null);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const thread = await watchMainThread(cdp);
    await slowDown(cdp);
    candidate.recorder.take();
    await page.goto(candidate.page, { waitUntil: 'load', timeout: 120_000 });
    const loaded = await thread.untilQuiet(QUIET);
    const before = {
      requests: candidate.recorder.take(),
      work: loaded,
      shift: await page.evaluate(() => globalThis.watched.shift),
    };
    if (candidate.launcher === null) return { before, after: null, usable: null };
    const { x, y } = await findLauncher(page, candidate.launcher);
    // What finding the button cost is no work of the widget's.
    const start = await thread.untilQuiet(200);
    await page.mouse.click(x, y);
    const end = await thread.untilQuiet(QUIET);
    const documents = await Promise.all(
      page.frames().map((frame) => frame.evaluate(() => watched)),
    );
    const clicked = Math.min(...documents.flatMap(({ clicked }) => clicked ?? []));
    const usable = Math.min(...documents.flatMap(({ usable }) => usable ?? []));
    const after = {
      requests: candidate.recorder.take(),
      work: between(start, end),
      shift: await page.evaluate(() => globalThis.watched.shift),
    };
    const time = usable - clicked;
    return { before, after, usable: Number.isFinite(time) ? time : null };
  } finally {
    await context.close();
  }
}

declare global {
  /** What `watch` records in each document; times in milliseconds since 1970. */
  var watched: { clicked: number | null; usable: number | null; shift: number };
}

/** Runs in each document before its own scripts. */
function watch(next: NonNullable<Candidate['next']> | null): void {
  globalThis.watched = { clicked: null, usable: null, shift: 0 };
  const { watched } = globalThis;
  const now = () => performance.timeOrigin + performance.now();
  // A launcher may be in a closed shadow root, which is opened so that it can be clicked.
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    return attach.call(this, { ...options, mode: 'open' });
  };
  addEventListener(
    'click',
    ({ isTrusted }) => {
      if (isTrusted) watched.clicked ??= now();
    },
    true,
  );
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if ('value' in entry && typeof entry.value === 'number') watched.shift += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  let following = next;
  const look = () => {
    for (const element of document.querySelectorAll<HTMLElement>(following?.selector ?? '_')) {
      if (!following || !element.textContent?.includes(following.text)) continue;
      following = null;
      element.click();
    }
    if (watched.usable !== null) return;
    const field = document.querySelector('textarea:enabled, [contenteditable=true]');
    if (field === null || field.getClientRects().length === 0) return;
    watched.usable = 0;
    // An element counts as usable once it is painted.
    requestAnimationFrame(() =>
      setTimeout(() => {
        watched.usable = now();
      }),
    );
  };
  new MutationObserver(look).observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled', 'contenteditable', 'hidden', 'style', 'class'],
  });
}

async function findLauncher(page: Page, selector: string): Promise<{ x: number; y: number }> {
  for (const frame of page.frames()) {
    const box = await frame
      .locator(selector)
      .first()
      .boundingBox({ timeout: 2_000 })
      .catch(() => null);
    if (box) return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  throw new Error(`There is no ${selector} to be clicked on ${page.url()}.`);
}
