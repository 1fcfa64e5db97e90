import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Spaced } from './spaced.ts';

const SPACING = 1_000;

let done: number[];
let spaced: Spaced;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  done = [];
  spaced = new Spaced(SPACING, () => done.push(Date.now()));
});
afterEach(() => {
  vi.useRealTimers();
});

test('does it at once after a pause, then once a spacing, and leaves the last one not out', () => {
  for (let at = 0; at <= 2_500; at += 100) {
    spaced.ask();
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(10 * SPACING);
  expect(done).toEqual([0, 1_000, 2_000, 3_000]);
  spaced.ask();
  expect(done.at(-1)).toBe(Date.now());
});

test('P8: has a timer only while something waits', () => {
  spaced.ask();
  expect(vi.getTimerCount()).toBe(0);
  spaced.ask();
  spaced.ask();
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(SPACING);
  expect(vi.getTimerCount()).toBe(0);
});

test('forgets what waits when it was done by other means', () => {
  spaced.ask();
  spaced.ask();
  spaced.cancel();
  vi.advanceTimersByTime(10 * SPACING);
  expect(done).toEqual([0]);
});

test('waits no longer than a spacing when the clock goes back by years', () => {
  vi.setSystemTime(1e12);
  spaced.ask();
  vi.setSystemTime(0);
  spaced.ask();
  vi.advanceTimersByTime(SPACING);
  expect(done).toHaveLength(2);
});
