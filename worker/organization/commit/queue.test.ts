import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { initialState } from '../../conversation/state/state.ts';
import { FOUNDING } from '../../test/server.ts';
import type { RowChange, RowOutcome } from './call.ts';
import type { Ending } from './flush.ts';
import { CALLER_WAITS, CommitQueue, FIRST_PAUSE, FLUSH_WITHIN, LAST_PAUSE } from './queue.ts';

/** Who waits for the database, and in which flush they are. */

const START = initialState(FOUNDING);

type Flight = {
  changes: readonly RowChange[];
  settle: (change: RowChange, outcome: RowOutcome) => void;
  end: (ending: Ending) => void;
};

let flights: Flight[];
let queue: CommitQueue;

beforeEach(() => {
  vi.useFakeTimers();
  flights = [];
  queue = new CommitQueue(
    (changes, settle) =>
      new Promise<Ending>((end) => {
        flights.push({ changes, settle, end });
      }),
  );
});

afterEach(() => {
  vi.useRealTimers();
});

function change(id: string, version = 1, preview = ''): RowChange {
  const state = {
    ...START,
    version: START.version + version,
    last_message_preview: preview,
  };
  return { founding: { ...FOUNDING, id }, state, guess: START };
}

const idsOf = (flight: Flight | undefined) => flight?.changes.map(({ founding }) => founding.id);

/** The flight ends well: all of it is written. */
async function land(flight = flights.at(-1)): Promise<void> {
  for (const change of flight?.changes ?? []) flight?.settle(change, 'written');
  flight?.end('done');
  await vi.advanceTimersByTimeAsync(0);
}

async function stop(ending: Ending, flight = flights.at(-1)): Promise<void> {
  flight?.end(ending);
  await vi.advanceTimersByTimeAsync(0);
}

describe('K1: one flush at a time', () => {
  test('a change that comes alone is written in the same turn, and leaves no timer', async () => {
    const written = queue.submit(change('a'));
    expect(idsOf(flights[0])).toEqual(['a']);
    await land();
    expect(await written).toBe('written');
    expect([queue.isBusy, vi.getTimerCount()]).toEqual([false, 0]);
  });

  test('what comes meanwhile is in the next flush, all of it together', async () => {
    const all = ['a', 'b', 'c', 'd'].map((id) => queue.submit(change(id)));
    expect(flights).toHaveLength(1);
    await land();
    expect(flights.map(idsOf)).toEqual([['a'], ['b', 'c', 'd']]);
    await land();
    expect(await Promise.all(all)).toEqual(Array(4).fill('written'));
    expect(flights).toHaveLength(2);
  });
});

describe('K2: a flush', () => {
  test('has at most 40 changes; the rest waits for the next', async () => {
    void queue.submit(change('first'));
    for (let n = 0; n < 50; n += 1) void queue.submit(change(`c${n}`));
    await land();
    expect(flights.at(-1)?.changes).toHaveLength(40);
    await land();
    expect(flights.at(-1)?.changes).toHaveLength(10);
  });

  test('has at most 256 KB; one that is larger goes alone', async () => {
    void queue.submit(change('first'));
    const half = 'x'.repeat(120 * 1024);
    for (const id of ['a', 'b', 'c']) void queue.submit(change(id, 1, half));
    void queue.submit(change('large', 1, half.repeat(3)));
    void queue.submit(change('small'));
    for (let n = 0; n < 4; n += 1) await land();
    expect(flights.map(idsOf)).toEqual([['first'], ['a', 'b'], ['c'], ['large'], ['small']]);
  });
});

test('K2: what a flush had no statements for is in the next one, before the others', async () => {
  const written = queue.submit(change('a'));
  const others = ['b', 'c', 'd'].map((id) => queue.submit(change(id)));
  await land();
  void queue.submit(change('e'));
  flights[1]?.settle(change('c'), 'written');
  await stop('full', flights[1]);
  expect(flights.map(idsOf)).toEqual([['a'], ['b', 'c', 'd'], ['b', 'd', 'e']]);
  await land();
  expect(await Promise.all([written, ...others])).toEqual(Array(4).fill('written'));
});

