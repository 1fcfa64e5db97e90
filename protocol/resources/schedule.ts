import { z } from 'zod';

const MAX_SLOTS_A_DAY = 10;
/** Several years of public holidays, with room for a team's own days. */
const MAX_EXCEPTIONS = 200;
const MAX_EXCEPTION_NOTE_LENGTH = 200;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const START = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const END = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

/**
 * A time of opening and one of closing, as a clock on the wall of the schedule's time zone shows them.
 * A slot that closes at an earlier time than it opens runs over midnight; one that closes at `24:00` ends with the day.
 */
const slot = z
  .tuple([
    z.string().regex(START, 'A time is written as 09:00, from 00:00 to 23:59.'),
    z.string().regex(END, 'A time is written as 18:00, up to 24:00.'),
  ])
  .refine(([start, end]) => start !== end, {
    message: 'Opening and closing time are the same. Write 00:00 to 24:00 for a whole day.',
  });
export type Slot = z.infer<typeof slot>;

/** Minutes since midnight; a slot over midnight ends after 1,440. */
export function minutesOf([start, end]: Slot): { start: number; end: number } {
  const [opens, closes] = [clock(start), clock(end)];
  return { start: opens, end: closes > opens ? closes : closes + 24 * 60 };
}

function clock(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The slots that begin on one day, in their order; none where it is closed. */
const day = z
  .array(slot)
  .max(MAX_SLOTS_A_DAY)
  .transform((slots) => slots.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  .refine(
    (slots) =>
      slots.every((slot, index) => {
        const next = slots[index + 1];
        return !next || minutesOf(slot).end <= minutesOf(next).start;
      }),
    { message: 'Two times of the same day overlap.' },
  );

/** Whether this runtime knows it as the name of an IANA time zone; an offset such as `+02:00` is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { message: 'This is not a time zone. Europe/Berlin is one.' });

/**
 * A date with hours of its own, once or every year. Those hours replace all that the week says of the date, a slot
 * included that began the night before.
 */
export const scheduleException = z.object({
  /** `2026-12-24`; where it returns every year, the year does not matter. 29 February returns in leap years only. */
  date: z.iso.date(),
  yearly: z.boolean().default(false),
  /** None: closed all day. */
  hours: day.default([]),
  /** What visitors read instead of the hours: "We are at a fair until Thursday". */
  note: z.string().trim().min(1).max(MAX_EXCEPTION_NOTE_LENGTH).nullable().default(null),
});
export type ScheduleException = z.infer<typeof scheduleException>;

/** The part of a date that counts: the whole of it, or month and day where it returns every year. */
export function exceptionKey({ date, yearly }: Pick<ScheduleException, 'date' | 'yearly'>): string {
  return yearly ? date.slice(5) : date;
}

const exceptions = z
  .array(scheduleException)
  .max(MAX_EXCEPTIONS)
  .refine((dates) => new Set(dates.map(exceptionKey)).size === dates.length, {
    message: 'A date is listed twice.',
  });

/** When a team is there: a week that repeats, and the dates that differ. */
export const hours = z.object({
  timezone: timeZone,
  weekly: z.object({ mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }),
  exceptions,
});
export type Hours = z.infer<typeof hours>;

/** Opening hours that an organization has named, for itself and for its departments. */
export const schedule = hours.extend({ id: z.uuid(), name: z.string() });
export type Schedule = z.infer<typeof schedule>;

/** One date of a preview, with what opens on it. A slot over midnight belongs to the date on which it opens. */
export const scheduleDay = z.object({
  date: z.iso.date(),
  openings: z.array(z.object({ start: z.iso.datetime(), end: z.iso.datetime() })),
  /** Whether the date has hours of its own. */
  is_exception: z.boolean(),
  note: z.string().nullable(),
});
export type ScheduleDay = z.infer<typeof scheduleDay>;
