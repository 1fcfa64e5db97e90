import type { Bench, Outcome } from './bench.ts';
import { type Contender, startContenders } from './chat/contenders.ts';
import { runLoop } from './chat/pair.ts';
import { freshFolder, type Storage } from './harness/folder.ts';
import { cpuMilliseconds } from './harness/memory.ts';
import { median, quantile, rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';

/**
 * A visitor sends, the agent's socket receives, the visitor's has the ack: then the next. As many
 * at once as there are conversations. All contenders run side by side, take turns, and have the
 * same load generator; what is compared is what they did in the same round.
 */
export const bench: Bench = {
  summary: 'messages per second and latency against relays, Socket.IO and ws with Postgres',
  async run({ quick }): Promise<Outcome> {
    const sizes = quick ? [1, 5] : SIZES;
    const slow: string[] = [];
    const figures: Record<string, unknown> = {};
    for (const storage of ['memory', 'disk'] as const) {
      const folder = freshFolder(storage);
      if (folder === null) {
        console.log(`\nThere is no folder for temporary files in ${storage} here: left out.`);
        continue;
      }
      const { contenders, stop } = await startContenders(folder, Math.max(...sizes));
      for (const size of sizes) {
        const rounds = quick ? 1 : size > 50 ? 3 : 5;
        const results = await compare(contenders, size, rounds, turnOf(storage, size, quick));
        print(storage, size, results);
        figures[`${storage}_${size}`] = Object.fromEntries(
          results.map(({ name, ...result }) => [name, result]),
        );
        slow.push(...budgets(storage, size, results));
      }
      await stop();
    }
    // A message that is not heard or not acked ends the run.
    return { missed: [], slow, figures };
  },
};

/** Conversations that speak at once. */
const SIZES = [1, 50, 500];

/**
 * Milliseconds that a contender has for its turn. On disk, who waits for one write after the other
 * needs longer until everybody has had an answer.
 */
function turnOf(storage: Storage, size: number, quick: boolean): Parameters<typeof runLoop>[1] {
  const milliseconds = (quick ? 100 : 1_200) + (storage === 'disk' ? 15 * size : 0);
  return { warmUp: milliseconds / 3, milliseconds };
}

/** The least share of the bare relay's rate, with storage in memory. */
const LEAST_OF_RELAY = 0.8;

type Result = {
  name: string;
  /** Messages per second. */
  rate: number;
  /** Milliseconds from send to the peer's receipt. */
  p50: number;
  p99: number;
  /** Microseconds of the server's CPU for a message; without Postgres's, where that is used. */
  cpu: number | null;
  /** The rate against the bare relay's in the same round. */
  of_relay: number;
  /** The rate against the relay's that keeps each message as one bare row, in the same round. */
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
    const found = new Map<number, Omit<Result, 'name' | 'of_relay' | 'of_insert'>>();
    for (let place = 0; place < contenders.length; place++) {
      // Each begins a round as often as the others.
      const index = (place + round) % contenders.length;
      const contender = contenders[index];
      if (!contender) continue;
      const before = cpuMilliseconds(contender.pid);
      const { messages, seconds, latencies } = await runLoop(contender.pairs.slice(0, size), turn);
      const after = cpuMilliseconds(contender.pid);
      const share = turn.milliseconds / (turn.milliseconds + turn.warmUp);
      found.set(index, {
        rate: messages / seconds,
        p50: quantile(latencies, 0.5),
        p99: quantile(latencies, 0.99),
        cpu:
          before === null || after === null ? null : ((after - before) * 1000 * share) / messages,
      });
    }
    const [relay, insert] = [0, 1].map((index) => found.get(index)?.rate ?? Number.NaN);
    for (const [index, result] of found) {
      const of_relay = result.rate / (relay ?? Number.NaN);
      all[index]?.push({ ...result, of_relay, of_insert: result.rate / (insert ?? Number.NaN) });
    }
  }
  return contenders.map(({ name }, index) => {
    const middle = (key: Exclude<keyof Result, 'name'>) =>
      rounded(median((all[index] ?? []).map((result) => result[key] ?? Number.NaN)));
    return {
      name,
      rate: middle('rate'),
      p50: middle('p50'),
      p99: middle('p99'),
      cpu: all[index]?.[0]?.cpu === null ? null : middle('cpu'),
      of_relay: middle('of_relay'),
      of_insert: middle('of_insert'),
    };
  });
}

function print(storage: Storage, size: number, results: readonly Result[]): void {
  printTable(
    `${size} ${size === 1 ? 'conversation' : 'conversations'}, storage ${storage === 'disk' ? 'on disk' : 'in memory'}`,
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
    const of = results.find(({ name }) => name === 'Foyer')?.of_relay ?? 0;
    return of >= LEAST_OF_RELAY
      ? []
      : [`with ${size} at once, Foyer has ${of} of the relay's rate; at least ${LEAST_OF_RELAY}.`];
  }
  return ['Socket.IO', 'ws']
    .filter((rival) => rate('Foyer') <= rate(rival))
    .map((rival) => `with ${size} at once on disk, ${rival} has a higher rate than Foyer.`);
}
