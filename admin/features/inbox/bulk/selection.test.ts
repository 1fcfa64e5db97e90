import { createRoot } from 'solid-js';
import { describe, expect, it } from 'vitest';
import { createSelection } from './selection.ts';

const list = () => createRoot(() => createSelection(() => ['a', 'b', 'c', 'd', 'e']));

describe('the selection', () => {
  it('is in the order of the list, and a second choice takes a row away', () => {
    const selection = list();
    selection.toggle('d');
    selection.toggle('b');
    expect(selection.selected()).toEqual(['b', 'd']);
    selection.toggle('d');
    expect(selection.selected()).toEqual(['b']);
  });

  it('takes a range from the last chosen row, and keeps what was chosen before', () => {
    const selection = list();
    selection.toggle('a');
    selection.toggle('c');
    selection.selectRange('e');
    expect(selection.selected()).toEqual(['a', 'c', 'd', 'e']);
    // The end of the range moves.
    selection.selectRange('d');
    expect(selection.selected()).toEqual(['a', 'c', 'd']);
  });

  it('grows and shrinks with Shift and the arrow keys', () => {
    const selection = list();
    selection.extend('b', 'c');
    expect(selection.selected()).toEqual(['b', 'c']);
    selection.extend('c', 'd');
    expect(selection.selected()).toEqual(['b', 'c', 'd']);
    selection.extend('d', 'c');
    expect(selection.selected()).toEqual(['b', 'c']);
    selection.extend('c', 'b');
    selection.extend('b', 'a');
    expect(selection.selected()).toEqual(['a', 'b']);
  });

  it('goes on from a chosen row', () => {
    const selection = list();
    selection.toggle('b');
    selection.extend('b', 'c');
    expect(selection.selected()).toEqual(['b', 'c']);
  });

  it('forgets with the selection why an action was refused', () => {
    const selection = list();
    selection.toggle('b');
    selection.setRefused([{ id: 'b', ok: false, error: { code: 'conflict', message: 'No.' } }]);
    expect(selection.refused()).toHaveLength(1);
    selection.clear();
    expect(selection.refused()).toEqual([]);
  });
});
