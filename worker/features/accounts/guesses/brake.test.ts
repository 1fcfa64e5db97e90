import { expect, test } from 'vitest';
import { FREE_TRIES, pauseAfter } from './brake.ts';

const SECOND = 1_000;

test('S6: the pauses grow from 30 s to an hour, and no further', () => {
  expect(pauseAfter(0)).toBe(0);
  expect(pauseAfter(FREE_TRIES - 1)).toBe(0);
  const pauses = Array.from({ length: 9 }, (_, more) => pauseAfter(FREE_TRIES + more) / SECOND);
  expect(pauses).toEqual([30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
  expect(pauseAfter(5_000)).toBe(3_600 * SECOND);
});
