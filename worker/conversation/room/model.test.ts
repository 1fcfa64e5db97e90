import { env } from 'node:process';
import fc from 'fast-check';
import { test } from 'vitest';
import { History } from '../../test/history.ts';
import { step } from '../../test/steps.ts';

/**
 * Random histories of one conversation (worker/test/history.ts).
 * `FOYER_SEED=… FOYER_RUNS=…` repeats or prolongs a run.
 */
const SEED = Number(env.FOYER_SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(env.FOYER_RUNS ?? 600);

test(`P2 P3 P4 any history leaves one log that everybody agrees on (seed ${SEED})`, () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 90, size: 'max' }), (steps) => {
      const history = new History();
      for (const step of steps) history.take(step);
      history.settle();
    }),
    { seed: SEED, numRuns: RUNS },
  );
  console.log(`model: ${RUNS} histories, FOYER_SEED=${SEED}`);
}, 60_000);
