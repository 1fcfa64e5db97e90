import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { messageBody } from '../conversation/message.ts';
import { isEmpty, lengthOf } from './text.ts';

describe('V18: a text without a visible character is empty', () => {
  it.each([
    ['nothing', ''],
    ['spaces and line ends', ' \u00a0\u2003\n\t'],
    ['a zero-width space', '\u200b'],
    ['a soft hyphen', '\u00ad'],
    ['a word joiner and a byte order mark', '\u2060\ufeff'],
    ['variation selectors', '\ufe0f\ufe0e\u{e0101}'],
    ['marks of direction', '\u200e\u200f\u202a\u202e\u2066\u2069\u061c'],
    ['Hangul fillers', '\u3164\uffa0\u115f\u1160'],
    ['the blank of Braille', '\u2800'],
    ['a note of music without a head', '\u{1d159}'],
    ['what dictation leaves where it put an object', '\ufffc\ufff9'],
    ['joiners and tags', '\u200d\u034f\u{e0041}\u180e'],
    ['control characters', '\0\u0007\u0085'],
  ])('%s', (_what, text) => {
    expect(isEmpty(text)).toBe(true);
    expect(isEmpty(`${text}.`)).toBe(false);
    expect(messageBody.safeParse(text).success).toBe(false);
  });

  it.each(['👩‍👩‍👧', '❤️', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '\u0301', 'ـ', '。'])('%s is not', (text) => {
    expect(isEmpty(text)).toBe(false);
  });
});

describe('A21: a text is as long as it has code points', () => {
  it('2,600 emoji fit into a message, and 5,001 do not', () => {
    expect(lengthOf('😀'.repeat(2_600))).toBe(2_600);
    expect(messageBody.safeParse('😀'.repeat(2_600)).success).toBe(true);
    expect(messageBody.safeParse('😀'.repeat(5_000)).success).toBe(true);
    expect(messageBody.safeParse('😀'.repeat(5_001)).success).toBe(false);
  });

  it('as the schemas count them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(40), (text, max) => {
        expect(lengthOf(text) <= max).toBe(z.string().max(max).safeParse(text).success);
      }),
    );
  });
});
