import { WebSocket } from 'ws';
import { z } from 'zod';

/** Measures the CPU time of the Worker's isolate with V8's sampling profiler. */
export type Profiler = {
  start(): Promise<void>;
  /** Milliseconds of CPU time since `start`. */
  stop(): Promise<number>;
  close(): void;
};

/** Microseconds between two samples. */
const INTERVAL = 200;

/**
 * The most milliseconds that one sample counts for. While the thread is in another isolate, such as D1's,
 * there are no samples, and the next one would count for all of that time. On a busy machine a sample comes
 * late, and counts for more than the interval.
 */
const LONGEST = 0.5;

const message = z.looseObject({ id: z.number().optional(), result: z.unknown().optional() });
const profiled = z.object({
  profile: z.object({
    nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string() }) })),
    samples: z.array(z.number()).default([]),
    /** Microseconds since the sample before. */
    timeDeltas: z.array(z.number()).default([]),
  }),
});

/**
 * @param url of the isolate's debugger: `ws://…`. The Worker and its objects share one here, so the figure
 *   includes the objects' CPU time, but not D1's
 */
export async function openProfiler(url: string): Promise<Profiler> {
  const socket = new WebSocket(url);
  await new Promise((done, fail) => {
    socket.once('open', done).once('error', fail);
  });
  const waiting = new Map<number, (result: unknown) => void>();
  socket.on('message', (data) => {
    const { id, result } = message.parse(JSON.parse(data.toString()));
    if (id !== undefined) waiting.get(id)?.(result);
  });
  let last = 0;
  const send = (method: string, params: object = {}) =>
    new Promise<unknown>((done) => {
      last += 1;
      waiting.set(last, done);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  await send('Profiler.enable');
  await send('Profiler.setSamplingInterval', { interval: INTERVAL });
  return {
    async start() {
      await send('Profiler.start');
    },
    async stop() {
      const { profile } = profiled.parse(await send('Profiler.stop'));
      const idle = new Set(
        profile.nodes
          .filter((node) => node.callFrame.functionName === '(idle)')
          .map(({ id }) => id),
      );
      return profile.samples.reduce((sum, node, index) => {
        const passed = (profile.timeDeltas[index] ?? 0) / 1_000;
        return idle.has(node) ? sum : sum + Math.min(Math.max(passed, 0), LONGEST);
      }, 0);
    },
    close() {
      socket.close();
    },
  };
}
