import { expect, it } from 'vitest';
import { createGone } from './gone.ts';
import { summary } from './summary.fixture.ts';

const at = (version: number) => summary({ id: 'a', version });

it('what went out of sight is not brought back by a page or a frame from before', () => {
  const gone = createGone();
  expect(gone.add('a', 5, at(4))).toBe(true);
  expect([gone.has(at(4)), gone.has(at(5)), gone.has(at(6))]).toEqual([true, true, false]);
  expect(gone.has(summary({ id: 'b', version: 1 }))).toBe(false);
});

it('a late frame does not take away what came back since', () => {
  const gone = createGone();
  expect(gone.add('a', 5, at(6))).toBe(false);
  expect(gone.has(at(6))).toBe(false);
  // An older Worker does not say the version: then it is the last known one.
  expect(gone.add('a', 6, at(6))).toBe(true);
});

it('is forgotten when the departments of the agent change', () => {
  const gone = createGone();
  gone.add('a', 5, undefined);
  gone.clear();
  expect(gone.has(at(1))).toBe(false);
});
