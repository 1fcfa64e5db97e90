import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLooked, LOOK_MS } from './looked.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a second without a break is a look, and passing over is none', async () => {
  const [looking, setLooking] = createSignal(true);
  const { looked, dispose } = createRoot((end) => ({
    looked: createLooked(looking),
    dispose: end,
  }));
  vi.advanceTimersByTime(LOOK_MS - 1);
  expect(looked()).toBe(false);
  setLooking(false);
  vi.advanceTimersByTime(LOOK_MS);
  expect(looked()).toBe(false);
  setLooking(true);
  vi.advanceTimersByTime(LOOK_MS);
  expect(looked()).toBe(true);
  setLooking(false);
  expect(looked()).toBe(false);
  setLooking(true);
  dispose();
  vi.advanceTimersByTime(LOOK_MS);
  expect(vi.getTimerCount()).toBe(0);
});
