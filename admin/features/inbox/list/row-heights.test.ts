import { expect, test } from 'vitest';
import { createRowHeights } from './row-heights.ts';

test('unmeasured rows have the most common height of their kind', () => {
  const heights = createRowHeights();
  heights.take('a', 0, 80);
  heights.take('b', 0, 80);
  heights.take('c', 1, 100);
  expect([heights.of('unseen', 0), heights.of('unseen', 1), heights.of('a', 0)]).toEqual([
    80, 100, 80,
  ]);
});

test('an unusual row changes no other row’s height', () => {
  const heights = createRowHeights();
  heights.take('a', 0, 80);
  heights.take('b', 0, 80);
  expect(heights.take('odd', 0, 93)).toBe(true);
  expect([heights.of('odd', 0), heights.of('unseen', 0)]).toEqual([93, 80]);
});

test('measuring the assumed height changes nothing', () => {
  const heights = createRowHeights();
  expect(heights.take('a', 0, 80)).toBe(true);
  expect(heights.take('b', 0, 80)).toBe(false);
  expect(heights.take('b', 0, 80)).toBe(false);
  expect(heights.take('hidden', 0, 0)).toBe(false);
  expect(heights.of('hidden', 0)).toBe(80);
});

test('rows that grow change the unmeasured rows', () => {
  const heights = createRowHeights();
  heights.take('a', 1, 80);
  heights.take('b', 1, 80);
  // Their labels' names have come.
  heights.take('a', 1, 101);
  heights.take('b', 1, 101);
  expect(heights.of('unseen', 1)).toBe(101);
});
