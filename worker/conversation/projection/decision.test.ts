import { expect, test } from 'vitest';
import { decide } from './decision.ts';

test.each([
  [null, 5, 'absent'],
  [0, 5, 'older'],
  [4, 5, 'older'],
  [5, 5, 'same'],
  [6, 5, 'newer'],
])('O2: a row of version %s, before a state of version %i, is %s', (stored, version, decision) => {
  expect(decide(stored, version)).toBe(decision);
});
