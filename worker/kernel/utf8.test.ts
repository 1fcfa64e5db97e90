import fc from 'fast-check';
import { expect, test } from 'vitest';
import { utf8Length } from './utf8.ts';

const encoder = new TextEncoder();

test('S10: the bytes of a text are those that an encoder writes, halves of pairs included', () => {
  for (const text of [
    '',
    'Hello',
    'Łódź',
    '日本',
    '👋🏽',
    '\ud83d',
    '\udc4b!',
    'a\ud83d\ud83d\udc4b',
  ]) {
    expect(utf8Length(text), JSON.stringify(text)).toBe(encoder.encode(text).length);
  }
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(utf8Length(text)).toBe(encoder.encode(text).length);
    }),
  );
});
