import { expect, test } from 'vitest';
import { Traffic } from './traffic.ts';

test('S3: counts by address are told once, and again where the call failed', () => {
  const traffic = new Traffic();
  traffic.begin('a');
  traffic.count('a', 0);
  traffic.count('b', 0);
  traffic.count(undefined, 0);
  const report = traffic.take();
  expect(report).toEqual({
    began: 'a',
    said: [
      ['a', 1],
      ['b', 1],
    ],
  });
  expect(traffic.take()).toEqual({ began: undefined, said: [] });
  traffic.count('a', 0);
  traffic.giveBack(report);
  expect(traffic.take()).toEqual({
    began: 'a',
    said: [
      ['a', 2],
      ['b', 1],
    ],
  });
});

test('S3: an address that must wait is refused until its time, and no other', () => {
  const traffic = new Traffic();
  traffic.slow([{ address: 'a', until: 10_000 }]);
  expect(() => traffic.count('a', 2_500)).toThrow(
    expect.objectContaining({ code: 'rate_limited', retryAfter: 8 }),
  );
  traffic.count('b', 2_500);
  traffic.count('a', 10_000);
  expect(traffic.take().said).toEqual([
    ['b', 1],
    ['a', 1],
  ]);
});
