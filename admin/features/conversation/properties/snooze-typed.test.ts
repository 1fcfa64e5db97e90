import { expect, it } from 'vitest';
import { parseSnooze } from './snooze-typed.ts';

/** Wednesday the 25th of November 2026, on the agent's own clock. */
const NOW = new Date(2026, 10, 25, 14, 5);
const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);

it.each([
  ['30m', at(25, 14, 35)],
  ['3h', at(25, 17, 5)],
  ['in 2 hours', at(25, 16, 5)],
  ['3d', at(28, 9)],
  ['3 days', at(28, 9)],
  ['2w', at(39, 9)],
  ['fri', at(27, 9)],
  ['Fri 14:00', at(27, 14)],
  ['friday 9am', at(27, 9)],
  ['fri 14', at(27, 14)],
  ['next mon', at(30, 9)],
  // Today's weekday is the one in a week.
  ['wed', at(32, 9)],
  ['14:00', at(26, 14)],
  ['16:30', at(25, 16, 30)],
  ['16.30', at(25, 16, 30)],
  ['4pm', at(25, 16)],
  ['12am', at(26, 0)],
  ['tomorrow', at(26, 9)],
  ['tom 8:15', at(26, 8, 15)],
  ['today 18:00', at(25, 18)],
  ['24 dec', at(54, 9)],
  ['dec 24 10:00', at(54, 10)],
  ['dec 12', at(42, 9)],
  ['12 dec', at(42, 9)],
  ['5 jan', new Date(2027, 0, 5, 9)],
  ['2026-12-01 14:00', at(31, 14)],
])('%s', (text, until) => {
  expect(parseSnooze(text, NOW, 'en')).toEqual(until);
});

it('knows weekdays and months of the agent’s own language', () => {
  expect(parseSnooze('freitag 14:00', NOW, 'de')).toEqual(at(27, 14));
  expect(parseSnooze('vie', NOW, 'es')).toEqual(at(27, 9));
  expect(parseSnooze('3 märz', NOW, 'de')).toEqual(new Date(2027, 2, 3, 9));
});

it.each([
  '',
  '3',
  '0d',
  'f',
  'soon',
  '25:00',
  '13pm',
  '30 feb',
  '2026-11-25 09:00',
  'today 9:00',
  '14:75',
])('means no time in the future: %j', (text) => expect(parseSnooze(text, NOW, 'en')).toBeNull());
