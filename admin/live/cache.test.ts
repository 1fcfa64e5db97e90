import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCache } from './cache.ts';

// The API's client takes its origin from the page.
vi.hoisted(() => vi.stubGlobal('location', { origin: 'https://foyer.example' }));

type Label = { id: string; name: string };

const refund = { id: '1', name: 'Refund' };
const praise = { id: '2', name: 'Praise' };
const changed = { id: '1', name: 'Refunds' };

/** Longer than any wait of a cache. */
const LONG = 5_000;

describe('A30: a list that all pages share', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  function counted({ live = true }: { live?: boolean } = {}) {
    const fetch = vi.fn(async (): Promise<Label[]> => [refund]);
    const compare = (a: Label, b: Label) => a.name.localeCompare(b.name);
    const list = createRoot(() =>
      createCache<Label>({ fetch, idOf: ({ id }) => id, compare, isLive: () => live }),
    );
    return { fetch, list };
  }

  async function loaded(options?: { live?: boolean }) {
    const made = counted(options);
    made.list.want();
    await vi.advanceTimersByTimeAsync(0);
    expect(made.list.value()).toEqual([refund]);
    made.fetch.mockClear();
    return made;
  }

  it('is not loaded again by the dashboard that saved, and nor by its own frame', async () => {
    const { fetch, list } = await loaded();
    list.put(changed, 1);
    list.receive({ version: 1, items: [changed], removed: [] });
    await vi.advanceTimersByTimeAsync(LONG);
    expect(fetch).not.toHaveBeenCalled();
    expect(list.value()).toEqual([changed]);
  });

  it('is not loaded again by the others: the frame has the records, in the order of the list', async () => {
    const { fetch, list } = await loaded();
    list.receive({ version: 1, items: [praise], removed: [] });
    expect(list.value()).toEqual([praise, refund]);
    expect(list.byId('2')).toBe(praise);
    list.receive({ version: 2, items: [], removed: ['1'] });
    await vi.advanceTimersByTimeAsync(LONG);
    expect(fetch).not.toHaveBeenCalled();
    expect(list.items()).toEqual([praise]);
  });

  it('is loaded once, at a random time within two seconds, after a frame of an older Worker', async () => {
    const random = vi.spyOn(Math, 'random');
    const times: number[] = [];
    for (const at of [0, 0.5, 0.999]) {
      random.mockReturnValue(at);
      const { fetch, list } = await loaded();
      const began = Date.now();
      list.receive({});
      list.receive({});
      await vi.advanceTimersToNextTimerAsync();
      times.push(Math.round(Date.now() - began));
      await vi.advanceTimersByTimeAsync(LONG);
      expect(fetch).toHaveBeenCalledTimes(1);
    }
    expect(times).toEqual([250, 1_125, 1_998]);
  });

  it('is loaded again where a number is missing, unless its frame comes meanwhile', async () => {
    const { fetch, list } = await loaded();
    list.receive({ version: 1, items: [], removed: [] });
    list.receive({ version: 3, items: [], removed: [] });
    list.receive({ version: 2, items: [praise], removed: [] });
    await vi.advanceTimersByTimeAsync(LONG);
    expect(fetch).not.toHaveBeenCalled();
    list.receive({ version: 5, items: [], removed: [] });
    await vi.advanceTimersByTimeAsync(LONG);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('is loaded by the first page that uses it, and by none after it', async () => {
    const { fetch, list } = counted();
    list.receive({ version: 4, items: [praise], removed: [] });
    await vi.advanceTimersByTimeAsync(LONG);
    expect([list.state(), fetch.mock.calls.length]).toEqual(['loading', 0]);
    list.want();
    list.want();
    await vi.advanceTimersByTimeAsync(0);
    list.want();
    expect([list.state(), fetch.mock.calls.length]).toEqual(['ready', 1]);
    expect(list.value()).toEqual([refund]);
  });

  it('without a connection it stays, and a page that opens loads it', async () => {
    const { fetch, list } = await loaded({ live: false });
    list.want();
    await vi.advanceTimersByTimeAsync(0);
    list.followed();
    await vi.advanceTimersByTimeAsync(0);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('shows why it could not be loaded, and keeps what it has if a later request fails', async () => {
    const { fetch, list } = counted();
    fetch.mockRejectedValueOnce(new Error());
    await list.load();
    expect([list.state(), list.error()]).toEqual(['failed', 'Something went wrong. Try again.']);
    await list.load();
    expect([list.state(), list.error()]).toEqual(['ready', null]);
    fetch.mockRejectedValueOnce(new Error());
    await list.load();
    expect([list.state(), list.value()]).toEqual(['ready', [refund]]);
  });

  it('shows the answer to a change without a number, and loads the list again', async () => {
    const { fetch, list } = await loaded();
    list.put(changed);
    expect(list.value()).toEqual([changed]);
    await vi.advanceTimersByTimeAsync(LONG);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  describe('when the socket opens', () => {
    const opened = (list: ReturnType<typeof counted>['list']) => list.loadSoon();

    it('is loaded again by a Worker that does not say what changed last', async () => {
      const { fetch, list } = await loaded();
      opened(list);
      await vi.advanceTimersByTimeAsync(LONG);
      expect(fetch).toHaveBeenCalledTimes(1);
    });

    it('is not loaded again if nothing ever changed, or all of it has arrived', async () => {
      const { fetch, list } = await loaded();
      opened(list);
      list.welcome(undefined);
      list.receive({ version: 1, items: [praise], removed: [] });
      opened(list);
      list.welcome({ version: 1, age: 10 });
      await vi.advanceTimersByTimeAsync(LONG);
      expect(fetch).not.toHaveBeenCalled();
    });

    it('is not loaded again if the last change was before the list was requested', async () => {
      const { fetch, list } = await loaded();
      await vi.advanceTimersByTimeAsync(3_000);
      opened(list);
      list.welcome({ version: 7, age: 60_000 });
      await vi.advanceTimersByTimeAsync(LONG);
      expect(fetch).not.toHaveBeenCalled();
      // What follows is complete.
      list.receive({ version: 8, items: [praise], removed: [] });
      await vi.advanceTimersByTimeAsync(LONG);
      expect(fetch).not.toHaveBeenCalled();
    });

    it('is loaded again if something changed since, or if it was loaded long ago', async () => {
      const { fetch, list } = await loaded();
      await vi.advanceTimersByTimeAsync(3_000);
      opened(list);
      list.welcome({ version: 7, age: 2_000 });
      await vi.advanceTimersByTimeAsync(LONG);
      expect(fetch).toHaveBeenCalledTimes(1);
      await vi.advanceTimersByTimeAsync(2 * 60 * 60_000);
      opened(list);
      list.welcome({ version: 7, age: 2 * 60 * 60_000 });
      await vi.advanceTimersByTimeAsync(LONG);
      expect(fetch).toHaveBeenCalledTimes(2);
    });

    it('is loaded again if the numbers began again', async () => {
      const { fetch, list } = await loaded();
      list.receive({ version: 1, items: [], removed: [] });
      list.receive({ version: 2, items: [], removed: [] });
      opened(list);
      list.welcome({ version: 1, age: 10 });
      await vi.advanceTimersByTimeAsync(LONG);
      expect(fetch).toHaveBeenCalledTimes(1);
      list.receive({ version: 2, items: [praise], removed: [] });
      expect(list.byId('2')).toBe(praise);
    });
  });
});
