import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from 'playwright-core';

/** What a renderer's main thread has done so far, in milliseconds of its CPU time. */
export type Work = {
  /** Everything: scripts, styles, layout, paint, parsing. */
  task: number;
  /** Running JavaScript. */
  script: number;
};

export type MainThread = {
  /**
   * Waits until for so many milliseconds no script ran and nothing was on its way; answers what was
   * done until then.
   */
  untilQuiet(milliseconds: number): Promise<Work>;
};

/** Asks the debugger, since asking the page would be work of its main thread. */
export async function watchMainThread(cdp: CDPSession): Promise<MainThread> {
  await cdp.send('Network.enable');
  // The thread's own time: what other processes take from it is not counted.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const onTheirWay = new Set<string>();
  cdp.on('Network.requestWillBeSent', ({ requestId }) => onTheirWay.add(requestId));
  cdp.on('Network.loadingFinished', ({ requestId }) => onTheirWay.delete(requestId));
  cdp.on('Network.loadingFailed', ({ requestId }) => onTheirWay.delete(requestId));
  return {
    async untilQuiet(milliseconds) {
      let work = await workOf(cdp);
      let since = performance.now();
      while (performance.now() - since < milliseconds) {
        await sleep(50);
        const now = await workOf(cdp);
        // A blinking caret is a task now and then, and no end of them.
        if (now.script - work.script > 0.5 || onTheirWay.size > 0) since = performance.now();
        work = now;
      }
      return work;
    },
  };
}

async function workOf(cdp: CDPSession): Promise<Work> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const milliseconds = (name: string) =>
    (metrics.find((metric) => metric.name === name)?.value ?? Number.NaN) * 1000;
  return { task: milliseconds('TaskDuration'), script: milliseconds('ScriptDuration') };
}

/** What was done from one moment to another. */
export function between(start: Work, end: Work): Work {
  return { task: end.task - start.task, script: end.script - start.script };
}
