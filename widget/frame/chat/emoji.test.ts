import { expect, test } from 'vitest';
import { isEmojiOnly } from './emoji.ts';

test.each(['🙂', '👍🏽', '🇸🇪', '👩‍👩‍👧 ❤️', '🎉🎉🎉'])('%s is shown large', (text) => {
  expect(isEmojiOnly(text)).toBe(true);
});

test.each(['', ' ', '1', '#', 'ok 👍', '…', '🙂'.repeat(20)])('"%s" is not', (text) => {
  expect(isEmojiOnly(text)).toBe(false);
});
