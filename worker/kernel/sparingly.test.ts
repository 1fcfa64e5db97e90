import { expect, test } from 'vitest';
import { sparingly } from './sparingly.ts';

test('O10: what anybody may cause is a line a minute, with how often it was', () => {
  const due = [0, 1, 30_000, 59_999, 60_000, 60_001].map((now) => sparingly('a', now));
  expect(due).toEqual([{ count: 1 }, null, null, null, { count: 4 }, null]);
  expect(sparingly('b', 60_001)).toEqual({ count: 1 });
});
