import { expect, test } from 'vitest';
import { Bucket } from './bucket.ts';

const BURST = 100;
const FRAMES_PER_SECOND = 10;
const rate = { perSecond: FRAMES_PER_SECOND, burst: BURST };

/** How many frames get through at once. */
function drain(bucket: Bucket, now: number): number {
  let allowed = 0;
  while (bucket.take(now)) allowed += 1;
  return allowed;
}

test('a burst passes, then a steady rate, and never more than a burst after a pause', () => {
  const bucket = new Bucket(rate, 0);
  expect(drain(bucket, 0)).toBe(BURST);
  expect(drain(bucket, 1_000)).toBe(FRAMES_PER_SECOND);
  expect(drain(bucket, 1_050)).toBe(0);
  expect(drain(bucket, 1_100)).toBe(1);
  expect(drain(bucket, 3_600_000)).toBe(BURST);
});

test('a clock that goes back refills nothing and locks nobody out', () => {
  const bucket = new Bucket(rate, 10_000);
  drain(bucket, 10_000);
  expect(drain(bucket, 0)).toBe(0);
  expect(drain(bucket, 1_000)).toBe(FRAMES_PER_SECOND);
});

test('says how long the next token takes', () => {
  const bucket = new Bucket({ perSecond: 0.5, burst: 2 }, 0, 1);
  expect(bucket.wait).toBe(0);
  expect(drain(bucket, 0)).toBe(1);
  expect(bucket.wait).toBe(2);
  expect(bucket.take(1_000)).toBe(false);
  expect(bucket.wait).toBe(1);
});
