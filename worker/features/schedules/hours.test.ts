import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  type Hours,
  hours,
  minutesOf,
  type Slot,
  WEEKDAYS,
} from '../../../protocol/resources/schedule.ts';
import { exceptionAt, isOpen, nextOpening, openSecondsBetween } from './hours.ts';

const HOUR = 60 * 60 * 1_000;
const CLOSED = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

function schedule(
  timezone: string,
  weekly: Partial<Record<(typeof WEEKDAYS)[number], Slot[]>>,
  exceptions: unknown[] = [],
): Hours {
  return hours.parse({ timezone, weekly: { ...CLOSED, ...weekly }, exceptions });
}
const everyDay = (...slots: Slot[]) => Object.fromEntries(WEEKDAYS.map((day) => [day, slots]));

/** The instant at which a clock in that zone shows this; the first of two. */
const at = (zone: string, wall: string) =>
  new Date(
    Temporal.PlainDateTime.from(wall).toZonedDateTime(zone, { disambiguation: 'earlier' })
      .epochMilliseconds,
  );
const next = (open: Hours, wall: string) =>
  nextOpening(open, at(open.timezone, wall))?.toISOString() ?? null;

describe('a week', () => {
  const office = schedule('Europe/Berlin', {
    mon: [
      ['09:00', '12:30'],
      ['13:30', '18:00'],
    ],
    fri: [['22:00', '06:00']],
    sun: [['10:00', '24:00']],
  });
  test.each([
    ['2026-11-30T08:59:59', false],
    ['2026-11-30T09:00', true],
    ['2026-11-30T12:29:59', true],
    ['2026-11-30T12:30', false], // the break
    ['2026-11-30T13:30', true],
    ['2026-11-30T18:00', false],
    ['2026-12-01T10:00', false],
    ['2026-12-04T22:00', true], // over midnight
    ['2026-12-05T05:59:59', true],
    ['2026-12-05T06:00', false],
    ['2026-12-06T23:59:59', true], // to the end of the day
    ['2026-12-07T00:00', false],
  ])('at %s: %s', (wall, open) => {
    expect(isOpen(office, at('Europe/Berlin', wall))).toBe(open);
  });

  test('the next opening is now while it is open, and else the next slot', () => {
    expect(next(office, '2026-11-30T10:00')).toBe('2026-11-30T09:00:00.000Z');
    expect(next(office, '2026-11-30T12:45')).toBe('2026-11-30T12:30:00.000Z');
    expect(next(office, '2026-11-30T18:00')).toBe('2026-12-04T21:00:00.000Z');
    expect(next(schedule('UTC', {}), '2026-11-30T18:00')).toBe(null);
  });

  test('a whole day, and a night that overlaps the next morning, are counted once', () => {
    const always = schedule('UTC', everyDay(['00:00', '24:00']));
    const night = schedule('UTC', { mon: [['20:00', '08:00']], tue: [['06:00', '10:00']] });
    const monday = new Date('2026-11-30T00:00:00Z');
    const wednesday = new Date('2026-12-02T00:00:00Z');
    expect(openSecondsBetween(always, monday, wednesday)).toBe(48 * 3_600);
    expect(openSecondsBetween(night, monday, wednesday)).toBe(14 * 3_600);
    expect(openSecondsBetween(always, wednesday, monday)).toBe(0);
  });
});

describe('dates that differ', () => {
  const shop = schedule('Europe/Berlin', everyDay(['22:00', '06:00'], ['09:00', '18:00']), [
    { date: '2026-12-24', yearly: true, hours: [['09:00', '12:00']], note: 'Merry Christmas' },
    { date: '2026-12-25', yearly: true },
    { date: '2027-12-25', hours: [['10:00', '11:00']] },
    { date: '2028-02-29', yearly: true, hours: [['00:00', '24:00']] },
  ]);
  test.each([
    // The night before ends where the date begins.
    ['2026-12-23T23:59', true],
    ['2026-12-24T00:00', false],
    ['2026-12-24T11:00', true],
    ['2026-12-24T13:00', false],
    ['2026-12-24T23:00', false],
    ['2026-12-25T10:30', false],
    ['2026-12-26T05:00', false],
    ['2026-12-26T09:00', true],
    // The next year: again, but for the date that has hours of its own.
    ['2027-12-24T13:00', false],
    ['2027-12-25T10:30', true],
    ['2027-12-25T12:00', false],
    ['2028-12-25T10:30', false],
    // 29 February is in leap years only.
    ['2027-02-28T20:00', false],
    ['2027-03-01T20:00', false],
    ['2028-02-29T20:00', true],
    ['2032-02-29T20:00', true],
  ])('at %s: %s', (wall, open) => {
    expect(isOpen(shop, at('Europe/Berlin', wall))).toBe(open);
  });

  test('a leap day that returns is found across the eight years without one', () => {
    const rare = schedule('UTC', {}, [
      { date: '2028-02-29', yearly: true, hours: [['08:00', '09:00']] },
    ]);
    expect(next(rare, '2096-03-01T00:00')).toBe('2104-02-29T08:00:00.000Z');
    const past = schedule('UTC', {}, [{ date: '2020-01-01', hours: [['08:00', '09:00']] }]);
    expect(next(past, '2026-03-01T00:00')).toBe(null);
  });

  test('the exception is that of the date in the zone of the schedule', () => {
    expect(exceptionAt(shop, new Date('2026-12-23T23:30:00Z'))?.note).toBe('Merry Christmas');
    expect(exceptionAt(shop, new Date('2026-12-23T22:30:00Z'))).toBe(null);
  });
});

