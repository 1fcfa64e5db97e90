import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ASK_EVERY, ASK_SELDOM, LONG, MOST, Recovery } from './recovery.ts';

/** What happens when the database is back: K14 of docs/spec.md. */

/** Milliseconds within which the lists must be right, and of them for the calls and the writes. */
const LISTS_WITHIN = 2_000;
const FOR_WRITING = 1_500;

let isAway: boolean;
let hangs: boolean;
let questions: number;
let called: string[][];
let recovery: Recovery;

beforeEach(() => {
  vi.useFakeTimers();
  isAway = true;
  hangs = false;
  questions = 0;
  called = [];
  recovery = new Recovery({
    ask: async () => {
      questions += 1;
      if (hangs) await new Promise(() => {});
      if (isAway) throw new Error('D1_ERROR: Network connection lost.');
    },
    call: (ids) => called.push([...ids]),
    now: () => Date.now(),
  });
});

afterEach(() => {
  vi.useRealTimers();
});

test('K14: whoever was missed is called within half a second of the database’s return, once', async () => {
  recovery.missed(['a', 'b']);
  recovery.missed(['b', 'c']);
  // Any moment of an outage may be its last.
  await vi.advanceTimersByTimeAsync(60_000 + 1);
  expect(called).toEqual([]);
  isAway = false;
  await vi.advanceTimersByTimeAsync(LISTS_WITHIN - FOR_WRITING);
  expect(called).toEqual([['a', 'b', 'c']]);
  await vi.advanceTimersByTimeAsync(LONG);
  expect(called).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('K14: a flush that is answered says so, too, and at once', async () => {
  recovery.missed(['a']);
  recovery.answered();
  expect(called).toEqual([['a']]);
  expect(vi.getTimerCount()).toBe(0);
  recovery.answered();
  expect(called).toHaveLength(1);
});

test('K14: a flush that is answered while the database is asked leaves one call', async () => {
  recovery.missed(['a']);
  hangs = true;
  await vi.advanceTimersByTimeAsync(ASK_EVERY);
  recovery.answered();
  recovery.missed(['b']);
  await vi.advanceTimersByTimeAsync(2 * ASK_EVERY - 1);
  expect([questions, called]).toEqual([1, [['a']]]);
  hangs = false;
  isAway = false;
  await vi.advanceTimersByTimeAsync(10_000);
  expect([questions, called]).toEqual([2, [['a'], ['b']]]);
});

test('K14: a database that hangs is asked again, and after a while less often', async () => {
  recovery.missed(['a']);
  hangs = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(questions).toBe(11);
  hangs = false;
  await vi.advanceTimersByTimeAsync(LONG);
  questions = 0;
  await vi.advanceTimersByTimeAsync(10 * ASK_SELDOM);
  expect(questions).toBe(10);
  isAway = false;
  await vi.advanceTimersByTimeAsync(ASK_SELDOM);
  expect(called).toEqual([['a']]);
});

test('K14: a database that takes reads alone is not asked all the time', async () => {
  isAway = false;
  const times: number[] = [];
  recovery.missed(['a']);
  for (let n = 0; n < 6; n += 1) {
    const from = Date.now();
    while (called.length === n) await vi.advanceTimersByTimeAsync(ASK_EVERY);
    times.push((Date.now() - from) / ASK_EVERY);
    recovery.missed(['a']);
  }
  expect(times).toEqual([1, 2, 4, 8, 16, 20]);
});

test('P15: where nothing was missed nothing is asked; of very many the first are remembered', async () => {
  recovery.answered();
  recovery.missed([]);
  expect(vi.getTimerCount()).toBe(0);
  recovery.missed(Array.from({ length: MOST + 50 }, (_, index) => `c${index}`));
  isAway = false;
  await vi.advanceTimersByTimeAsync(ASK_EVERY);
  expect(called[0]).toHaveLength(MOST);
});
