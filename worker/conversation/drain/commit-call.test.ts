import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Answer, Commit, RowChange } from '../../organization/commit/call.ts';
import { FOUNDING } from '../../test/server.ts';
import { agentView, initialState, touch } from '../state/state.ts';
import { ANSWER_WITHIN, CommitCall, DatabaseAway } from './commit-call.ts';

/** A conversation's one call, and its way around an organization's object that is away. */

const guess = initialState(FOUNDING);
const state = touch(guess, FOUNDING.created_at);
const COMMIT: Commit = {
  id: FOUNDING.id,
  news: { conversation: agentView(FOUNDING, state) },
  traffic: { said: [] },
  row: { founding: FOUNDING, state, guess },
};
const WRITTEN: Answer = { regards: [], row: 'written' };

let calls: Commit[];
let published: Commit[];
let written: RowChange[];
let answer: () => Promise<Answer>;

beforeEach(() => {
  calls = [];
  published = [];
  written = [];
  answer = async () => WRITTEN;
});

afterEach(() => {
  vi.useRealTimers();
});

function commitCall(): CommitCall {
  return new CommitCall({
    call: async (commit) => {
      calls.push(commit);
      return answer();
    },
    publish: async (commit) => {
      published.push(commit);
      return [];
    },
    write: async (row) => {
      written.push(row);
      return 'written';
    },
  });
}

const away = async () => {
  throw new Error('away');
};

describe('the organization’s object', () => {
  test('answers: that is all, and nothing is written directly', async () => {
    expect(await commitCall().make(COMMIT)).toMatchObject({ isPublished: true, row: 'written' });
    expect([calls, written, published]).toEqual([[COMMIT], [], []]);
  });

  test('K9: fails once: the same call is made again at once', async () => {
    answer = async () => {
      answer = async () => WRITTEN;
      return away();
    };
    expect(await commitCall().make(COMMIT)).toMatchObject({ isPublished: true, row: 'written' });
    expect([calls.length, written]).toEqual([2, []]);
  });

  test('K9: fails twice: the row is written directly, and the agents are still to be told', async () => {
    answer = away;
    const call = commitCall();
    expect(await call.make(COMMIT)).toMatchObject({ isPublished: false, row: 'written' });
    expect([calls.length, written]).toEqual([2, [COMMIT.row]]);
    // It is offered to the object once from then on.
    expect(await call.make(COMMIT)).toMatchObject({ isPublished: false, row: 'written' });
    expect([calls.length, written.length]).toEqual([3, 2]);
    answer = async () => WRITTEN;
    expect(await call.make(COMMIT)).toMatchObject({ isPublished: true, row: 'written' });
    expect([calls.length, written.length]).toEqual([4, 2]);
  });

  test('K9: hangs: the first call asks for a retry, the second leads to the direct way', async () => {
    vi.useFakeTimers();
    answer = () => new Promise<Answer>(() => {});
    const call = commitCall();
    const first = call.make(COMMIT);
    await vi.advanceTimersByTimeAsync(ANSWER_WITHIN);
    expect(await first).toMatchObject({ isPublished: false, row: 'unavailable' });
    const second = call.make(COMMIT);
    await vi.advanceTimersByTimeAsync(ANSWER_WITHIN);
    expect(await second).toMatchObject({ isPublished: false, row: 'written' });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('K8: says that the database is away: an outage of the database, and no direct way', async () => {
    answer = async () => ({ regards: [], row: 'unavailable' });
    const done = await commitCall().make(COMMIT);
    expect(done).toMatchObject({ isPublished: true, row: 'unavailable' });
    expect(done.error).toBeInstanceOf(DatabaseAway);
    // By which it is known as an error of the database (worker/database/database.ts).
    expect(String(done.error)).toContain('Failed query');
    expect(written).toEqual([]);
  });
});

test.each([
  'The RPC receiver does not implement the method "commit".',
  'The RPC receiver does not implement "commit".',
])('K10: an object of a version before the call is called as before: %s', async (message) => {
  answer = async () => {
    throw new TypeError(message);
  };
  const call = commitCall();
  expect(await call.make(COMMIT)).toMatchObject({ isPublished: true, row: 'written' });
  expect([calls.length, published, written]).toEqual([1, [COMMIT], [COMMIT.row]]);
  const { news: _, traffic: __, ...rowAlone } = COMMIT;
  expect(await call.make(rowAlone)).toMatchObject({ isPublished: true, row: 'written' });
  expect(published).toHaveLength(1);
});
