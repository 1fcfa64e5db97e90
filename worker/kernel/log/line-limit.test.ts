import { expect, test } from 'vitest';
import { dueLine } from './line-limit.ts';

test('O10: what anybody may cause is a line a minute, with how often it was', () => {
  const due = [0, 1, 30_000, 59_999, 60_000, 60_001].map((now) => dueLine('a', now));
  expect(due).toEqual([{ count: 1 }, null, null, null, { count: 4 }, null]);
  expect(dueLine('b', 60_001)).toEqual({ count: 1 });
});
