import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { agentView, initialState } from '../../conversation/state/state.ts';
import { FOUNDING } from '../../test/server.ts';
import { type Change, GatheredNews, TELL_WITHIN } from './news.ts';

/** When the agents are told of changes, and of which together. */

const START = agentView(FOUNDING, initialState(FOUNDING));

let isBusy: boolean;
let frames: (readonly Change[])[];
let news: GatheredNews;

beforeEach(() => {
  vi.useFakeTimers();
  isBusy = false;
  frames = [];
  news = new GatheredNews({
    isBusy: () => isBusy,
    tell: (changes) => frames.push(changes),
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const add = (id: string, version = 1, department?: string) =>
  news.add({
    conversation: { ...START, id, version },
    before: department ? { department_id: department, assignee: null, mentions: [] } : undefined,
  });

const sent = () =>
  frames.map((changes) =>
    changes.map(({ conversation, before }) => [
      conversation.id,
      conversation.version,
      ...before.map(({ department_id }) => department_id),
    ]),
  );

test('K13: a change that comes alone is told at once', () => {
  add('a');
  expect(sent()).toEqual([[['a', 1]]]);
  expect(vi.getTimerCount()).toBe(0);
});

test('K13: what comes while a flush is on its way is told together when it ends', () => {
  isBusy = true;
  add('a');
  add('b');
  expect(sent()).toEqual([]);
  news.tell();
  expect(sent()).toEqual([
    [
      ['a', 1],
      ['b', 1],
    ],
  ]);
  news.tell();
  vi.advanceTimersByTime(TELL_WITHIN);
  expect(frames).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('K13: a conversation is told once, in its newest version, with all places that it was in', () => {
  isBusy = true;
  add('a', 2, 'sales');
  add('a', 4, 'billing');
  add('a', 3);
  news.tell();
  expect(sent()).toEqual([[['a', 4, 'sales', 'billing']]]);
});

test('K13: a flush that hangs keeps nobody waiting', () => {
  isBusy = true;
  add('a');
  vi.advanceTimersByTime(TELL_WITHIN - 1);
  expect(sent()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(sent()).toEqual([[['a', 1]]]);
  add('b');
  vi.advanceTimersByTime(TELL_WITHIN);
  expect(sent()).toEqual([[['a', 1]], [['b', 1]]]);
});
