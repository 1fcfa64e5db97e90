import { formatDate } from '../../../lib/date-format.ts';
import { daysApart } from '../../../lib/relative-time.ts';
import { t } from '../../../texts/triage.ts';

/** A time until which a conversation can be snoozed. */
export type SnoozeTime = { value: string; label: string; until: Date };

const HOUR = 3_600_000;
/** The hours of a working day, on the agent's own clock. */
const MORNING = 9;
const EVENING = 18;
/** Hours from now for “later”, within the working day. */
const LATER = 3;
/** Hours of the working day that must be left for “later”. */
const LEAST_LATER = 1;

const [SUNDAY, MONDAY, FRIDAY, SATURDAY] = [0, 1, 5, 6];

/**
 * The usual times, in working hours of the agent's own time zone: later today until the evening,
 * the next working morning, Monday, and in a week.
 */
export function snoozeTimes(now: Date): SnoozeTime[] {
  const times: SnoozeTime[] = [];
  const [morning, evening] = [atHour(now, 0, MORNING), atHour(now, 0, EVENING)];
  if (now.getTime() + LEAST_LATER * HOUR <= evening.getTime()) {
    const later = Math.max(now.getTime() + LATER * HOUR, morning.getTime());
    const until = new Date(Math.min(later, evening.getTime()));
    times.push({ value: 'later', label: t.snooze.later, until });
  }
  const day = now.getDay();
  if (day !== FRIDAY && day !== SATURDAY && day !== SUNDAY) {
    times.push({ value: 'tomorrow', label: t.snooze.tomorrow, until: atHour(now, 1, MORNING) });
  }
  // Said on Sunday, Monday is tomorrow; said on Monday, it is in a week, which comes next.
  if (day !== MONDAY) {
    const until = atHour(now, (MONDAY - day + 7) % 7, MORNING);
    times.push({ value: 'monday', label: t.snooze.monday, until });
  }
  // A week after a weekend is no weekend.
  const past = { [SATURDAY]: 2, [SUNDAY]: 1 }[day] ?? 0;
  times.push({ value: 'week', label: t.snooze.week, until: atHour(now, 7 + past, MORNING) });
  return times;
}

/** This hour, so many days from now. */
export function atHour(now: Date, days: number, hour: number, minute = 0): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour, minute);
}

/** A short time: `14:05` today, `Tue 09:00` this week, else `3 Dec, 09:00`. */
export function shortTime(time: Date, now: Date): string {
  const days = daysApart(now, time);
  const format = (options: Intl.DateTimeFormatOptions) =>
    formatDate('en-GB', time, { hour: '2-digit', minute: '2-digit', ...options });
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
