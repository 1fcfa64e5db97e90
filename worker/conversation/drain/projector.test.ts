import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FOUNDING } from '../../test/server.ts';
import { commitBy } from '../../test/stand-ins/commit.ts';
import { initialState, markRead, type State, touch } from '../state/state.ts';
import { Drain, FIRST_RETRY, LAST_RETRY } from './drain.ts';
import { type Due, LISTS_WITHIN, Projector, type Snapshot, SPACING } from './projector.ts';

/** P7: the database and the inbox follow the log, whatever happens on the way. */

const START = initialState(FOUNDING);

let storedState: State;
let state: State;
/** What the database and the inbox were told, as versions. */
let written: { version: number; guess: number }[];
let published: number[];
let retries: number[];
let failing: { database: boolean; inbox: boolean };
/** Holds the writes back until it is called. */
let release: (() => void) | null;

beforeEach(() => {
  storedState = START;
  state = START;
  written = [];
  published = [];
  retries = [];
  failing = { database: false, inbox: false };
  release = null;
});

/** The projector, and the alarm's retry of its drain. */
function project(certain = true): Projector & { retry: () => Promise<boolean> } {
  const drain = new Drain((milliseconds) => void retries.push(milliseconds));
  const write = async ({ storedState }: Snapshot, guess: State) => {
    written.push({ version: storedState.version, guess: guess.version });
    if (release) await new Promise<void>((resolve) => (release = resolve));
    if (failing.database) throw new Error('away');
  };
  const publish = async (snapshot: Snapshot) => {
    if (failing.inbox) throw new Error('away');
    published.push(snapshot.state.version);
  };
  const deps = {
    read: () => ({ founding: FOUNDING, state, storedState }),
    commit: commitBy(publish, write),
    report: () => {},
  };
  const projector = new Projector(drain, deps, START, certain);
  const retry = async () => (await drain.retry())[0] ?? false;
  return Object.assign(projector, { retry });
}

/** A change that the log has. */
function change(): number {
  storedState = touch(state, FOUNDING.created_at);
  state = storedState;
  return storedState.version;
}

describe('a change', () => {
  test('goes to both, once, with what the database held before as the guess', async () => {
    const projector = project();
    const version = change();
    expect(await projector.settle()).toBe(true);
    expect(written).toEqual([{ version, guess: START.version }]);
    expect(published).toEqual([version]);
    expect(await projector.settle()).toBe(true);
    expect(written).toHaveLength(1);
    expect(published).toHaveLength(1);
  });

  test('P8: several in one turn are said at once', async () => {
    const projector = project();
    change();
    const settled = projector.settle();
    const version = change();
    projector.settle();
    expect(await settled).toBe(true);
    expect(written).toEqual([{ version, guess: START.version }]);
    expect(published).toEqual([version]);
  });

  test('during a run is part of the next run, which starts from what the first one wrote', async () => {
    const projector = project();
    release = () => {};
    const first = change();
    const settled = projector.settle();
    await expect.poll(() => written.length).toBe(1);
    const second = change();
    change();
    const third = storedState.version;
    expect(projector.settle()).toBe(settled);
    const go = release;
    release = null;
    go();
    expect(await settled).toBe(true);
    expect(written).toEqual([
      { version: first, guess: START.version },
      { version: third, guess: first },
    ]);
    expect(published).toEqual([first, third]);
    expect(second).toBeLessThan(third);
  });

  test('that the log has not stored goes to the agents only, so that the guess is right after a sleep', async () => {
    const projector = project();
    const version = change();
    state = markRead(
      { ...state, last_seq: 1, last_public_seq: 1 },
      { role: 'agent', id: 'amos' },
      1,
      FOUNDING.created_at,
    );
    expect(await projector.settle()).toBe(true);
    expect(written).toEqual([{ version, guess: START.version }]);
    expect(published).toEqual([state.version]);
  });

  test('P8: that is not to be published makes no call', async () => {
    const projector = project();
    release = () => {};
    change();
    const settled = projector.settle();
    await expect.poll(() => written.length).toBe(1);
    state = touch(state, FOUNDING.created_at);
    const go = release;
    release = null;
    go();
    await settled;
    expect(published).toEqual([storedState.version]);
  });
});

