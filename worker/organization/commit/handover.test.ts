import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { initialState } from '../../conversation/state/state.ts';
import { FOUNDING } from '../../test/server.ts';
import { NO_POLICY } from '../policy.ts';
import type { RowChange, RowOutcome } from './call.ts';
import type { Failure } from './flush.ts';
import { GroupCommit } from './group-commit.ts';
import { GATHER_FOR, HANDED_OVER, SLOW, WRITE_WITHIN, writeHandedOver } from './handover.ts';
import { ASK_EVERY } from './recovery.ts';
import type { Rows } from './rows.ts';

/** Rows of which no conversation waits for the outcome: who writes them, and what is said of it. */

const START = initialState(FOUNDING);

/** The versions of the rows in the database. */
let versions: Map<string, number>;
let isAway: boolean;
/** Milliseconds that the database takes. */
let takes: number;
/** Ids that the database refuses. */
let refused: Set<string>;
/** The flushes of the organization's object, by the ids in them. */
let flushes: string[][];

const idOf = ({ founding }: RowChange) => founding.id;

async function answer(changes: readonly RowChange[]): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, takes));
  if (isAway) throw new Error('D1_ERROR: Network connection lost.');
  if (changes.some((change) => refused.has(idOf(change)))) throw new Error('constraint failed');
}

const rows: Rows = {
  async update(changes) {
    flushes.push(changes.map(idOf));
    await answer(changes);
    const hit = changes.filter((change) => versions.get(idOf(change)) === change.guess.version);
    for (const change of hit) versions.set(idOf(change), change.state.version);
    return new Set(hit.map(idOf));
  },
  async versions(changes) {
    await answer([]);
    const ids = new Set(changes.map(idOf));
    return new Map([...versions].filter(([id]) => ids.has(id)));
  },
  statementsOf: () => 4,
  async replace(changes) {
    await answer(changes);
    for (const change of changes) versions.set(idOf(change), change.state.version);
  },
  async alone(change) {
    await answer([change]);
    const isThere = versions.has(idOf(change));
    versions.set(idOf(change), change.state.version);
    return isThere ? 'written' : 'restored';
  },
};

/** A change of a conversation whose row is as guessed, unless `versions` is changed afterwards. */
function change(id: string, version = 1): RowChange {
  if (!versions.has(id)) versions.set(id, START.version);
  const state = { ...START, version: START.version + version };
  const guess = { ...START, version: START.version + version - 1 };
  return { founding: { ...FOUNDING, id }, state, guess };
}

const versionOf = (id: string) => (versions.get(id) ?? Number.NaN) - START.version;

beforeEach(() => {
  vi.useFakeTimers();
  versions = new Map();
  isAway = false;
  takes = 0;
  refused = new Set();
  flushes = [];
});

afterEach(() => {
  vi.useRealTimers();
});

const classify = (error: unknown): Failure =>
  error instanceof Error && error.message.includes('lost') ? 'outage' : 'refused';

