import { describe, expect, it } from 'vitest';
import { EMOJI, findEmoji } from './emoji.ts';

describe('the emoji', () => {
  it('have a unique name that can be typed', () => {
    expect(EMOJI.length).toBeGreaterThan(200);
    expect(new Set(EMOJI.map(({ name }) => name)).size).toBe(EMOJI.length);
    expect(new Set(EMOJI.map(({ picture }) => picture)).size).toBe(EMOJI.length);
    for (const { name, picture } of EMOJI) {
      expect(name).toMatch(/^[a-z][a-z_]*$/);
      expect(picture).not.toMatch(/[a-z]/);
    }
  });

  it('are found by the start of a word before the middle', () => {
    expect(findEmoji('thumbs')[0]?.picture).toBe('👍');
    expect(findEmoji('par')[0]?.name).toBe('party');
    expect(findEmoji('heart eyes')[0]?.picture).toBe('😍');
    expect(findEmoji(' THÚMBS')[0]?.picture).toBe('👍');
    expect(findEmoji('no such thing')).toEqual([]);
  });
});
