const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Calendar days between two moments in the reader's time zone: 0 for the same day. */
export function daysApart(earlier: Date, later: Date): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(later) - midnight(earlier)) / DAY);
}

function format(date: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', options).format(date);
}

/**
 * A short relative time for list rows: `now`, `4 min`, `3 h`, `Yesterday`,
 * a weekday, a date. A clock that runs a little behind the server's still says `now`.
 *
 * @param time ISO 8601
 * @param now milliseconds since the epoch
 */
export function relativeTime(time: string, now: number): string {
  const date = new Date(time);
  const age = now - date.getTime();
  if (age < MINUTE) return 'now';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  const today = new Date(now);
  const days = daysApart(date, today);
  if (days === 0 || age < 6 * HOUR) return `${Math.floor(age / HOUR)} h`;
  if (days === 1) return 'Yesterday';
  if (days < 7) return format(date, { weekday: 'short' });
  const year = date.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return format(date, { day: 'numeric', month: 'short', ...year });
}

/** Like `relativeTime`, but as a phrase: `4 min ago`, `just now`, `Yesterday`. */
export function agoTime(time: string, now: number): string {
  const relative = relativeTime(time, now);
  if (relative === 'now') return 'just now';
  return /^\d+ (?:min|h)$/.test(relative) ? `${relative} ago` : relative;
}

/**
 * How long someone has waited: `under 1 min`, `4 min`, `2 h 5 min`, `3 days`.
 *
 * @param since ISO 8601
 * @param now milliseconds since the epoch
 */
export function waitingTime(since: string, now: number): string {
  const age = Math.max(0, now - new Date(since).getTime());
  if (age < MINUTE) return 'under 1 min';
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  const hours = Math.floor(age / HOUR);
  if (hours < 24) {
    const minutes = Math.floor((age % HOUR) / MINUTE);
    return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
  }
  const days = Math.floor(age / DAY);
  return days === 1 ? '1 day' : `${days} days`;
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
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days < 7) return format(date, { weekday: 'long' });
  return format(date, { day: 'numeric', month: 'long', year: 'numeric' });
}
