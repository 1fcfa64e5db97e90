import { describe, expect, test } from 'vitest';
import { DEFAULT_QUOTAS } from '../../features/quotas/quotas.ts';
import { Brake, type Past } from './brake.ts';

const NEW: Past = { entries: 0, began: 0, at: () => 0 };

/** How many messages pass at once. */
function passing(brake: Brake, now: number): number {
  for (let count = 0; ; count += 1) {
    try {
      brake.count(now);
    } catch (error) {
      expect(error).toMatchObject({ code: 'rate_limited', retryAfter: 1 });
      return count;
    }
  }
}

describe('S3: one visitor in one conversation', () => {
  test('a burst passes, then 60 a minute', () => {
    const brake = new Brake(DEFAULT_QUOTAS, () => NEW);
    expect(passing(brake, 0)).toBe(100);
    expect(passing(brake, 60_000)).toBe(60);
    expect(passing(brake, 61_000)).toBe(1);
  });

  test.each([
    ['a few entries take a few of the burst', { entries: 30, began: 0 }, 10_000, 80],
    ['a burst a moment ago leaves nothing', { entries: 130, began: 0 }, 1_000, 1],
    ['a burst long ago is forgotten', { entries: 130, began: 0 }, 3_600_000, 100],
  ])('after a wake %s', (_what, past, now, expected) => {
    const read: number[] = [];
    const at = (seq: number) => {
      read.push(seq);
      return 0;
    };
    const brake = new Brake(DEFAULT_QUOTAS, () => ({ ...past, at }));
    expect(passing(brake, now)).toBe(expected);
    // One row, and none where the conversation is short.
    expect(read).toEqual(past.entries < 100 ? [] : [31]);
  });
});
