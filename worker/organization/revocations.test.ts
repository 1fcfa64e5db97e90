import { expect, test } from 'vitest';
import { Revocations } from './revocations.ts';

test('an agent is untouched since the object was made, or since their last revocation', () => {
  const revocations = new Revocations(1_000);
  expect(revocations.untouched('olive', 1_000)).toBe(0);
  expect(revocations.untouched('olive', 5_000)).toBe(4_000);
  revocations.note('olive', 6_000);
  expect(revocations.untouched('olive', 6_000)).toBe(0);
  expect(revocations.untouched('olive', 6_500)).toBe(500);
  expect(revocations.untouched('amos', 6_500)).toBe(5_500);
});

test('what is forgotten is never taken for quiet: nobody is untouched for longer than it is kept', () => {
  const revocations = new Revocations(0);
  revocations.note('olive', 1_000);
  const later = 1_000 + 11 * 60_000;
  revocations.note('amos', later);
  expect(revocations.untouched('olive', later)).toBe(10 * 60_000);
});

test('a clock that went back makes nobody untouched', () => {
  expect(new Revocations(5_000).untouched('olive', 1_000)).toBeLessThan(0);
});
