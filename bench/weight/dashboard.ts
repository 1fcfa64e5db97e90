import type { Browser, Page } from 'playwright-core';
import { signInByApi, startTalk } from '../../drizzle/demo/people.ts';
import { holdAhead, releaseAhead } from '../../e2e/support/load-ahead.ts';
import { median, rounded } from '../harness/stats.ts';
import type { Compressor } from './compressor.ts';
import { CPU_SLOWDOWN } from './conditions.ts';
import { between, type Work, watchMainThread } from './main-thread.ts';
import { bytesOf, type Request } from './requests.ts';

/** What a browser loads and computes until a screen is quiet, with nothing in its cache. */
type Screen = {
  /** Bytes of scripts and styles, without the HTML and without what loads ahead. */
  code: number;
  /** Requests of any kind, what loads ahead left out. */
  requests: number;
  /** Bytes of scripts and styles that load ahead, while the browser has nothing to do. */
  ahead: number;
  work: Work;
};

/** Milliseconds of the main thread; `slow`: on a CPU four times slower. */
export type Dashboard = {
  /** The inbox after sign-in, without an open conversation. */
  inbox: Screen;
  /** A conversation opened by its address. */
  conversation: Screen;
  slow_conversation: Screen;
  /** To a conversation that was not open before. */
  slow_cold_switch: Work;
  /** To a conversation that was open before. */
  warm_switch: Work;
  slow_warm_switch: Work;
};

const DESKTOP = { viewport: { width: 1440, height: 900 } };
/** Conversations in the list, and messages in each. */
const TALKS = 8;
const MESSAGES = 20;

/** Fills an inbox with conversations of some length. Returns their ids. */
export async function fillTalks(origin: string): Promise<string[]> {
  const ids: string[] = [];
  for (let talk = 1; talk <= TALKS; talk++) {
    const { id, say } = await startTalk(origin, 'Billing');
    ids.push(id);
    for (let message = 1; message <= MESSAGES; message++) {
      await say(`Message ${message} of visitor ${talk}, long enough to be a sentence.`);
    }
  }
  return ids;
}

/**
 * The agent's side, once: what it loads, and what going from one conversation to another costs.
 *
 * @param conversations the ids of the visible conversations, of `fillTalks`
 * @param switches how many warm switches are measured at least, on each CPU
 */
export async function measureDashboard(
  browser: Browser,
  compressor: Compressor,
  conversations: readonly string[],
  switches: number,
): Promise<Dashboard> {
  const { cookie } = await signInByApi(compressor.origin, 'owner@acme.example');
  const open = (path: string, slowdown: number) =>
    openScreen(browser, compressor, cookie, { path, slowdown });
  const address = `/admin/inbox/all/${conversations[0]}`;
  const inbox = await (await open('/admin', 1)).measured();
  const conversation = await (await open(address, 1)).measured();
  const screen = await open(address, CPU_SLOWDOWN);
  const { page, thread, cdp } = screen;
  try {
    const goTo = async (id: string): Promise<Work> => {
      const { x, y } = await placeOf(page, id);
      // Locating the row costs time in the page; the switch starts after that.
      const start = await thread.untilQuiet(200);
      await page.mouse.click(x, y);
      await page.waitForURL(`**/${id}`);
      return between(start, await thread.untilQuiet(400));
    };
    const switchBetween = async (): Promise<Work> => {
      const works: Work[] = [];
      while (works.length < switches) for (const id of conversations) works.push(await goTo(id));
      return middle(works);
    };
    const slow_conversation = await screen.look();
    const cold: Work[] = [];
    for (const id of conversations.slice(1)) cold.push(await goTo(id));
    const slow_warm_switch = await switchBetween();
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const warm_switch = await switchBetween();
    return {
      inbox,
      conversation,
      slow_conversation,
      slow_cold_switch: middle(cold),
      warm_switch,
      slow_warm_switch,
    };
  } finally {
    await page.context().close();
  }
}

/** The medians. */
function middle(works: readonly Work[]): Work {
  return {
    task: rounded(median(works.map(({ task }) => task))),
    script: rounded(median(works.map(({ script }) => script))),
  };
}

/** Medians over several runs. */
export function medianOf(runs: readonly Dashboard[]): Dashboard {
  const works = (of: (run: Dashboard) => Work) => middle(runs.map(of));
  const screen = (of: (run: Dashboard) => Screen): Screen => ({
    code: median(runs.map((run) => of(run).code)),
    requests: median(runs.map((run) => of(run).requests)),
    ahead: median(runs.map((run) => of(run).ahead)),
    work: works((run) => of(run).work),
  });
  return {
    inbox: screen(({ inbox }) => inbox),
    conversation: screen(({ conversation }) => conversation),
    slow_conversation: screen(({ slow_conversation }) => slow_conversation),
    slow_cold_switch: works(({ slow_cold_switch }) => slow_cold_switch),
    warm_switch: works(({ warm_switch }) => warm_switch),
    slow_warm_switch: works(({ slow_warm_switch }) => slow_warm_switch),
  };
}

/** Opens an address in a new browser profile. What loads ahead waits until `look` was called. */
async function openScreen(
  browser: Browser,
  { origin, recorder }: Compressor,
  cookie: { name: string; value: string },
  { path, slowdown }: { path: string; slowdown: number },
) {
  const context = await browser.newContext(DESKTOP);
  await context.addCookies([{ ...cookie, url: origin }]);
  await holdAhead(context);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  const thread = await watchMainThread(cdp);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  recorder.take();
  const start = await thread.untilQuiet(0);
  await page.goto(`${origin}${path}`);
  await page
    .locator('[data-conversation]')
    .nth(TALKS - 1)
    .waitFor();
  const work = between(start, await thread.untilQuiet(1_000));
  const requests = recorder.take();

  async function look(): Promise<Screen> {
    await releaseAhead(page);
    await thread.untilQuiet(1_000);
    return {
      code: codeBytes(requests),
      requests: requests.length,
      ahead: codeBytes(recorder.take()),
      work: { task: rounded(work.task), script: rounded(work.script) },
    };
  }
  return {
    page,
    thread,
    cdp,
    look,
    /** `look`, and closes it. */
    async measured(): Promise<Screen> {
      const screen = await look();
      await context.close();
      return screen;
    },
  };
}

const codeBytes = (requests: readonly Request[]) =>
  bytesOf(requests.filter(({ type }) => /javascript|css/.test(type)));

async function placeOf(page: Page, id: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(`[data-conversation="${id}"]`).boundingBox();
  if (!box) throw new Error(`The row of ${id} cannot be seen.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
