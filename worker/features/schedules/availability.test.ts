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

const maya = { id: 'maya', name: 'Maya' };
const tom = { id: 'tom', name: 'Tom' };

test.each([
  ['without hours, somebody', [maya], null, '2026-12-05T12:00:00Z', 'online', null, null],
  ['without hours, nobody', [], null, '2026-12-05T12:00:00Z', 'away', null, null],
  ['without hours, not known who', null, null, '2026-12-05T12:00:00Z', 'away', null, null],
  ['open, somebody', [maya, tom], office, '2026-12-04T12:00:00Z', 'online', null, null],
  ['open, only who does not serve it', [tom], office, '2026-12-04T12:00:00Z', 'away', null, null],
  [
    'closed, though somebody is there',
    [maya],
    office,
    '2026-12-05T12:00:00Z',
    'closed',
    '2026-12-07T08:00:00.000Z',
    null,
  ],
  [
    'a holiday',
    [],
    office,
    '2026-12-24T12:00:00Z',
    'closed',
    '2026-12-25T08:00:00.000Z',
    'Merry Christmas',
  ],
  ['never open', [maya], never, '2026-12-04T12:00:00Z', 'closed', null, null],
  // The clocks go back in the night to Sunday, 25 October 2026: nine on Monday is an hour later.
  [
    'before a change of the clocks',
    [],
    office,
    '2026-10-23T15:30:00Z',
    'closed',
    '2026-10-26T08:00:00.000Z',
    null,
  ],
  [
    'the week before it',
    [],
    office,
    '2026-10-18T15:30:00Z',
    'closed',
    '2026-10-19T07:00:00.000Z',
    null,
  ],
] as const)('%s', (_, presence, schedule, now, state, opens_at, note) => {
  expect(availability({ member_ids: ['maya'] }, presence, schedule, new Date(now))).toEqual({
    state,
    opens_at,
    note,
    online: state === 'online' ? [maya] : [],
  });
});

test('everybody serves a department without people of its own', () => {
  const { online } = availability({ member_ids: [] }, [maya, tom], null, new Date());
  expect(online).toEqual([maya, tom]);
});
