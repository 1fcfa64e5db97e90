import { expect, it } from 'vitest';
import { isColor, textOn } from './contrast.ts';

it('measures as WCAG does', () => {
  expect(textOn('#000000')).toEqual({ text: 'white', ratio: 21 });
  expect(textOn('#ffffff').ratio).toBeCloseTo(21);
  expect(textOn('#3b5bdb').text).toBe('white');
  expect(textOn('#3b5bdb').ratio).toBeCloseTo(5.5, 0);
});

it('always finds a readable text colour', () => {
  for (let value = 0; value < 256; value += 5) {
    const hex = value.toString(16).padStart(2, '0');
    for (const color of [`#${hex}${hex}${hex}`, `#${hex}0000`, `#00${hex}00`, `#ff${hex}00`]) {
      expect(textOn(color).ratio, color).toBeGreaterThanOrEqual(4.5);
    }
  }
});

it('recognises colours', () => {
  expect(['#aAbB09', '#abc', 'red', '#12345g', ''].map(isColor)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
});
