import { createRoot } from 'solid-js';
import { describe, expect, it } from 'vitest';
import { createSelection } from './selection.ts';

/** A list of rows a to d, with the keyboard on one of them. */
function list() {
  const focus: { row: string | undefined } = { row: undefined };
  const selection = createRoot(() =>
    createSelection(
      () => ['a', 'b', 'c', 'd'],
      () => focus.row,
    ),
  );
  return { focus, selection };
}

describe('A10: what a key acts on in the list', () => {
  it('is the selection, wherever the focus is', () => {
    const { focus, selection } = list();
    selection.toggle('b');
    selection.selectRange('c');
    focus.row = 'd';
    expect(selection.take('assign')).toBe(true);
    expect(selection.selected()).toEqual(['b', 'c']);
    expect(selection.requested()).toBe('assign');
  });

  it('is otherwise the focused row, each time', () => {
    const { focus, selection } = list();
    focus.row = 'b';
    expect(selection.canTake()).toBe(true);
    expect(selection.take('snooze')).toBe(true);
    expect(selection.selected()).toEqual(['b']);
    // Further down the list, the key means that row, and not both.
    focus.row = 'd';
    selection.take('close');
    expect(selection.selected()).toEqual(['d']);
    // While the bar has the focus, it goes on with the same row.
    focus.row = undefined;
    selection.take('label');
    expect(selection.selected()).toEqual(['d']);
  });

  it('keeps the row selected by a key once the person adds to it', () => {
    const { focus, selection } = list();
    focus.row = 'b';
    selection.take('label');
    selection.toggle('c');
    focus.row = 'd';
    selection.take('close');
    expect(selection.selected()).toEqual(['b', 'c']);
  });

  it('is no row without selection and focus', () => {
    const { selection } = list();
    expect(selection.canTake()).toBe(false);
    expect(selection.take('close')).toBe(false);
    expect(selection.requested()).toBeNull();
  });
});
