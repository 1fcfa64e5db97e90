import { daysApart } from '../../../lib/relative-time.ts';

/** A time until which a conversation can be snoozed. */
export type SnoozeTime = { value: string; label: string; until: Date };

const HOUR = 3_600_000;
/** When a working day begins. */
const MORNING = 9;
/** Hours from now for “later”. */
const LATER = 3;

/** The usual times, in the reader's own time zone. */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const later = new Date(now.getTime() + LATER * HOUR);
  const today = daysApart(now, later) === 0;
  // On a Sunday, next week is Monday in eight days.
  const toMonday = ((8 - now.getDay()) % 7 || 7) + (now.getDay() === 0 ? 7 : 0);
  return [
    { value: 'later', label: today ? 'Later today' : 'In three hours', until: later },
    { value: 'tomorrow', label: 'Tomorrow', until: morning(now, 1) },
    { value: 'week', label: 'Next week', until: morning(now, toMonday) },
  ];
}

function morning(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
}

/** A short time: `14:05` today, `Tue 09:00` this week, else `3 Dec, 09:00`. */
export function shortTime(time: Date, now: Date): string {
  const days = daysApart(now, time);
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', ...options }).format(
      time,
    );
  if (days === 0) return format({});
  return days > 0 && days < 7
    ? format({ weekday: 'short' })
    : format({ day: 'numeric', month: 'short' });
}

/** The value of a datetime-local field for this time, to the minute. */
export function fieldTime(time: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date}T${two(time.getHours())}:${two(time.getMinutes())}`;
}
