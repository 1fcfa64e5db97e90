import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Throttle } from './throttle.ts';

const SPACING = 1_000;

let done: number[];
let throttle: Throttle;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  done = [];
  throttle = new Throttle(SPACING, () => done.push(Date.now()));
});
afterEach(() => {
  vi.useRealTimers();
});

test('runs at once after a pause, then once per interval, the last request included', () => {
  for (let at = 0; at <= 2_500; at += 100) {
    throttle.request();
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(10 * SPACING);
  expect(done).toEqual([0, 1_000, 2_000, 3_000]);
  throttle.request();
  expect(done.at(-1)).toBe(Date.now());
});

test('P8: has a timer only while a request waits', () => {
  throttle.request();
  expect(vi.getTimerCount()).toBe(0);
  throttle.request();
  throttle.request();
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(SPACING);
  expect(vi.getTimerCount()).toBe(0);
});

test('a cancelled request does not run', () => {
  throttle.request();
  throttle.request();
  throttle.cancel();
  vi.advanceTimersByTime(10 * SPACING);
  expect(done).toEqual([0]);
});

test('waits at most one interval after the clock was set back by years', () => {
  vi.setSystemTime(1e12);
  throttle.request();
  vi.setSystemTime(0);
  throttle.request();
  vi.advanceTimersByTime(SPACING);
  expect(done).toHaveLength(2);
});
