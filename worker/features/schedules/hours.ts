import { Temporal } from 'temporal-polyfill';
import {
  exceptionKey,
  type Hours,
  minutesOf,
  type ScheduleDay,
  type ScheduleException,
  WEEKDAYS,
} from '../../../protocol/resources/schedule.ts';

/*
 * When a schedule is open. The rules:
 *
 * 1. Hours are wall time in the schedule's zone. The instants follow from the zone's rules at each date and are never stored.
 * 2. An exception decides its whole date: its slots replace the week's, and a slot of the night before ends at midnight.
 *    An exception for one date wins over one that returns every year.
 * 3. A slot belongs to the date on which it opens, and may run past midnight.
 * 4. Clocks go forward: a time that does not exist is the moment of the change.
 *    Clocks go back: a slot opens at the first and closes at the second of two equal times, so that nobody finds it
 *    closed while the clock shows an opening hour.
 * 5. It is open from the instant of opening up to, and without, the instant of closing.
 */

/** An opening in milliseconds since 1970; `end` is no longer part of it. */
type Opening = { start: number; end: number };

const DAY = 24 * 60 * 60 * 1_000;
/** 29 February is missing for up to eight years, as from 1896 to 1904 and from 2096 to 2104. */
const YEARS_AHEAD = 9;

/** Whether it is open at that moment. */
export function isOpen(hours: Hours, at: Date): boolean {
  const now = at.getTime();
  const calendar = new Calendar(hours);
  const today = calendar.dayOf(now);
  return [today - 1, today].some((day) =>
    calendar.openings(day).some(({ start, end }) => start <= now && now < end),
  );
}

/**
 * The first moment from `at` on at which it is open, which is `at` itself while it is open. Null where it does not open
 * within nine years.
 */
export function nextOpening(hours: Hours, at: Date): Date | null {
  const now = at.getTime();
  const calendar = new Calendar(hours);
  if (calendar.isNeverOpen) return null;
  const today = calendar.dayOf(now);
  for (let day = today - 1; day < today + YEARS_AHEAD * 366; day += 1) {
    const opening = calendar.openings(day).find(({ end }) => end > now);
    if (opening) return new Date(Math.max(opening.start, now));
  }
  return null;
}

/** The seconds between two moments during which it was open; 0 where the second is not the later one. */
export function openSecondsBetween(hours: Hours, from: Date, to: Date): number {
  const until = to.getTime();
  const calendar = new Calendar(hours);
  if (calendar.isNeverOpen || from.getTime() >= until) return 0;
  const lastDay = calendar.dayOf(until);
  let total = 0;
  // What was counted already: a slot over midnight may overlap the next day's first.
  let counted = from.getTime();
  for (let day = calendar.dayOf(counted) - 1; day <= lastDay; day += 1) {
    for (const { start, end } of calendar.openings(day)) {
      const begin = Math.max(start, counted);
      const finish = Math.min(end, until);
      if (finish <= begin) continue;
      total += finish - begin;
      counted = finish;
    }
  }
  return total / 1_000;
}

/** The dates from the one on which `from` is, in the schedule's zone, with what opens on each. */
export function listDays(hours: Hours, from: Date, count: number): ScheduleDay[] {
  const calendar = new Calendar(hours);
  const first = calendar.dayOf(from.getTime());
  return Array.from({ length: count }, (_, index) => {
    const exception = calendar.exceptionOn(first + index);
    return {
      date: dateOf(first + index),
      openings: calendar.openings(first + index).map(({ start, end }) => ({
        start: new Date(start).toISOString(),
        end: new Date(end).toISOString(),
      })),
      is_exception: exception !== undefined,
      note: exception?.note ?? null,
    };
  });
}

/** A moment from its text: a wall time of the zone where it has no offset, and the first where it is there twice. */
export function momentOf(text: string, timezone: string): Date {
  if (/(?:Z|[+-]\d\d:\d\d)$/.test(text)) return new Date(text);
  const { epochMilliseconds } = Temporal.PlainDateTime.from(text).toZonedDateTime(timezone);
  return new Date(epochMilliseconds);
}

/** The exception of the date that it is in the schedule's zone at that moment. */
export function exceptionAt(hours: Hours, at: Date): ScheduleException | null {
  const calendar = new Calendar(hours);
  return calendar.exceptionOn(calendar.dayOf(at.getTime())) ?? null;
}

/** The hours by date. A day is a number of days since 1970-01-01 in the calendar of the zone. */
class Calendar {
  private readonly hours: Hours;
  private readonly exceptions: ReadonlyMap<string, ScheduleException>;

  constructor(hours: Hours) {
    this.hours = hours;
    this.exceptions = new Map(
      hours.exceptions.map((exception) => [exceptionKey(exception), exception]),
    );
  }

  get isNeverOpen(): boolean {
    const { weekly, exceptions } = this.hours;
    return (
      WEEKDAYS.every((weekday) => weekly[weekday].length === 0) &&
      exceptions.every((exception) => exception.hours.length === 0)
    );
  }

  dayOf(instant: number): number {
    const local = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(
      this.hours.timezone,
    );
    return Date.UTC(local.year, local.month - 1, local.day) / DAY;
  }

  exceptionOn(day: number): ScheduleException | undefined {
    const date = dateOf(day);
    return this.exceptions.get(date) ?? this.exceptions.get(date.slice(5));
  }

  /** What opens on that date, in order. */
  openings(day: number): Opening[] {
    // 1970-01-01 was a Thursday.
    const weekday = WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? 'mon';
    const slots = this.exceptionOn(day)?.hours ?? this.hours.weekly[weekday];
    return slots
      .map(minutesOf)
      .map(({ start, end }) => ({
        start: this.instant(day, start, 'earlier'),
        end: this.instant(day, this.exceptionOn(day + 1) ? Math.min(end, 1_440) : end, 'later'),
      }))
      .filter(({ start, end }) => start < end);
  }

  /** The moment at which a clock on the wall shows that many minutes after the midnight with which the date begins. */
  private instant(day: number, minutes: number, which: 'earlier' | 'later'): number {
    const wall = Temporal.PlainDate.from(dateOf(day + Math.floor(minutes / 1_440))).toPlainDateTime(
      {
        hour: Math.floor((minutes % 1_440) / 60),
        minute: minutes % 60,
      },
    );
    const zoned = wall.toZonedDateTime(this.hours.timezone, { disambiguation: which });
    if (zoned.toPlainDateTime().equals(wall)) return zoned.epochMilliseconds;
    // There is no such time: the clock jumps over it after the last time before it.
    const before = wall.toZonedDateTime(this.hours.timezone, { disambiguation: 'earlier' });
    return (before.getTimeZoneTransition('next') ?? zoned).epochMilliseconds;
  }
}

const dateOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);
