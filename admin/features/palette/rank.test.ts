import { expect, test } from 'vitest';
import { ranked } from './rank.ts';

const labels = (typed: string, ...items: (string | { label: string; keywords: string })[]) =>
  ranked(
    items.map((item) => (typeof item === 'string' ? { label: item } : item)),
    typed,
  ).map(({ label }) => label);

test('the whole label, its beginning, a word’s, its initials, its middle: in this order', () => {
  expect(labels('cl', 'Recycle', 'Canned labels', 'To close', 'Close as spam', 'cl')).toEqual([
    'cl',
    'Close as spam',
    'To close',
    'Canned labels',
    'Recycle',
  ]);
});

test('every word must be found, accents and case do not matter', () => {
  expect(labels('cafe old', 'Café Oldtown', 'Café', 'Old')).toEqual(['Café Oldtown']);
  expect(labels('x', 'a', 'b')).toEqual([]);
});

test('what it is also known by finds it, behind what is called so', () => {
  const spam = { label: 'Close as spam', keywords: 'junk' };
  expect(labels('junk', spam, 'Junk mail')).toEqual(['Junk mail', 'Close as spam']);
});

test('nothing typed keeps all in their order', () => {
  expect(labels(' ', 'b', 'a')).toHaveLength(2);
});
