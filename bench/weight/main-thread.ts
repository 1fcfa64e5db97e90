import { setTimeout as sleep } from 'node:timers/promises';
import type { CDPSession } from 'playwright-core';

/** The CPU time of a renderer's main thread so far, in milliseconds. */
export type Work = {
  /** Everything: scripts, styles, layout, paint, parsing. */
  task: number;
  /** Running JavaScript. */
  script: number;
};

export type MainThread = {
  /**
   * Waits until no script ran and no request was pending for so many milliseconds; returns the work
   * until then.
   */
  untilQuiet(milliseconds: number): Promise<Work>;
};

/** Uses the debugger, since a script in the page would be work of its main thread. */
export async function watchMainThread(cdp: CDPSession): Promise<MainThread> {
  await cdp.send('Network.enable');
  // The thread's own CPU time, without time taken by other processes.
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
        // A blinking caret is a small task that repeats forever.
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

/** The work between two moments. */
export function between(start: Work, end: Work): Work {
  return { task: end.task - start.task, script: end.script - start.script };
}