describe('a burst of changes', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse(FOUNDING.created_at) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const tellings = () => published.length;
  /** A change that is told of, and whatever that brings about at once. */
  async function changed(projector: Projector): Promise<number> {
    const version = change();
    projector.changed();
    await vi.advanceTimersByTimeAsync(0);
    return version;
  }

  test('is published at its first change, then once a SPACING, and at its end', async () => {
    const projector = project();
    const first = await changed(projector);
    expect(published).toEqual([first]);
    let last = first;
    for (let elapsed = 0; elapsed < 3 * SPACING; elapsed += SPACING / 10) {
      last = await changed(projector);
      await vi.advanceTimersByTimeAsync(SPACING / 10);
    }
    await vi.advanceTimersByTimeAsync(SPACING);
    expect(published.at(-1)).toBe(last);
    expect(written.map(({ version }) => version)).toEqual(published);
    expect(tellings()).toBeLessThanOrEqual(5);
  });

  test('P8: leaves no timer behind, and none is set for a change after a pause', async () => {
    const projector = project();
    for (let n = 0; n < 3; n += 1) {
      await changed(projector);
      expect(vi.getTimerCount()).toBe(0);
      await vi.advanceTimersByTimeAsync(SPACING);
    }
    await changed(projector);
    await changed(projector);
    await changed(projector);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(SPACING);
    expect(vi.getTimerCount()).toBe(0);
    expect(published.at(-1)).toBe(storedState.version);
  });

  test('P8: sets no timer for what comes in the same turn, such as joining with the first reply', async () => {
    const projector = project();
    change();
    projector.changed();
    const version = change();
    projector.changed();
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(0);
    expect(published).toEqual([version]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('delays nobody who waits for the lists, and what they settled is not published again', async () => {
    const projector = project();
    await changed(projector);
    const version = await changed(projector);
    expect(await projector.settle()).toBe(true);
    expect(published.at(-1)).toBe(version);
    expect(vi.getTimerCount()).toBe(0);
    const before = tellings();
    await vi.advanceTimersByTimeAsync(2 * SPACING);
    expect(tellings()).toBe(before);
  });

  test('K12: a person waits 2 seconds for the lists at most, and no timer is left', async () => {
    const projector = project();
    release = () => {};
    change();
    const waiting = projector.settleSoon();
    await vi.advanceTimersByTimeAsync(LISTS_WITHIN);
    await waiting;
    expect(published).toHaveLength(1);
    release();
    await vi.advanceTimersByTimeAsync(0);
    release = null;
    change();
    await projector.settleSoon();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('does not begin with a change that somebody waited for: the next one is published at once', async () => {
    const projector = project();
    change();
    await projector.settle();
    const version = await changed(projector);
    expect(published.at(-1)).toBe(version);
  });

  test('waits no longer than a SPACING when the clock goes back by years', async () => {
    const projector = project();
    await changed(projector);
    vi.setSystemTime(0);
    const version = await changed(projector);
    await vi.advanceTimersByTimeAsync(SPACING);
    expect(published.at(-1)).toBe(version);
  });

  test('during a run waits for it and for its turn: there are never two runs at once', async () => {
    const projector = project();
    release = () => {};
    await changed(projector);
    const version = await changed(projector);
    await vi.advanceTimersByTimeAsync(3 * SPACING);
    expect(written).toHaveLength(1);
    const go = release;
    release = null;
    go();
    await vi.advanceTimersByTimeAsync(0);
    expect(written.map((write) => write.version)).toEqual([expect.any(Number), version]);
  });

  test('that fails sets its retry and is tried again no faster than once a SPACING', async () => {
    const projector = project();
    failing.database = true;
    for (let n = 0; n < 10; n += 1) await changed(projector);
    expect(written).toHaveLength(1);
    expect(retries).toEqual([FIRST_RETRY]);
    await vi.advanceTimersByTimeAsync(SPACING);
    expect(written).toHaveLength(2);
    failing.database = false;
    expect(await projector.retry()).toBe(true);
    expect(written.at(-1)?.version).toBe(storedState.version);
  });
});

describe('K15: a change', () => {
  test('that nobody waits for needs no outcome; one that somebody settles does, once', async () => {
    const waits: (boolean | undefined)[] = [];
    const drain = new Drain(() => {});
    const commit = async (_: Snapshot, { row }: Due) => {
      waits.push(row?.waits);
      return { news: true, row: true };
    };
    const read = () => ({ founding: FOUNDING, state, storedState });
    const projector = new Projector(drain, { read, commit, report: () => {} }, START, true);
    change();
    projector.changed();
    await vi.waitFor(() => expect(waits).toEqual([false]));
    change();
    await projector.settle();
    change();
    projector.changed();
    const settled = projector.settle();
    await settled;
    expect(waits).toEqual([false, true, true]);
  });
});

describe('a failure', () => {
  test('sets a retry, later each time, up to the longest pause', async () => {
    const projector = project();
    failing.database = true;
    change();
    expect(await projector.settle()).toBe(false);
    for (let n = 0; n < 12; n += 1) expect(await projector.retry()).toBe(false);
    expect(retries.slice(0, 4)).toEqual([1, 2, 4, 8].map((times) => times * FIRST_RETRY));
    expect(retries.at(-1)).toBe(LAST_RETRY);
    failing.database = false;
    expect(await projector.settle()).toBe(true);
    failing.database = true;
    change();
    await projector.settle();
    expect(retries.at(-1)).toBe(FIRST_RETRY);
  });

  test('is counted once, however many changes come meanwhile, so that they do not delay the retry', async () => {
    const projector = project();
    failing.database = true;
    for (let n = 0; n < 12; n += 1) {
      change();
      expect(await projector.settle()).toBe(false);
    }
    expect(new Set(retries)).toEqual(new Set([FIRST_RETRY]));
    await projector.retry();
    change();
    await projector.settle();
    expect(retries.slice(-2)).toEqual([2 * FIRST_RETRY, 2 * FIRST_RETRY]);
  });

  test('of the database still publishes to the agents, and publishes nothing twice', async () => {
    const projector = project();
    failing.database = true;
    const version = change();
    await projector.settle();
    expect(published).toEqual([version]);
    failing.database = false;
    expect(await projector.settle()).toBe(true);
    expect(published).toEqual([version]);
    expect(written.at(-1)).toEqual({ version, guess: START.version });
  });

  test('of the organization’s object is followed by publishing the newest state', async () => {
    const projector = project();
    failing.inbox = true;
    change();
    expect(await projector.settle()).toBe(false);
    failing.inbox = false;
    const newest = change();
    expect(await projector.settle()).toBe(true);
    expect(published).toEqual([newest]);
  });
});

describe('what is not certain', () => {
  test('is written though nothing has changed, once', async () => {
    const projector = project(false);
    expect(await projector.settle()).toBe(true);
    expect(await projector.settle()).toBe(true);
    expect(written).toEqual([{ version: START.version, guess: START.version }]);
    expect(published).toEqual([START.version]);
  });

  test('is checked again after a doubt, and published again after an announcement', async () => {
    const projector = project();
    projector.doubt();
    await projector.settle();
    expect(written).toHaveLength(1);
    expect(published).toEqual([]);
    projector.announce();
    await projector.settle();
    expect(written).toHaveLength(1);
    expect(published).toEqual([START.version]);
  });
});