describe('K3: of one conversation', () => {
  test('only the newest version is written, and earlier callers share its outcome', async () => {
    void queue.submit(change('other'));
    const callers = [1, 3, 2].map((version) => queue.submit(change('a', version)));
    await land();
    expect(flights.at(-1)?.changes.map(({ state }) => state.version - START.version)).toEqual([3]);
    await land();
    expect(await Promise.all(callers)).toEqual(['written', 'written', 'written']);
  });

  test('K15: the guess of one that was taken and never written holds for the next', async () => {
    void queue.submit(change('other'));
    const first = change('a', 1);
    void queue.submit(first);
    const second = { ...change('a', 2), guess: first.state };
    void queue.submit(second);
    void queue.submit({ ...change('a', 4), guess: { ...START, version: START.version + 3 } });
    await land();
    const [last] = flights.at(-1)?.changes ?? [];
    // Of a version that nobody submitted nothing is known: a read decides.
    expect(last?.guess.version).toBe(START.version + 3);
    void queue.submit({ ...change('b', 1) });
    void queue.submit({ ...change('b', 2), guess: change('b', 1).state });
    await land();
    expect(flights.at(-1)?.changes.map(({ guess }) => guess)).toEqual([START]);
  });

  test('a version that comes while one is on its way is in the next flush', async () => {
    const first = queue.submit(change('a', 1));
    const second = queue.submit(change('a', 2));
    await land();
    expect(await first).toBe('written');
    expect(flights).toHaveLength(2);
    await land();
    expect(await second).toBe('written');
  });
});

describe('K7: a caller waits 10 seconds at most', () => {
  test('for a flush that hangs, and for one that waits behind it', async () => {
    const callers = [queue.submit(change('a')), queue.submit(change('b'))];
    await vi.advanceTimersByTimeAsync(CALLER_WAITS);
    expect(await Promise.all(callers)).toEqual(['unavailable', 'unavailable']);
    // Nobody waits for b any more: its conversation comes back with its newest.
    await land();
    expect(flights).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a flush that hangs counts as an outage after 30 seconds, and the next one begins', async () => {
    void queue.submit(change('a'));
    await vi.advanceTimersByTimeAsync(FLUSH_WITHIN - 1_000);
    const written = queue.submit(change('b'));
    expect(flights).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(flights.map(idsOf)).toEqual([['a'], ['b']]);
    await land(flights[1]);
    expect(await written).toBe('written');
    // The first one takes effect after all, and tells nobody.
    await land(flights[0]);
    expect(queue.isBusy).toBe(false);
  });
});

describe('K8: a database', () => {
  test('that is away: the callers of the flush are told at once, and the next flush tries', async () => {
    const first = queue.submit(change('a'));
    const second = queue.submit(change('b'));
    await stop('outage');
    expect(await first).toBe('unavailable');
    expect(flights.map(idsOf)).toEqual([['a'], ['b']]);
    await land();
    expect(await second).toBe('written');
  });

  test('that is overloaded has a pause, longer each time, and loses no change', async () => {
    const written = queue.submit(change('a', 1));
    const pauses: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const before = flights.length;
      await stop('overloaded');
      void queue.submit(change('b', n));
      let pause = 0;
      for (; flights.length === before; pause += FIRST_PAUSE) {
        await vi.advanceTimersByTimeAsync(FIRST_PAUSE);
      }
      pauses.push(pause / FIRST_PAUSE);
    }
    expect(pauses).toEqual([1, 2, 4, 8]);
    expect(idsOf(flights.at(-1))).toEqual(['a', 'b']);
    await land();
    expect(await written).toBe('written');
    expect(LAST_PAUSE).toBeLessThan(CALLER_WAITS);
  });

  test('that is overloaded: a newer version takes the callers of the one that was not written', async () => {
    const first = queue.submit(change('a', 1));
    const second = queue.submit(change('a', 2));
    await stop('overloaded');
    await vi.advanceTimersByTimeAsync(FIRST_PAUSE);
    expect(flights.at(-1)?.changes.map(({ state }) => state.version - START.version)).toEqual([2]);
    await land();
    expect(await Promise.all([first, second])).toEqual(['written', 'written']);
  });

  test('that fails in an unforeseen way: the callers try again', async () => {
    const failing = new CommitQueue(async () => {
      throw new TypeError('unforeseen');
    });
    expect(await failing.submit(change('a'))).toBe('unavailable');
    expect(failing.isBusy).toBe(false);
  });
});
