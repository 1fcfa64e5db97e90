import { part } from './languages/part.ts';

/** Relative times and days. Dates and weekdays come from `Intl`. */
export const t = part('times', {
  now: 'now',
  justNow: 'just now',
  minutes: (count: number) => `${count} min`,
  hours: (count: number) => `${count} h`,
  hoursAndMinutes: (hours: number, minutes: number) => `${hours} h ${minutes} min`,
  days: (count: number) => (count === 1 ? '1 day' : `${count} days`),
  minutesAgo: (count: number) => `${count} min ago`,
  hoursAgo: (count: number) => `${count} h ago`,
  underOneMinute: 'under 1 min',
  today: 'Today',
  yesterday: 'Yesterday',
});
