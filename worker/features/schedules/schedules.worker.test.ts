import { beforeAll, describe, expect, test } from 'vitest';
import type { Schedule } from '../../../protocol/resources/schedule.ts';
import { SignedInAgent, settleWorld } from '../../test/world.ts';

/** Opening hours through the API: kept as they were given, and no other organization's. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let gus: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  gus = await SignedInAgent.signIn('gus@globex.example');
});

const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const office = {
  name: 'Office',
  timezone: 'Europe/Berlin',
  weekly: {
    ...closed,
    mon: [
      ['13:30', '18:00'],
      ['09:00', '12:30'],
    ],
    fri: [['22:00', '06:00']],
  },
  exceptions: [
    { date: '2026-12-24', yearly: true, hours: [['09:00', '12:00']], note: 'Merry Christmas' },
    { date: '2026-12-25' },
  ],
};

async function create(values: object): Promise<Schedule> {
  const { status, json } = await olive.call('POST', '/admin/schedules', values);
  expect(status).toBe(201);
  return json.schedule;
}

test('are kept in the order of the day, with what was left out', async () => {
  const created = await create(office);
  expect(created).toEqual({
    ...office,
    id: created.id,
    weekly: {
      ...office.weekly,
      mon: [
        ['09:00', '12:30'],
        ['13:30', '18:00'],
      ],
    },
    exceptions: [
      office.exceptions[0],
      { date: '2026-12-25', yearly: false, hours: [], note: null },
    ],
  });
  const { json } = await olive.call('GET', '/admin/schedules');
  expect(json.items).toEqual([created]);
  const changed = { ...created, name: 'Head office', exceptions: [] };
  const { id: _, ...request } = changed;
  expect(await olive.call('PUT', `/admin/schedules/${created.id}`, request)).toMatchObject({
    status: 200,
    json: { schedule: changed },
  });
});

test('a name is there once, and another organization may have it, too', async () => {
  await create({ ...office, name: 'Twice' });
  const again = await olive.call('POST', '/admin/schedules', { ...office, name: 'Twice' });
  expect(again).toMatchObject({
    status: 409,
    json: { error: { fields: { name: 'Another schedule has this name.' } } },
  });
  expect(await gus.call('POST', '/admin/schedules', { ...office, name: 'Twice' })).toMatchObject({
    status: 201,
  });
});

test('P6: those of another organization are not there', async () => {
  const { id } = await create({ ...office, name: 'Ours' });
  const path = `/admin/schedules/${id}`;
  expect(await gus.call('PUT', path, { ...office, name: 'Theirs' })).toMatchObject({ status: 404 });
  expect(await gus.call('DELETE', path)).toMatchObject({ status: 404 });
  const department = `/admin/departments/${world.globex.support}`;
  const fields = { scheduleId: "This schedule doesn't exist." };
  for (const of of [department, '/admin/settings']) {
    expect(await gus.call('PATCH', of, { scheduleId: id })).toMatchObject({
      status: 400,
      json: { error: { fields } },
    });
  }
});

test('those that are followed stay until nobody follows them', async () => {
  const { id } = await create({ ...office, name: 'Followed' });
  const path = `/admin/schedules/${id}`;
  const department = `/admin/departments/${world.acme.billing}`;
  expect(await olive.call('PATCH', department, { scheduleId: id })).toMatchObject({
    status: 200,
    json: { department: { schedule_id: id } },
  });
  expect(await olive.call('DELETE', path)).toMatchObject({ status: 409 });
  await olive.call('PATCH', department, { scheduleId: null });
  expect(await olive.call('PATCH', '/admin/settings', { scheduleId: id })).toMatchObject({
    json: { settings: { schedule_id: id } },
  });
  expect(await olive.call('DELETE', path)).toMatchObject({ status: 409 });
  await olive.call('PATCH', '/admin/settings', { scheduleId: null });
  expect(await olive.call('DELETE', path)).toMatchObject({ status: 204 });
  expect(await olive.call('DELETE', path)).toMatchObject({ status: 404 });
});

test('a preview says what hours mean before they are saved', async () => {
  const { name: _, ...hours } = office;
  const preview = { ...hours, at: '2026-12-24T12:30:00+01:00' };
  const { status, json } = await olive.call('POST', '/admin/schedules/preview', preview);
  expect(status).toBe(200);
  expect(json).toMatchObject({ open: false, next_opening: '2026-12-28T08:00:00.000Z' });
  expect(json.days).toHaveLength(14);
  expect(json.days.slice(0, 2)).toEqual([
    {
      date: '2026-12-24',
      openings: [{ start: '2026-12-24T08:00:00.000Z', end: '2026-12-24T11:00:00.000Z' }],
      is_exception: true,
      note: 'Merry Christmas',
    },
    { date: '2026-12-25', openings: [], is_exception: true, note: null },
  ]);
});

test.each([
  ['2026-12-24T10:00', true],
  ['2026-12-24T12:00', false],
  ['2026-12-24T10:00:00Z', true],
  ['2026-12-24T11:00:00Z', false],
  ['2026-12-24T10:00:00+09:00', false],
])('at %s, on the clock of the zone where it has no offset: %s', async (at, open) => {
  const { name: _, ...hours } = office;
  const { json } = await olive.call('POST', '/admin/schedules/preview', { ...hours, at });
  expect(json.open).toBe(open);
});

describe('what is no schedule is refused, with the field', () => {
  test.each([
    ['name', { name: '  ' }],
    ['timezone', { timezone: '+02:00' }],
    ['timezone', { timezone: 'Mars/Olympus' }],
    [
      'weekly.mon',
      {
        weekly: {
          ...closed,
          mon: [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
    ],
    ['weekly.mon.0.0', { weekly: { ...closed, mon: [['9:00', '12:00']] } }],
    ['weekly.tue', { weekly: { ...closed, tue: undefined } }],
    ['exceptions.0.date', { exceptions: [{ date: '2026-02-30' }] }],
    ['exceptions', { exceptions: [{ date: '2026-05-01' }, { date: '2026-05-01' }] }],
  ])('%s: %j', async (field, change) => {
    const request = { ...office, name: 'Bad', ...change };
    const { status, json } = await olive.call('POST', '/admin/schedules', request);
    expect(status).toBe(400);
    expect(Object.keys(json.error.fields)).toEqual([field]);
  });
});
