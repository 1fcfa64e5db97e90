import type { Bench } from './bench.ts';
import { FILES, openFilesAtMost } from './harness/memory.ts';
import { workerOf } from './harness/release.ts';
import { median, rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';
import { SIDES } from './storm/people.ts';
import { PATIENCE, playStorm, type Storm } from './storm/play.ts';

/** The commit with which reconnecting is compared: release 0.3.0. */
const BASE = 'acf8556';

/** The largest allowed share of BASE's CPU time for each reconnecting socket. */
const BUDGET = 0.6;

/** The order of the turns; each Worker is first as often as second. */
const TURNS = ['now', 'base', 'base', 'now'] as const;
type Turn = (typeof TURNS)[number];

/**
 * Everybody is disconnected at once and reconnects, with this Worker and with BASE in turns. The results
 * are medians.
 */
export const bench: Bench = {
  summary: '5,000 sockets drop at once and come back: their CPU against 0.3.0, nothing lost',
  async run({ quick }) {
    // All objects wake at once, and each has an open journal while it writes.
    const each = SIDES.length * FILES.socket + FILES.awakeObject + 1;
    const limit = Math.floor((openFilesAtMost() - 2_000) / each);
    const talks = Math.min(quick ? 20 : 2_500, limit);
    const release = workerOf(BASE, quick);
    const storms: Record<Turn, Storm[]> = { now: [], base: [] };
    const play = async (turn: Turn) => {
      const storm = await playStorm(talks, turn === 'base' ? release : undefined);
      storms[turn].push(storm);
      console.log(`${turn}: ${JSON.stringify(figuresOf([storm]))}`);
    };
    // Lost and doubled messages can be checked on a busy machine, CPU time cannot.
    if (quick) await Promise.all([play('now'), play('base')]);
    else for (const turn of TURNS) await play(turn);
    const now = figuresOf(storms.now);
    const base = figuresOf(storms.base);
    const ratio =
      now.cpu_ms_per_socket === null || base.cpu_ms_per_socket === null
        ? null
        : rounded(now.cpu_ms_per_socket / base.cpu_ms_per_socket);
    print(now, base, ratio);
    return { ...judged(storms.now, ratio), figures: { ...now, of_base: ratio, base } };
  },
};

type Figures = ReturnType<typeof figuresOf>;

/** The medians of several storms; failures are summed up. */
function figuresOf(storms: readonly Storm[]) {
  const middle = (of: (storm: Storm) => number) => rounded(median(storms.map(of)));
  const sum = (of: (storm: Storm) => number) => storms.reduce((all, storm) => all + of(storm), 0);
  return {
    sockets: middle(({ sockets }) => sockets),
    seconds_until_half: middle(({ untilHalf }) => untilHalf),
    seconds_until_all: middle(({ untilAll }) => untilAll),
    attempts_per_socket: middle(({ attempts, sockets }) => attempts / sockets),
    cpu_ms_per_socket: storms.some(({ cpu }) => cpu === null)
      ? null
      : middle(({ cpu, sockets }) => (cpu ?? Number.NaN) / sockets),
    not_back: sum(({ notBack }) => notBack),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    disordered: sum(({ disordered }) => disordered),
    megabytes_calm: middle(({ calm }) => calm / 2 ** 20),
    megabytes_peak: middle(({ peak }) => peak / 2 ** 20),
  };
}

function print(now: Figures, base: Figures, ratio: number | null): void {
  const line = (name: string, key: keyof Figures) => [name, now[key], base[key]];
  printTable(
    `${now.sockets} sockets dropped at once`,
    ['', 'now', BASE],
    [
      line('seconds until half were back with everything sent', 'seconds_until_half'),
      line('seconds until all were', 'seconds_until_all'),
      line('attempts to connect, for each', 'attempts_per_socket'),
      line("milliseconds of workerd's CPU for each", 'cpu_ms_per_socket'),
      [`the same, of ${BASE}'s (budget ${BUDGET})`, ratio, 1],
      line('not back in time', 'not_back'),
      line('messages lost', 'lost'),
      line('messages doubled', 'doubled'),
      line('conversations in another order here than there', 'disordered'),
      line('MB of workerd before', 'megabytes_calm'),
      line('MB of workerd at the most', 'megabytes_peak'),
    ],
  );
}

function judged(storms: readonly Storm[], ratio: number | null) {
  const { not_back, lost, doubled, disordered } = figuresOf(storms);
  const missed: string[] = [];
  const slow: string[] = [];
  if (not_back > 0) missed.push(`${not_back} were not back after ${PATIENCE / 1000} s.`);
  if (lost > 0) missed.push(`${lost} messages were lost.`);
  if (doubled > 0) missed.push(`${doubled} messages are there twice.`);
  if (disordered > 0) missed.push(`${disordered} conversations differ between client and server.`);
  if (ratio === null) missed.push('the CPU time could not be read here (Linux only).');
  else if (ratio > BUDGET)
    slow.push(`coming back takes ${ratio} of the CPU time of ${BASE}; at most ${BUDGET}.`);
  return { missed, slow };
}