describe('clock changes', () => {
  test('forward: a time that does not exist is the moment of the change', () => {
    // On 2027-03-28 in Berlin 02:00 becomes 03:00, at 01:00 UTC.
    const zone = 'Europe/Berlin';
    expect(next(schedule(zone, everyDay(['02:30', '05:00'])), '2027-03-28T00:00')).toBe(
      '2027-03-28T01:00:00.000Z',
    );
    const nothing = schedule(zone, everyDay(['02:00', '02:45']));
    expect(next(nothing, '2027-03-28T00:00')).toBe('2027-03-29T00:00:00.000Z');
    const night = schedule(zone, { sat: [['22:00', '06:00']] });
    const [from, to] = [at(zone, '2027-03-27T12:00'), at(zone, '2027-03-28T12:00')];
    expect(openSecondsBetween(night, from, to)).toBe(7 * 3_600);
  });

  test('back: it opens at the first and closes at the second of two equal times', () => {
    // On 2026-10-25 in Berlin 03:00 becomes 02:00, at 01:00 UTC.
    const zone = 'Europe/Berlin';
    const from = new Date('2026-10-24T22:00:00Z');
    const to = new Date('2026-10-25T22:00:00Z');
    expect(next(schedule(zone, everyDay(['02:30', '05:00'])), '2026-10-25T00:00')).toBe(
      '2026-10-25T00:30:00.000Z',
    );
    expect(openSecondsBetween(schedule(zone, everyDay(['01:00', '02:30'])), from, to)).toBe(
      2.5 * 3_600,
    );
    expect(openSecondsBetween(schedule(zone, { sat: [['22:00', '06:00']] }), from, to)).toBe(
      7 * 3_600,
    );
  });

  test.each([
    // Midnight itself is skipped.
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
    // Half an hour.
    ['Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30:00.000Z'],
    ['Asia/Kathmandu', '2026-10-04', '2026-10-03T18:15:00.000Z'],
    ['Pacific/Chatham', '2026-12-31', '2026-12-30T10:15:00.000Z'],
  ])('in %s the %s begins when the zone says', (zone, date, begins) => {
    const dawn = schedule(zone, {}, [{ date, hours: [['00:00', '24:00']] }]);
    expect(next(dawn, `${date.slice(0, 8)}01T12:00`)).toBe(begins);
  });

  test('a date that a zone left out has no opening', () => {
    const samoa = schedule('Pacific/Apia', {}, [
      { date: '2011-12-30', hours: [['00:00', '24:00']] },
    ]);
    expect(next(samoa, '2011-12-29T12:00')).toBe(null);
  });
});

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
];
const minute = fc.integer({ min: 0, max: 24 * 60 - 1 });
const text = (minutes: number) =>
  `${`${Math.floor(minutes / 60)}`.padStart(2, '0')}:${`${minutes % 60}`.padStart(2, '0')}`;
const anySlot = fc
  .tuple(minute, minute)
  .filter(([start, end]) => start !== end)
  .map(([start, end]): Slot => [text(start), end === 0 ? '24:00' : text(end)]);
/** Slots that do not overlap, a last one over midnight among them. */
const anyDay = fc
  .uniqueArray(minute, { maxLength: 6 })
  .map((minutes) => minutes.sort((a, b) => a - b))
  .chain((sorted) => {
    const pairs: Slot[] = [];
    for (let index = 0; index + 1 < sorted.length; index += 2) {
      pairs.push([text(sorted[index] ?? 0), text(sorted[index + 1] ?? 0)]);
    }
    return fc.constantFrom(pairs, pairs.slice(0, 1));
  });
const anyDate = fc
  .date({ min: new Date('2023-12-01'), max: new Date('2029-02-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyException = fc.record({
  date: fc.oneof(anyDate, fc.constantFrom('2024-02-29', '2026-12-31', '2027-01-01')),
  yearly: fc.boolean(),
  hours: fc.oneof(
    fc.constant([]),
    anyDay,
    anySlot.map((slot) => [slot]),
  ),
});
const anyHours = fc
  .record({
    timezone: fc.constantFrom(...ZONES),
    weekly: fc.record({
      mon: anyDay,
      tue: anyDay,
      wed: fc.oneof(
        anyDay,
        anySlot.map((slot) => [slot]),
      ),
      thu: anyDay,
      fri: anyDay,
      sat: anySlot.map((slot) => [slot]),
      sun: fc.constant([]),
    }),
    exceptions: fc.uniqueArray(anyException, {
      maxLength: 5,
      selector: ({ date, yearly }) => (yearly ? date.slice(5) : date),
    }),
  })
  .map((value) => hours.parse(value));
/** Often near a change of clocks, a year's end or a leap day. */
const instant = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(
        ...['2026-03-08', '2026-03-29', '2026-10-04', '2026-10-25', '2026-11-01', '2026-09-06'],
        ...['2026-04-05', '2026-12-31', '2027-01-01', '2028-02-29', '2028-03-01', '2027-02-28'],
      ),
      anyDate,
    ),
    fc.integer({ min: -36 * 60, max: 36 * 60 }),
  )
  .map(([date, minutes]) => new Date(Date.parse(date) + minutes * 60_000));

