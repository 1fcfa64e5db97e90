import { expect, it } from 'vitest';
import { fitting } from './fit.ts';

const PARTS = [
  { id: 'close', width: 100 },
  { id: 'snooze', width: 32 },
  { id: 'assign', width: 8 },
];

it.each([
  [152, ['close', 'snooze', 'assign']],
  [151, ['close', 'snooze']],
  [140, ['close', 'snooze']],
  [139, ['close']],
  // Assign alone would fit, but what is more important goes first.
  [103, []],
  [-20, []],
])('A19: with room for %i pixels it keeps what matters most', (room, kept) => {
  expect([...fitting(room, PARTS, 4)]).toEqual(kept);
});
