import { describe, expect, it } from 'vitest';
import { lastUpTo, readingPlace } from './history-rows.ts';

/** Rows of 40 pixels each below one another, the first at `start`. */
const rowsFrom = (start: number, seqs: readonly number[]) =>
  seqs.map((seq, index) => {
    const top = start + index * 40;
    const box = { top, bottom: top + 40, height: 40 };
    return { seq, element: { getBoundingClientRect: () => box } };
  });

describe('A29: the row of a message', () => {
  const rows = rowsFrom(0, [2, 3, 7, 8]);

  it.each([
    [3, 3],
    [8, 8],
    [5, 3],
    [1, 2],
    [99, 8],
  ])('of %i is that of %i', (seq, expected) => {
    expect(lastUpTo(rows, seq)?.seq).toBe(expected);
  });

  it('is null in an empty history', () => {
    expect(lastUpTo([], 3)).toBeUndefined();
  });
});

describe('A29: the row that is read', () => {
  it('is the first visible row, even if it is cut off', () => {
    expect(readingPlace(rowsFrom(-100, [4, 5, 6, 7]), 0)).toEqual({ seq: 6, offset: -20 });
    expect(readingPlace(rowsFrom(-80, [4, 5, 6, 7]), 0)).toEqual({ seq: 6, offset: 0 });
    expect(readingPlace(rowsFrom(30, [4, 5]), 20)).toEqual({ seq: 4, offset: 10 });
  });

  it('is null if every row is above the view, or there is none', () => {
    expect(readingPlace(rowsFrom(-500, [4, 5]), 0)).toBeNull();
    expect(readingPlace([], 0)).toBeNull();
  });
});
