import { describe, expect, it } from 'vitest';
import { targetsOf } from './targets.ts';

describe('A10: a key acts on', () => {
  it('the selected rows, whatever is focused or open', () => {
    expect(targetsOf({ selected: ['b', 'c'], focused: 'd', open: 'a' })).toEqual(['b', 'c']);
    expect(targetsOf({ selected: ['b'], focused: undefined, open: undefined })).toEqual(['b']);
  });

  it('the focused row, if nothing is selected', () => {
    expect(targetsOf({ selected: [], focused: 'd', open: 'a' })).toEqual(['d']);
    expect(targetsOf({ selected: [], focused: 'd', open: undefined })).toEqual(['d']);
  });

  it('the open conversation, if no row is focused either', () => {
    expect(targetsOf({ selected: [], focused: undefined, open: 'a' })).toEqual(['a']);
  });

  it('nothing, if there is nothing', () => {
    expect(targetsOf({ selected: [], focused: undefined, open: undefined })).toEqual([]);
  });
});
