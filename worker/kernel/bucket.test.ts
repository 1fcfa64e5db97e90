import { expect, test } from 'vitest';
import { BURST, Bucket, FRAMES_PER_SECOND } from './flood.ts';

/** How many frames get through at once. */
function drain(bucket: Bucket, now: number): number {
  let taken = 0;
  while (bucket.take(now)) taken += 1;
  return taken;
}

test('a burst passes, then so many a second, and never more than a burst after a pause', () => {
  const bucket = new Bucket(0);
  expect(drain(bucket, 0)).toBe(BURST);
  expect(drain(bucket, 1_000)).toBe(FRAMES_PER_SECOND);
  expect(drain(bucket, 1_050)).toBe(0);
  expect(drain(bucket, 1_100)).toBe(1);
  expect(drain(bucket, 3_600_000)).toBe(BURST);
});

test('a clock that goes back refills nothing and locks nobody out', () => {
  const bucket = new Bucket(10_000);
  drain(bucket, 10_000);
  expect(drain(bucket, 0)).toBe(0);
  expect(drain(bucket, 1_000)).toBe(FRAMES_PER_SECOND);
});
