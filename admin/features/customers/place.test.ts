import { expect, it } from 'vitest';
import { placeName } from './place.ts';

it.each([
  ['Berlin', 'DE', 'Berlin, Germany'],
  [null, 'jp', 'Japan'],
  ['Lima', null, 'Lima'],
  [null, 'T1', 'T1'],
  [null, null, null],
])('names %j, %j', (city, country, expected) => {
  expect(placeName(city, country)).toBe(expected);
});
