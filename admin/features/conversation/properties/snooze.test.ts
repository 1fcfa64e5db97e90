import { expect, it } from 'vitest';
import { fieldTime, shortTime, snoozeTimes } from './snooze.ts';

/** Wednesday the 25th of November 2026, in the reader's own time zone. */
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);
const times = (now: Date) => snoozeTimes(now).map(({ label, until }) => [label, until]);

it('offers times in working hours: later, tomorrow, Monday, and in a week', () => {
  expect(times(at(25, 14, 5))).toEqual([
    ['Later today', at(25, 17, 5)],
    ['Tomorrow morning', at(26, 9)],
    ['Monday morning', at(30, 9)],
    ['In a week', at(32, 9)],
  ]);
});

it('offers later today until the evening only', () => {
  expect(times(at(25, 16, 30))[0]).toEqual(['Later today', at(25, 18)]);
  expect(times(at(25, 17))[0]).toEqual(['Later today', at(25, 18)]);
  expect(times(at(25, 17, 1))[0]).toEqual(['Tomorrow morning', at(26, 9)]);
  expect(times(at(25, 22))[0]).toEqual(['Tomorrow morning', at(26, 9)]);
  // At night, later is the coming morning.
  expect(times(at(25, 2))[0]).toEqual(['Later today', at(25, 9)]);
});

it('offers Monday and not a weekend', () => {
  // A Friday evening, a Saturday night, a Sunday, and Monday itself.
  expect(times(at(27, 19))).toEqual([
    ['Monday morning', at(30, 9)],
    ['In a week', at(34, 9)],
  ]);
  expect(times(at(28, 23))).toEqual([
    ['Monday morning', at(30, 9)],
    ['In a week', at(37, 9)],
  ]);
  expect(times(at(29, 20))).toEqual([
    ['Monday morning', at(30, 9)],
    ['In a week', at(37, 9)],
  ]);
  expect(times(at(30, 20))).toEqual([
    ['Tomorrow morning', at(31, 9)],
    ['In a week', at(37, 9)],
  ]);
});

it('shortens near times', () => {
  const now = at(25, 14);
  expect(shortTime(at(25, 17, 5), now)).toBe('17:05');
  expect(shortTime(at(26, 9), now)).toBe('Thu 09:00');
  expect(shortTime(at(34, 9), now)).toBe('4 Dec, 09:00');
  expect(fieldTime(at(5, 9, 7))).toBe('2026-11-05T09:07');
});
