import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';

/**
 * Every measurement by its name, each in a file of its own that is loaded when it is asked for.
 * The last line that a run prints is one JSON object; the exit code is 0 when all budgets held.
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
  bytes: () => import('./bytes.ts'),
};

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const [name] = positionals;
const load = name === undefined ? undefined : benches[name];
if (name === undefined || load === undefined) {
  console.log('npm run bench -- NAME [--quick]\n');
  for (const [each, loadEach] of Object.entries(benches)) {
    console.log(`  ${each.padEnd(8)}  ${(await loadEach()).bench.summary}`);
  }
  if (name !== undefined) console.error(`\nThere is no bench named ${name}.`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  const { bench } = await load();
  const began = performance.now();
  const { missed, figures } = await bench.run(values);
  for (const budget of missed) console.log(`Missed: ${budget}`);
  const seconds = Math.round((performance.now() - began) / 1000);
  console.log(
    JSON.stringify({ name, pass: missed.length === 0, figures: { ...figures, seconds } }),
  );
  // Whatever a bench left open (a timer, a socket) must not keep it from ending.
  process.exit(missed.length === 0 ? 0 : 1);
}