/** By the rules alone: what the clock on the wall shows, and nothing of how instants are found. */
function isOpenByTheWall(open: Hours, date: Temporal.PlainDate, minutes: number): boolean {
  const on = (day: Temporal.PlainDate) => {
    const text = day.toString();
    const exception =
      open.exceptions.find((entry) => !entry.yearly && entry.date === text) ??
      open.exceptions.find((entry) => entry.yearly && entry.date.slice(5) === text.slice(5));
    const slots = exception?.hours ?? open.weekly[WEEKDAYS[day.dayOfWeek - 1] ?? 'mon'];
    return { exception, slots: slots.map(minutesOf) };
  };
  const today = on(date);
  const before = on(date.subtract({ days: 1 }));
  return (
    today.slots.some(({ start, end }) => start <= minutes && minutes < end) ||
    (!today.exception && before.slots.some(({ end }) => minutes + 1_440 < end))
  );
}

describe('of any schedule', () => {
  const RUNS = { numRuns: 400 };

  test('it is open when the clock on the wall says so; in a repeated hour it may be open for longer', () => {
    fc.assert(
      fc.property(anyHours, instant, (open, moment) => {
        const local = Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(
          open.timezone,
        );
        const expected = isOpenByTheWall(open, local.toPlainDate(), local.hour * 60 + local.minute);
        const wall = local.toPlainDateTime();
        const isRepeated = !wall
          .toZonedDateTime(open.timezone, { disambiguation: 'earlier' })
          .equals(wall.toZonedDateTime(open.timezone, { disambiguation: 'later' }));
        if (expected || !isRepeated) expect(isOpen(open, moment)).toBe(expected);
      }),
      RUNS,
    );
  });

  test('the next opening is open, not before, and nothing opens earlier', () => {
    fc.assert(
      fc.property(
        anyHours,
        instant,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (open, moment, part) => {
          const opens = nextOpening(open, moment);
          if (opens === null) return expect(isOpen(open, moment)).toBe(false);
          expect(opens.getTime()).toBeGreaterThanOrEqual(moment.getTime());
          expect(isOpen(open, opens)).toBe(true);
          if (opens > moment) expect(isOpen(open, moment)).toBe(false);
          const between = moment.getTime() + part * (opens.getTime() - moment.getTime() - 1);
          if (opens > moment) expect(isOpen(open, new Date(between))).toBe(false);
          expect(openSecondsBetween(open, moment, opens)).toBe(0);
        },
      ),
      RUNS,
    );
  });

  test('seconds add up, minute by minute, and never exceed the time that passed', () => {
    fc.assert(
      fc.property(anyHours, instant, fc.integer({ min: 0, max: 60 }), (open, from, length) => {
        const to = new Date(from.getTime() + length * HOUR);
        let minutes = 0;
        for (let time = from.getTime(); time < to.getTime(); time += 60_000) {
          if (isOpen(open, new Date(time))) minutes += 1;
        }
        const whole = openSecondsBetween(open, from, to);
        expect(whole).toBe(minutes * 60);
        const middle = new Date(from.getTime() + Math.floor((length * HOUR) / 3));
        expect(openSecondsBetween(open, from, middle) + openSecondsBetween(open, middle, to)).toBe(
          whole,
        );
      }),
      { numRuns: 15 },
    );
  });
});

describe('what is no schedule', () => {
  const base = { timezone: 'Europe/Berlin', weekly: CLOSED, exceptions: [] };
  test.each([
    ['an offset', { ...base, timezone: '+02:00' }],
    ['an unknown zone', { ...base, timezone: 'Europe/Atlantis' }],
    ['no day', { ...base, weekly: { ...CLOSED, mon: undefined } }],
    [
      'a time of 24:00 to begin with',
      { ...base, weekly: { ...CLOSED, mon: [['24:00', '02:00']] } },
    ],
    ['a time without its zero', { ...base, weekly: { ...CLOSED, mon: [['9:00', '12:00']] } }],
    ['a slot of no length', { ...base, weekly: { ...CLOSED, mon: [['09:00', '09:00']] } }],
    [
      'slots that overlap',
      {
        ...base,
        weekly: {
          ...CLOSED,
          mon: [
            ['09:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
    ],
    ['a date that is none', { ...base, exceptions: [{ date: '2026-02-30' }] }],
    [
      'a date twice',
      {
        ...base,
        exceptions: [
          { date: '2026-12-24', yearly: true },
          { date: '2027-12-24', yearly: true },
        ],
      },
    ],
  ])('%s', (_, value) => {
    expect(hours.safeParse(value).success).toBe(false);
  });
});
