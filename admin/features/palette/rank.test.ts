import { expect, test } from 'vitest';
import { ranked } from './rank.ts';

const labels = (typed: string, ...items: (string | { label: string; keywords: string })[]) =>
  ranked(
    items.map((item) => (typeof item === 'string' ? { label: item } : item)),
    typed,
  ).map(({ label }) => label);

test('ranks the whole label, its start, the start of a word, initials, and the middle, in this order', () => {
  expect(labels('cl', 'Recycle', 'Canned labels', 'To close', 'Close as spam', 'cl')).toEqual([
    'cl',
    'Close as spam',
    'To close',
    'Canned labels',
    'Recycle',
  ]);
});

test('every word must match, ignoring accents and case', () => {
  expect(labels('cafe old', 'Café Oldtown', 'Café', 'Old')).toEqual(['Café Oldtown']);
  expect(labels('x', 'a', 'b')).toEqual([]);
});

test('keywords match, but rank below labels', () => {
  const spam = { label: 'Close as spam', keywords: 'junk' };
  expect(labels('junk', spam, 'Junk mail')).toEqual(['Junk mail', 'Close as spam']);
});

test('an empty query keeps all items in their order', () => {
  expect(labels(' ', 'b', 'a')).toHaveLength(2);
});
