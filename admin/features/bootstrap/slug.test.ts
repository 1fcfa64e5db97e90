import { expect, it } from 'vitest';
import { slugOf } from './slug.ts';

it.each([
  ['Acme', 'acme'],
  ['  Café & Söhne GmbH ', 'cafe-sohne-gmbh'],
  ['株式会社', ''],
  ['--', ''],
])('makes of %j %j', (name, expected) => {
  expect(slugOf(name)).toBe(expected);
});
