import { createRoot, createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DEFAULT_PREFERENCES } from '../../../../protocol/resources/preference-choices.ts';
import { standIn } from '../../../test/stand-in.ts';
import { adoptPreferences } from '../../profile/preferences.ts';
import type { RowFocus } from '../list/row-focus.ts';
import { createFlow } from './flow.ts';
import type { Triage } from './triage.ts';

/** How an agent goes from one conversation to the next, with the list and what is open beside it. */

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  adoptPreferences(DEFAULT_PREFERENCES);
});

/** An inbox with the rows a to d. What is open and focused is as a person would see it. */
function arrive({ open, onePane = false }: { open?: string; onePane?: boolean } = {}) {
  const [ids, setIds] = createSignal<readonly string[]>(['a', 'b', 'c', 'd']);
  const [current, setCurrent] = createSignal(open);
  const [selected, setSelected] = createSignal<readonly string[]>([]);
  const at: { focused: string | undefined; list: boolean } = { focused: undefined, list: false };
  const rows = standIn<RowFocus>({
    focused: () => at.focused,
    focus: (id) => void Object.assign(at, { focused: id, list: false }),
    focusList: () => void Object.assign(at, { focused: undefined, list: true }),
    lastIndex: () => 1,
    move(step) {
      const from = ids().indexOf(at.focused ?? current() ?? '');
      at.focused = ids()[from + step];
      return at.focused;
    },
  });
  const visited: string[] = [];
  const navigate = vi.fn((to: string) => {
    visited.push(to);
    setCurrent(to.split('/')[2]);
  });
  const flow = createRoot(() =>
    createFlow({
      navigate: navigate as never,
      ids,
      current,
      selected,
      rows,
      path: (id) => (id ? `/list/${id}` : '/list'),
      onePane: () => onePane,
    }),
  );
  return { flow, at, visited, current, setIds, setSelected };
}

test('the next row opens and has the focus; undo brings back what was open', async () => {
  const { flow, at, current } = arrive({ open: 'b' });
  const back = flow.leave(['b']);
  await Promise.resolve();
  expect([current(), at.focused]).toEqual(['c', 'c']);
  back();
  await Promise.resolve();
  expect([current(), at.focused]).toEqual(['b', 'b']);
});

test.each([
  ['previous', 'b', 'a'],
  ['previous', 'a', 'b'],
  ['next', 'd', 'c'],
  ['stay', 'b', 'b'],
] as const)('with the preference %s, after %s opens %s', async (after_closing, open, expected) => {
  adoptPreferences({ ...DEFAULT_PREFERENCES, after_closing });
  const { flow, current } = arrive({ open });
  flow.leave([open]);
  await Promise.resolve();
  expect(current()).toBe(expected);
});

test('after the last row nothing is open, and the list has the focus', async () => {
  const { flow, at, current, setIds } = arrive({ open: 'b' });
  setIds(['b']);
  flow.leave(['b']);
  await Promise.resolve();
  expect([current(), at.list]).toEqual([undefined, true]);
});

test('of several, the open one decides; without it, only the focus moves', async () => {
  const { flow, at, current } = arrive({ open: 'c' });
  flow.leave(['b', 'c']);
  await Promise.resolve();
  expect([current(), at.focused]).toEqual(['d', 'd']);
  flow.leave(['a', 'b']);
  expect([current(), at.focused]).toEqual(['d', 'c']);
});

test('a focused row that was not open makes room for the next one, beside the list only', async () => {
  for (const onePane of [false, true]) {
    const { flow, at, current } = arrive({ onePane });
    at.focused = 'b';
    flow.leave(['b']);
    await Promise.resolve();
    expect([current(), at.focused]).toEqual([onePane ? undefined : 'c', 'c']);
  }
});

test('j and k open the row at which they stop', () => {
  const { flow, at, visited } = arrive({ open: 'a' });
  flow.move(1);
  vi.advanceTimersByTime(100);
  flow.move(1);
  expect(at.focused).toBe('c');
  vi.advanceTimersByTime(119);
  expect(visited).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(visited).toEqual(['/list/c']);
});

test('j and k only move the focus where the list is alone', () => {
  const { flow, at, visited } = arrive({ onePane: true });
  flow.move(1);
  vi.advanceTimersByTime(1_000);
  expect(at.focused).toBe('a');
  expect(visited).toEqual([]);
});

test('A10: a key acts on the row that j went to, before it has opened', () => {
  const { flow, setSelected } = arrive({ open: 'a' });
  expect(flow.targets()).toEqual(['a']);
  flow.move(1);
  expect(flow.targets()).toEqual(['b']);
  setSelected(['c', 'd']);
  expect(flow.targets()).toEqual(['c', 'd']);
});

test('the actions of the open conversation are for it alone', () => {
  const { flow } = arrive({ open: 'a' });
  const actions = standIn<Triage>({});
  const leave = flow.arrived('a', actions);
  expect(flow.actionsOfPane(['a'])).toBe(actions);
  expect(flow.actionsOfPane(['b'])).toBeNull();
  expect(flow.actionsOfPane(['a', 'b'])).toBeNull();
  leave();
  expect(flow.actionsOfPane(['a'])).toBeNull();
});
