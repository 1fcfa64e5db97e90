import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCounts } from '../../protocol/resources/job.ts';
import { mustTryAgain, progressAfter } from './plan.ts';

const START = { done: 0, results: {}, failures: {} };
const counts = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 9 }));
const pages = fc.array(fc.record({ done: fc.nat({ max: 99 }), results: counts, failures: counts }));

describe('G2: how far a job is', () => {
  it('G2: is the sum of its pages, whatever they brought', () => {
    fc.assert(
      fc.property(pages, (some) => {
        const end = some.reduce<typeof START>(
          (progress, page, at) => progressAfter(progress, { ...page, next: at }),
          START,
        );
        expect(end.done).toBe(some.reduce((sum, { done }) => sum + done, 0));
        for (const code of ['a', 'b', 'c']) {
          const sum = some.reduce((all, { failures }) => all + (failures[code] ?? 0), 0);
          expect(Reflect.get(end.failures, code)).toBe(sum === 0 ? undefined : sum);
        }
      }),
    );
  });

  it('G2: is done with the page after which none comes, and runs before', () => {
    expect(progressAfter(START, { next: { at: 5 }, done: 1 })).toMatchObject({
      state: 'running',
      cursor: { at: 5 },
    });
    expect(progressAfter(START, { next: null, done: 0 })).toMatchObject({
      state: 'done',
      cursor: null,
    });
  });

  it('G2: leaves what it adds up as it was', () => {
    const before = { a: 1 };
    expect(addCounts(before, { a: 2, b: 0, c: 3 })).toEqual({ a: 3, c: 3 });
    expect(before).toEqual({ a: 1 });
  });
});

describe('G3: a page in which some things failed', () => {
  it.each([
    // failed, all, attempt, whether again
    [0, 40, 1, false],
    [1, 40, 1, true],
    [1, 40, 2, true],
    [1, 40, 3, false],
    [39, 40, 3, false],
    // All of several: what they need is away.
    [40, 40, 3, true],
    [40, 40, 8, true],
    // One alone says nothing of the others.
    [1, 1, 2, true],
    [1, 1, 3, false],
    [0, 0, 1, false],
  ])('G3: %i of %i at try %i: again is %s', (failed, all, attempt, again) => {
    expect(mustTryAgain(failed, all, attempt)).toBe(again);
  });
});
