import { setTimeout as sleep } from 'node:timers/promises';
import { SPACING } from '../worker/conversation/drain/projector.ts';
import type { Bench, Outcome } from './bench.ts';
import { type Contender, startContenders } from './chat/contenders.ts';
import { runLoop } from './chat/pair.ts';
import { freshFolder, type Storage } from './harness/folder.ts';
import { cpuMilliseconds } from './harness/memory.ts';
import { median, quantile, rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';

/** The number of conversations at once, and the smallest share of relay + INSERT's rate, in memory. */
const SIZES = new Map([
  [1, 0.9],
  [50, 0.8],
  [500, 0.7],
]);

/** The number of runs whose medians are judged, each with its own server. */
const RUNS = 3;

/**
 * A visitor sends a message; once the agent has received it and the visitor has the ack, the next follows.
 * All conversations do this in parallel. The contenders take turns with the same load generator, and are
 * compared within the same round.
 */
export const bench: Bench = {
  summary: 'messages per second and latency against relays, Socket.IO and ws with Postgres',
  async run({ quick }): Promise<Outcome> {
    const sizes = quick ? [1, 5] : [...SIZES.keys()];
    const slow: string[] = [];
    const figures: Record<string, unknown> = {};
    for (const storage of ['memory', 'disk'] as const) {
      // On disk only the faster contender is judged.
      const count = quick || storage === 'disk' ? 1 : RUNS;
      const runs: Result[][][] = sizes.map(() => []);
      for (let run = 0; run < count; run += 1) {
        const folder = freshFolder(storage);
        if (folder === null) {
          console.log(`\nThere is no folder for temporary files in ${storage} here: left out.`);
          break;
        }
        const { contenders, stop } = await startContenders(folder, Math.max(...sizes));
        for (const [index, size] of sizes.entries()) {
          const results = await compare(
            contenders,
            size,
            quick ? 1 : 3,
            turnOf(storage, size, quick),
          );
          runs[index]?.push(results);
          print(`${titleOf(storage, size)}${count > 1 ? `, run ${run + 1}` : ''}`, results);
        }
        await stop();
      }
      for (const [index, size] of sizes.entries()) {
        const those = runs[index] ?? [];
        if (those.length === 0) continue;
        const results = mediansOf(those);
        if (count > 1) print(`${titleOf(storage, size)}, medians of ${count} runs`, results);
        figures[`${storage}_${size}`] = Object.fromEntries(
          results.map(({ name, ...result }) => [name, result]),
        );
        slow.push(...budgets(storage, size, results));
      }
    }
    // A message without a receipt or an ack ends the run.
    return { missed: [], slow, figures };
  },
};

/**
 * The milliseconds of a contender's turn. A conversation updates the lists at once and then once an
 * interval: after one interval the load is even, and two intervals contain all updates. On disk, writes
 * one after the other need longer until every conversation has had an answer.
 */
function turnOf(storage: Storage, size: number, quick: boolean): Parameters<typeof runLoop>[1] {
  if (quick) return { warmUp: 33, milliseconds: 100 };
  const more = storage === 'disk' ? Math.ceil((15 * size) / SPACING) : 0;
  return { warmUp: SPACING, milliseconds: (2 + more) * SPACING };
}

type Result = {
  name: string;
  /** Messages per second. */
  rate: number;
  /** Milliseconds from send to the peer's receipt. */
  p50: number;
  p99: number;
  /** Microseconds of the server's CPU for a message, without the CPU of Postgres. */
  cpu: number | null;
  /** The rate relative to the bare relay's in the same round. */
  of_relay: number;
  /** The rate relative to the relay that stores each message as one bare row, in the same round. */
  of_insert: number;
};

async function compare(
  contenders: readonly Contender[],
  size: number,
  rounds: number,
  turn: Parameters<typeof runLoop>[1],
): Promise<Result[]> {
  const all: Omit<Result, 'name'>[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const results = new Map<number, Omit<Result, 'name' | 'of_relay' | 'of_insert'>>();
    for (let place = 0; place < contenders.length; place++) {
      // Each contender starts a round equally often.
      const index = (place + round) % contenders.length;
      const contender = contenders[index];
      if (!contender) continue;
      // Waits for list updates of the previous contender.
      await sleep(turn.warmUp);
      const before = cpuMilliseconds(contender.pid);
      const { messages, seconds, latencies } = await runLoop(contender.pairs.slice(0, size), turn);
      const after = cpuMilliseconds(contender.pid);
      const share = turn.milliseconds / (turn.milliseconds + turn.warmUp);
      results.set(index, {
        rate: messages / seconds,
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
        cpu:
          before === null || after === null ? null : ((after - before) * 1000 * share) / messages,
      });
    }
    const [relay, insert] = [0, 1].map((index) => results.get(index)?.rate ?? Number.NaN);
    for (const [index, result] of results) {
      const of_relay = result.rate / (relay ?? Number.NaN);
      all[index]?.push({ ...result, of_relay, of_insert: result.rate / (insert ?? Number.NaN) });
    }
  }
  return contenders.map(({ name }, index) => middleOf(name, all[index] ?? []));
}

/** The medians of each contender over several runs. */
function mediansOf(runs: readonly Result[][]): Result[] {
  return (runs[0] ?? []).map(({ name }) =>
    middleOf(
      name,
      runs.flatMap((results) => results.find((result) => result.name === name) ?? []),
    ),
  );
}

function middleOf(name: string, found: readonly Omit<Result, 'name'>[]): Result {
  const middle = (key: Exclude<keyof Result, 'name'>) =>
    rounded(median(found.map((result) => result[key] ?? Number.NaN)));
  return {
    name,
    rate: middle('rate'),
    p50: middle('p50'),
    p99: middle('p99'),
    cpu: found.some(({ cpu }) => cpu === null) ? null : middle('cpu'),
    of_relay: middle('of_relay'),
    of_insert: middle('of_insert'),
  };
}

function titleOf(storage: Storage, size: number): string {
  const many = size === 1 ? 'conversation' : 'conversations';
  return `${size} ${many}, storage ${storage === 'disk' ? 'on disk' : 'in memory'}`;
}

function print(title: string, results: readonly Result[]): void {
  printTable(
    title,
    ['', 'messages/s', 'of relay', 'of relay + INSERT', 'p50 ms', 'p99 ms', 'CPU µs/message'],
    results.map(({ name, rate, of_relay, of_insert, p50, p99, cpu }) => [
      name,
      rate,
      of_relay,
      of_insert,
      p50,
      p99,
      cpu,
    ]),
  );
}

function budgets(storage: Storage, size: number, results: readonly Result[]): string[] {
  const rate = (name: string) => results.find((result) => result.name === name)?.rate ?? 0;
  if (storage === 'memory') {
    const { of_insert = 0, of_relay = 0 } = results.find(({ name }) => name === 'Foyer') ?? {};
    const least = SIZES.get(size);
    if (least === undefined || of_insert >= least) return [];
    const bare = `${of_relay} of the bare relay's`;
    return [
      `with ${size} at once, Foyer has ${of_insert} of the rate of relay + INSERT (${bare}); at least ${least}.`,
    ];
  }
  return ['Socket.IO', 'ws']
    .filter((rival) => rate('Foyer') <= rate(rival))
    .map((rival) => `with ${size} at once on disk, ${rival} has a higher rate than Foyer.`);
}
