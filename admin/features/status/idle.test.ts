import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createIdle } from './idle.ts';

describe('a tab that nobody touches', () => {
  const page = new EventTarget();
  const touch = (type: string) => page.dispatchEvent(new Event(type));

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
    vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const watched = (first: number) =>
    createRoot((dispose) => {
      const [minutes, setMinutes] = createSignal(first);
      return { idle: createIdle(minutes), setMinutes, dispose };
    });

  it('is idle after the minutes that its agent chose, and in use again with the next input', async () => {
    const { idle, dispose } = watched(5);
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    touch('pointermove');
    await vi.advanceTimersByTimeAsync(4 * 60_000);
    expect(idle()).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(idle()).toBe(true);
    touch('keydown');
    expect(idle()).toBe(false);
    await vi.advanceTimersByTimeAsync(5 * 60_000);
    expect(idle()).toBe(true);
    dispose();
  });

  it('is idle at once where the machine slept', async () => {
    const { idle, dispose } = watched(30);
    // Timers stand still in a sleep, and the clock does not.
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    await vi.advanceTimersByTimeAsync(30 * 60_000);
    expect(idle()).toBe(true);
    dispose();
  });

  it('follows another choice at once; 0 is never', async () => {
    const { idle, setMinutes, dispose } = watched(0);
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(idle()).toBe(false);
    setMinutes(15);
    expect(idle()).toBe(true);
    setMinutes(0);
    expect(idle()).toBe(false);
    dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});
