import { expect, test } from 'vitest';
import { hours } from '../../../protocol/resources/schedule.ts';
import { availability } from './availability.ts';

const slots = [['09:00', '17:00']];
const office = hours.parse({
  timezone: 'Europe/Berlin',
  weekly: { mon: slots, tue: slots, wed: slots, thu: slots, fri: slots, sat: [], sun: [] },
  exceptions: [{ date: '2026-12-24', yearly: true, note: 'Merry Christmas' }],
});
const never = {
  ...office,
  weekly: { ...office.weekly, mon: [], tue: [], wed: [], thu: [], fri: [] },
};

test.each([
  ['without hours, who is there', true, null, '2026-12-05T12:00:00Z', 'online', null, null],
  ['without hours, nobody', false, null, '2026-12-05T12:00:00Z', 'away', null, null],
  ['open, somebody', true, office, '2026-12-04T12:00:00Z', 'online', null, null],
  ['open, nobody', false, office, '2026-12-04T12:00:00Z', 'away', null, null],
  [
    'closed, though somebody is there',
    true,
    office,
    '2026-12-05T12:00:00Z',
    'closed',
    '2026-12-07T08:00:00.000Z',
    null,
  ],
  [
    'a holiday',
    false,
    office,
    '2026-12-24T12:00:00Z',
    'closed',
    '2026-12-25T08:00:00.000Z',
    'Merry Christmas',
  ],
  ['never open', true, never, '2026-12-04T12:00:00Z', 'closed', null, null],
] as const)('%s', (_, isSomebodyOnline, schedule, now, state, opens_at, note) => {
  expect(availability(isSomebodyOnline, schedule, new Date(now))).toEqual({
    state,
    opens_at,
    note,
  });
});
