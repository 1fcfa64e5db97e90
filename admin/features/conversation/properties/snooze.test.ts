import { expect, it } from 'vitest';
import { fieldTime, shortTime, snoozeTimes } from './snooze.ts';

/** Wednesday the 25th of November 2026, in the reader's own time zone. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);

it('offers later, tomorrow morning and the next Monday', () => {
  const times = (now: Date) => snoozeTimes(now).map(({ label, until }) => [label, until]);
  expect(times(at(25, 14, 5))).toEqual([
    ['Later today', at(25, 17, 5)],
    ['Tomorrow', at(26, 9)],
    ['Next week', at(30, 9)],
  ]);
  // Late in the evening of a Monday.
  expect(times(at(30, 22))).toEqual([
    ['In three hours', at(31, 1)],
    ['Tomorrow', at(31, 9)],
    ['Next week', at(37, 9)],
  ]);
  // On a Sunday, tomorrow is Monday, and next week is not tomorrow.
  expect(times(at(29, 8)).at(-1)).toEqual(['Next week', at(37, 9)]);
});

it('shortens near times', () => {
  const now = at(25, 14);
  expect(shortTime(at(25, 17, 5), now)).toBe('17:05');
  expect(shortTime(at(26, 9), now)).toBe('Thu 09:00');
  expect(shortTime(at(34, 9), now)).toBe('4 Dec, 09:00');
  expect(fieldTime(at(5, 9, 7))).toBe('2026-11-05T09:07');
});