describe('K15: an invocation that rows were handed to', () => {
  let reported: string[];

  const write = async (...changes: RowChange[]) => {
    reported = [];
    const report = (change: RowChange) => reported.push(idOf(change));
    const result = writeHandedOver(changes, { rows, classify, report, now: () => Date.now() });
    await vi.advanceTimersByTimeAsync(WRITE_WITHIN);
    return (await result)?.back ?? null;
  };

  test('says nothing of what it wrote, and leaves no timer', async () => {
    expect(await write(change('a'), change('b'))).toBeNull();
    expect([versionOf('a'), versionOf('b')]).toEqual([1, 1]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('writes all columns of a row that is not as guessed', async () => {
    const lost = change('a', 5);
    expect(await write(lost)).toBeNull();
    expect(versionOf('a')).toBe(5);
  });

  test('hands back what the database was away for, or did not answer in time', async () => {
    isAway = true;
    const first = change('a');
    expect(await write(first)).toMatchObject({ missed: [first], restored: [] });
    isAway = false;
    takes = 2 * WRITE_WITHIN;
    expect(await write(first)).toEqual({ missed: [first], restored: [], isSlow: true });
  });

  test('names a row that was gone, so that the search is looked at, too', async () => {
    const gone = change('a');
    versions.clear();
    expect(await write(gone)).toEqual({ missed: [], restored: [gone], isSlow: false });
  });

  test('sets aside what is refused, and hands nothing back', async () => {
    const bad = change('a');
    refused.add('a');
    expect(await write(bad, change('b'))).toBeNull();
    expect(reported).toEqual(['a']);
    expect(versionOf('b')).toBe(1);
  });

  test('says that the database is slow', async () => {
    takes = SLOW + 1;
    expect(await write(change('a'))).toEqual({ missed: [], restored: [], isSlow: true });
  });
});

describe('K15: the organization’s object', () => {
  /** The rows that were handed over, in order. */
  let handed: string[];
  let caughtUp: string[];
  let handOver: Rows['handOver'];
  let commits: GroupCommit;

  beforeEach(() => {
    handed = [];
    caughtUp = [];
    handOver = async (changes) => void handed.push(...changes.map(idOf));
    commits = new GroupCommit({
      rows: () => ({ ...rows, handOver }),
      policy: () => NO_POLICY,
      tell: () => {},
      catchUp: (_organization, ids) => caughtUp.push(...ids),
      failures: { classify, setAside: () => {}, failed: () => {}, worked: () => {} },
    });
  });

  /** The outcomes so far; null for one that is still waited for. */
  function watch(promises: readonly Promise<RowOutcome>[]): () => Promise<(RowOutcome | null)[]> {
    const outcomes: (RowOutcome | null)[] = promises.map(() => null);
    for (const [index, promise] of promises.entries()) {
      void promise.then((outcome) => {
        outcomes[index] = outcome;
      });
    }
    return async () => {
      await vi.advanceTimersByTimeAsync(0);
      return outcomes;
    };
  }

  test('hands over a row whose outcome nobody waits for, and waits for nothing itself', async () => {
    takes = 1_000_000;
    expect(await commits.write(change('a'), true)).toBe('taken');
    expect(handed).toEqual(['a']);
    expect([flushes, vi.getTimerCount()]).toEqual([[], 0]);
  });

  test('writes a row whose outcome somebody waits for', async () => {
    const outcomes = watch([commits.write(change('a'))]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await outcomes()).toEqual(['written']);
    expect(handed).toEqual([]);
  });

  test('gathers what comes faster, and its callers wait no longer for it', async () => {
    takes = 250;
    const ids = Array.from({ length: HANDED_OVER.burst + 5 }, (_, index) => `c${index}`);
    const outcomes = watch(ids.map((id) => commits.write(change(id), true)));
    expect(new Set(await outcomes())).toEqual(new Set(['taken']));
    expect(handed).toEqual(ids.slice(0, HANDED_OVER.burst));
    await vi.advanceTimersByTimeAsync(500);
    const [first, ...others] = ids.slice(HANDED_OVER.burst);
    // One flush at a time: the first one alone, and then those that came meanwhile.
    expect(flushes).toEqual([[first], others]);
    expect(ids.slice(HANDED_OVER.burst).map(versionOf)).toEqual([1, 1, 1, 1, 1]);
    await vi.advanceTimersByTimeAsync(1_000);
    await commits.write(change('later'), true);
    expect(handed.at(-1)).toBe('later');
  });

  test('writes a conversation’s newest version by the guess of the one whose place it takes', async () => {
    takes = 250;
    void commits.write(change('other'));
    const outcomes = watch([1, 2, 3].map((version) => commits.write(change('a', version), true)));
    expect(await outcomes()).toEqual(['taken', 'taken', 'taken']);
    await vi.advanceTimersByTimeAsync(500);
    expect(flushes).toEqual([['other'], ['a']]);
    expect(versionOf('a')).toBe(3);
  });

  test('writes with the next flush where nobody takes the rows', async () => {
    handOver = () => Promise.reject(new Error('There is no such entrypoint.'));
    expect(await commits.write(change('a'), true)).toBe('taken');
    handOver = undefined;
    expect(await commits.write(change('b'), true)).toBe('taken');
    await vi.advanceTimersByTimeAsync(2);
    expect([versionOf('a'), versionOf('b')]).toEqual([1, 1]);
  });

  test('calls the conversations that were handed back, once the database answers', async () => {
    isAway = true;
    const lost = change('a');
    await commits.write(lost, true);
    commits.handBack({ missed: [lost], restored: [], isSlow: false });
    // Meanwhile the others hear that it is away, so that their alarms try again.
    const outcomes = watch([commits.write(change('b'), true)]);
    await vi.advanceTimersByTimeAsync(ASK_EVERY);
    expect([await outcomes(), handed]).toEqual([['unavailable'], ['a']]);
    isAway = false;
    await vi.advanceTimersByTimeAsync(2 * ASK_EVERY);
    expect(caughtUp).toEqual(['a', 'b']);
    await commits.write(change('c'), true);
    expect(handed).toEqual(['a', 'c']);
  });

  test('calls those whose taken rows a flush could not write, and those that were restored', async () => {
    handOver = undefined;
    isAway = true;
    expect(await commits.write(change('a'), true)).toBe('taken');
    await vi.advanceTimersByTimeAsync(1);
    isAway = false;
    await vi.advanceTimersByTimeAsync(ASK_EVERY + 1);
    expect(caughtUp).toEqual(['a']);
    const gone = change('b');
    versions.delete('b');
    expect(await commits.write(gone, true)).toBe('taken');
    await vi.advanceTimersByTimeAsync(10);
    commits.handBack({ missed: [], restored: [change('c')], isSlow: false });
    expect(caughtUp).toEqual(['a', 'b', 'c']);
  });

  test('gathers for a minute where the database is slow', async () => {
    commits.handBack({ missed: [], restored: [], isSlow: true });
    await commits.write(change('a'), true);
    await vi.advanceTimersByTimeAsync(GATHER_FOR);
    await commits.write(change('b'), true);
    expect([flushes, handed]).toEqual([[['a']], ['b']]);
  });
});
