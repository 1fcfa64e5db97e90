import type { Browser, Page } from 'playwright-core';
import { signInByApi, startTalk } from '../../drizzle/demo/people.ts';
import { median, rounded } from '../harness/stats.ts';
import type { Compressor } from './compressor.ts';
import { CPU_SLOWDOWN } from './conditions.ts';
import { between, type Work, watchMainThread } from './main-thread.ts';
import { builtFiles, bytesOf } from './requests.ts';

export type Dashboard = {
  /** Bytes of scripts and styles, without the HTML, until the first screen after sign-in is quiet. */
  first_screen: number;
  /** Milliseconds of the main thread for a switch to a conversation that was open before. */
  warm_switch: Work;
  /** The same with the phone's slow CPU. */
  slow_warm_switch: Work;
};

const DESKTOP = { viewport: { width: 1440, height: 900 } };
/** Conversations in the list, and messages in each. */
const TALKS = 8;
const MESSAGES = 20;

/** The agent's side: what it loads, and what going from one conversation to another costs. */
export async function measureDashboard(
  browser: Browser,
  { origin, recorder }: Compressor,
  switches: number,
): Promise<Dashboard> {
  for (let talk = 1; talk <= TALKS; talk++) {
    const { say } = await startTalk(origin, 'Billing');
    for (let message = 1; message <= MESSAGES; message++) {
      await say(`Message ${message} of visitor ${talk}, long enough to be a sentence.`);
    }
  }
  const { cookie } = await signInByApi(origin, 'owner@acme.example');
  const context = await browser.newContext(DESKTOP);
  try {
    await context.addCookies([{ ...cookie, url: origin }]);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const thread = await watchMainThread(cdp);
    recorder.take();
    await page.goto(`${origin}/admin`);
    await page
      .locator('[data-conversation]')
      .nth(TALKS - 1)
      .waitFor();
    await thread.untilQuiet(1_000);
    const files = builtFiles(recorder.take()).filter(({ type }) => !type.includes('html'));

    const conversations = await idsOf(page);
    const goTo = async (id: string): Promise<Work> => {
      const { x, y } = await placeOf(page, id);
      // Locating the row costs time in the page; the switch starts after that.
      const start = await thread.untilQuiet(200);
      await page.mouse.click(x, y);
      await page.waitForURL(`**/${id}`);
      return between(start, await thread.untilQuiet(400));
    };
    const middle = async (): Promise<Work> => {
      const switchWork: Work[] = [];
      while (switchWork.length < switches)
        for (const id of conversations) switchWork.push(await goTo(id));
      return {
        task: rounded(median(switchWork.map(({ task }) => task))),
        script: rounded(median(switchWork.map(({ script }) => script))),
      };
    };
    for (const id of conversations) await goTo(id);
    const fastSwitch = await middle();
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
    return {
      first_screen: bytesOf(files),
      warm_switch: fastSwitch,
      slow_warm_switch: await middle(),
    };
  } finally {
    await context.close();
  }
}

/** The newest conversations: those of the visitors above, which are visible. */
async function idsOf(page: Page): Promise<string[]> {
  const rows = await page.locator('[data-conversation]').all();
  const ids = await Promise.all(rows.map((row) => row.getAttribute('data-conversation')));
  return ids.filter((id) => id !== null).slice(0, TALKS);
}

async function placeOf(page: Page, id: string): Promise<{ x: number; y: number }> {
  const box = await page.locator(`[data-conversation="${id}"]`).boundingBox();
  if (!box) throw new Error(`The row of ${id} cannot be seen.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
