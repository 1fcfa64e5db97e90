import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLoaded } from './loaded.ts';

// The API's client takes its origin from the page.
vi.hoisted(() => vi.stubGlobal('location', { origin: 'https://foyer.example' }));

describe('A30: a list that was changed', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  const counted = () => {
    const ask = vi.fn(async () => ['Refund']);
    return { ask, list: createRoot(() => createLoaded(ask)) };
  };

  it('is fetched once by the dashboard that saved, although the frame comes first', async () => {
    const { ask, list } = counted();
    list.loadSoon();
    list.loadSoon();
    await list.load();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ask).toHaveBeenCalledTimes(1);
    expect(list.value()).toEqual(['Refund']);
  });

  it('is fetched once by the others, each at a random time within two seconds', async () => {
    const random = vi.spyOn(Math, 'random');
    const times: number[] = [];
    for (const at of [0, 0.5, 0.999]) {
      random.mockReturnValue(at);
      const { ask, list } = counted();
      const began = Date.now();
      list.loadSoon();
      list.loadSoon();
      await vi.advanceTimersToNextTimerAsync();
      times.push(Math.round(Date.now() - began));
      await vi.advanceTimersByTimeAsync(5_000);
      expect(ask).toHaveBeenCalledTimes(1);
    }
    expect(times).toEqual([250, 1_125, 1_998]);
  });

  it('is fetched again for a change after the request', async () => {
    const { ask, list } = counted();
    await list.load();
    list.loadSoon();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('shows the newest response, whichever arrives last, and keeps it if the next one fails', async () => {
    const answer = (value: string, delay: number) =>
      new Promise<string>((resolve) => setTimeout(() => resolve(value), delay));
    const answers = [() => answer('old', 200), () => answer('new', 100)];
    const list = createRoot(() => createLoaded(() => answers.shift()?.() ?? Promise.reject()));
    const both = Promise.all([list.load(), list.load()]);
    await vi.advanceTimersByTimeAsync(300);
    await both;
    expect(list.value()).toBe('new');
    await list.load();
    expect(list.value()).toBe('new');
    expect(list.error()).toBe('Something went wrong. Try again.');
  });
});
