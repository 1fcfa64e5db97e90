import { expect, test } from 'vitest';
import { sameJson } from './same-json.ts';

test('the order of keys makes no difference, that of a list does', () => {
  expect(sameJson({ a: 1, b: { c: [1, 2], d: null } }, { b: { d: null, c: [1, 2] }, a: 1 })).toBe(
    true,
  );
  expect(sameJson([1, 2], [2, 1])).toBe(false);
  expect(sameJson({ a: null }, {})).toBe(false);
  expect(sameJson({ a: undefined }, {})).toBe(true);
});

test('times are compared by their moment, and nothing is not the word for it', () => {
  expect(sameJson(new Date(5), new Date(5))).toBe(true);
  expect(sameJson(new Date(5), new Date(6))).toBe(false);
  expect(sameJson(null, 'null')).toBe(false);
  expect(sameJson(1, '1')).toBe(false);
});
