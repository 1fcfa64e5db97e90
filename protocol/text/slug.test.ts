import { expect, it } from 'vitest';
import { slugOf } from './slug.ts';

it.each([
  ['Acme', 'acme'],
  ['  Café & Söhne GmbH ', 'cafe-sohne-gmbh'],
  ['株式会社', ''],
  ['--', ''],
  // A cut does not end in a hyphen.
  [`${'a'.repeat(59)} b`, 'a'.repeat(59)],
])('makes of %j %j', (name, expected) => {
  expect(slugOf(name)).toBe(expected);
});
