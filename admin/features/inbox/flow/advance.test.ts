import { describe, expect, it } from 'vitest';
import { rowAfter } from './advance.ts';

const ids = ['a', 'b', 'c', 'd'];

describe('the row that opens after conversations left the list', () => {
  it.each([
    ['the next one', ['b'], 1, 'next', 'c'],
    ['the previous one', ['b'], 1, 'previous', 'a'],
    ['the previous one, at the end', ['d'], 3, 'next', 'c'],
    ['the next one, at the beginning', ['a'], 0, 'previous', 'b'],
    ['none of those that leave with it', ['b', 'c'], 1, 'next', 'd'],
    ['above all that leave, at the end', ['c', 'd'], 2, 'next', 'b'],
    ['above all that leave', ['b', 'c'], 2, 'previous', 'a'],
    ['none', ids, 2, 'next', null],
    ['none of them', ids, 0, 'previous', null],
  ] as const)('is %s', (_name, leaving, from, direction, row) => {
    expect(rowAfter(ids, leaving, from, direction)).toBe(row);
  });

  it('is at the same place, if the row had left the list before', () => {
    expect(rowAfter(['a', 'c', 'd'], ['b'], 1, 'next')).toBe('c');
    expect(rowAfter(['a', 'c', 'd'], ['b'], 1, 'previous')).toBe('a');
    expect(rowAfter([], ['b'], -1, 'next')).toBeNull();
  });
});
