import { expect, test } from 'vitest';
import { readLocation } from './location.ts';

test.each([
  ['weur', 'weur'],
  [' ENAM ', 'enam'],
  ['apac-ne', 'apac-ne'],
  ['europe', undefined],
  ['', undefined],
  [undefined, undefined],
])('%s is the location %s', (text, location) => {
  expect(readLocation(text)).toBe(location);
});
