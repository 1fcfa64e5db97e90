import { language, t } from '../strings/index.ts';

/** Milliseconds between two messages of one sender after which a new group begins. */
const GROUP = 5 * 60_000;

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options);

const clock = format({ hour: 'numeric', minute: '2-digit' });
const day = format({ weekday: 'short', day: 'numeric', month: 'short' });
const dayAndYear = format({ dateStyle: 'medium' });

export const timeOf = (iso: string) => clock.format(new Date(iso));

const startOfDay = (date: Date) => new Date(date).setHours(0, 0, 0, 0);

/** The local day of a time: Today, Yesterday, Mon 3 Aug, 3 Aug 2025. */
export function dayOf(iso: string, now = new Date()): string {
  const date = new Date(iso);
  // Rounded, since a day may have 23 or 25 hours.
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
  if (days === 0) return t.today;
  if (days === 1) return t.yesterday;
  return (date.getFullYear() === now.getFullYear() ? day : dayAndYear).format(date);
}

/** Visitors and agents never share an id. */
type Timed = { sent_at: string; kind: string; sender: { id: string } };

export function startsDay(message: Timed, previous: Timed | undefined): boolean {
  if (!previous) return true;
  return startOfDay(new Date(message.sent_at)) !== startOfDay(new Date(previous.sent_at));
}

/** Whether a message starts a new group: it has another sender, or comes some time later. */
export function startsGroup(message: Timed, previous: Timed | undefined): boolean {
  return (
    !previous ||
    previous.kind === 'event' ||
    message.kind === 'event' ||
    message.sender.id !== previous.sender.id ||
    Date.parse(message.sent_at) - Date.parse(previous.sent_at) > GROUP ||
    startsDay(message, previous)
  );
}
