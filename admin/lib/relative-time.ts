import { locale } from '../texts/languages/speak.ts';
import { t } from '../texts/times.ts';
import { formatDate } from './date-format.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Calendar days between two moments in the reader's time zone: 0 for the same day. */
export function daysApart(earlier: Date, later: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(earlier)) / DAY);
}

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  return formatDate(locale(), date, options);
}

/**
 * A short relative time for list rows: `now`, `4 min`, `3 h`, `Yesterday`,
 * a weekday, a date. A clock that runs a little behind the server's still says `now`.
 *
 * @param time ISO 8601
 * @param now milliseconds since the epoch
 */
export function relativeTime(time: string, now: number): string {
  return relative(time, now, t);
}

type Units = { now: string; minutes(count: number): string; hours(count: number): string };

function relative(time: string, now: number, units: Units): string {
  const date = new Date(time);
  const age = now - date.getTime();
  if (age < MINUTE) return units.now;
  if (age < HOUR) return units.minutes(Math.floor(age / MINUTE));
  const today = new Date(now);
  const days = daysApart(date, today);
  if (days === 0 || age < 6 * HOUR) return units.hours(Math.floor(age / HOUR));
  if (days === 1) return t.yesterday;
  if (days < 7) return format(date, { weekday: 'short' });
  const year = date.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return format(date, { day: 'numeric', month: 'short', ...year });
}

/** Like `relativeTime`, but as a phrase: `4 min ago`, `just now`, `Yesterday`. */
export function agoTime(time: string, now: number): string {
  return relative(time, now, { now: t.justNow, minutes: t.minutesAgo, hours: t.hoursAgo });
}

/**
 * How long someone has waited: `under 1 min`, `4 min`, `2 h 5 min`, `3 days`.
 *
 * @param since ISO 8601
 * @param now milliseconds since the epoch
 */
export function waitingTime(since: string, now: number): string {
  const age = Math.max(0, now - new Date(since).getTime());
  if (age < MINUTE) return t.underOneMinute;
  if (age < HOUR) return t.minutes(Math.floor(age / MINUTE));
  const hours = Math.floor(age / HOUR);
  if (hours < 24) {
    const minutes = Math.floor((age % HOUR) / MINUTE);
    return minutes === 0 ? t.hours(hours) : t.hoursAndMinutes(hours, minutes);
  }
  return t.days(Math.floor(age / DAY));
}

/** The full date and time, for tooltips and screen readers: `Thu, 12 Nov 2026, 14:05`. */
export function absoluteTime(time: string): string {
  return format(new Date(time), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** `14:05`. */
export function clockTime(time: string): string {
  return format(new Date(time), { hour: '2-digit', minute: '2-digit' });
}

/** The heading of a day above its messages: `Today`, `Yesterday`, `Monday`, `12 November 2025`. */
export function dayName(time: string, now: number): string {
  const date = new Date(time);
  const days = daysApart(date, new Date(now));
  if (days <= 0) return t.today;
  if (days === 1) return t.yesterday;
  if (days < 7) return format(date, { weekday: 'long' });
  return format(date, { day: 'numeric', month: 'long', year: 'numeric' });
}
