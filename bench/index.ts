import { readCommandLine } from '../scripts/command-line/command-line.ts';
import type { Bench } from './bench.ts';

/**
 * Every measurement by its name, each in its own file, which loads when it is needed.
 * The last line of each run is one JSON object; the exit code is 0 when all budgets held.
 */
const benches: Record<string, () => Promise<{ bench: Bench }>> = {
  cost: () => import('./cost.ts'),
  chat: () => import('./chat.ts'),
  fanout: () => import('./fanout.ts'),
  idle: () => import('./idle.ts'),
  storm: () => import('./storm.ts'),
  drops: () => import('./drops.ts'),
  scale: () => import('./scale.ts'),
  faults: () => import('./faults.ts'),
  fuzz: () => import('./fuzz.ts'),
  weight: () => import('./weight.ts'),
  dashboard: () => import('./dashboard.ts'),
  bytes: () => import('./bytes.ts'),
  cpu: () => import('./cpu.ts'),
};

const USAGE = 'npm run bench -- NAME [--quick], or --quick alone for all quick ones\n';

const { values, positionals } = readCommandLine(
  { options: { quick: { type: 'boolean', default: false } }, allowPositionals: true },
  `${USAGE}\n\`npm run bench\` alone lists the names.\n`,
);
const { quick } = values;
const [name] = positionals;
const load = name === undefined ? undefined : benches[name];

/** Runs one bench and returns whether it passed. Its last line is one JSON object. */
async function run(name: string, bench: Bench): Promise<boolean> {
  const began = performance.now();
  const { missed, slow = [], figures } = await bench.run({ quick });
  for (const budget of missed) console.log(`Missed: ${budget}`);
  for (const budget of slow)
    console.log(`${quick ? 'Slow, which a quick run may be' : 'Missed'}: ${budget}`);
  const seconds = Math.round((performance.now() - began) / 1000);
  const pass = missed.length === 0 && (quick || slow.length === 0);
  console.log(JSON.stringify({ name, pass, figures: { ...figures, seconds } }));
  return pass;
}

/** Runs all quick benches one after the other, also after a failure; returns whether all passed. */
async function runAll(): Promise<boolean> {
  const failed: string[] = [];
  for (const [each, loadEach] of Object.entries(benches)) {
    const { bench } = await loadEach();
    if (bench.notInAll !== undefined) {
      console.log(`\n${each} is left out: ${bench.notInAll}`);
      continue;
    }
    const passed = await run(each, bench).catch((error: unknown) => {
      console.error(error);
      return false;
    });
    if (!passed) failed.push(each);
  }
  console.log(failed.length === 0 ? '\nAll passed.' : `\nFailed: ${failed.join(', ')}.`);
  return failed.length === 0;
}

if (name !== undefined && load !== undefined) {
  const passed = await run(name, (await load()).bench);
  // An open timer or socket of a bench must not keep the process running.
  process.exit(passed ? 0 : 1);
} else if (name === undefined && quick) {
  process.exit((await runAll()) ? 0 : 1);
} else {
  console.log(USAGE);
  for (const [each, loadEach] of Object.entries(benches)) {
    console.log(`  ${each.padEnd(8)}  ${(await loadEach()).bench.summary}`);
  }
  if (name !== undefined) console.error(`\nThere is no bench named ${name}.`);
  process.exitCode = name === undefined ? 0 : 2;
}
