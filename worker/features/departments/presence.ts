import { Temporal } from 'temporal-polyfill';
import { expectedSeconds, unitOf } from '../../../protocol/conversation/late.ts';
import type { Availability } from '../../../protocol/resources/department.ts';
import { presenceTexts } from './presence-texts.ts';

/** Names that fit on a card; the others are a number. */
const NAMED = 2;

/** Units by their seconds. */
const UNITS = new Map([
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
]);

/** What a card says of a department. */
type Presence = Availability & {
  /** The names of the agents who are online. */
  online: readonly { name: string }[];
  /** Seconds in which one usually gets an answer; null where that is not known. */
  reply_seconds: number | null;
};

/**
 * The agents online for a department and how soon it usually answers, or when it opens, a line each, as a
 * visitor reads it on its card.
 *
 * @param reader `wanted`: tags of the visitor's languages, the best first; `zone`: their IANA time
 *   zone, where it is known
 * @param hours of the department; null where it has none
 */
export function presenceLines(
  { wanted, zone }: { wanted: readonly string[]; zone?: string | undefined },
  presence: Presence,
  hours: { timezone: string } | null,
  now: Date,
): string {
  const { language, ...texts } = presenceTexts(wanted);
  if (presence.state === 'closed') {
    if (presence.note !== null) return presence.note;
    if (presence.opens_at === null || !hours) return texts.closed;
    const clock = new Clock(language, new Date(presence.opens_at), now);
    const officeTime = clock.read(hours.timezone);
    const line = texts.back.replace('{day}', officeTime.day).replace('{time}', officeTime.time);
    const readerTime = clock.read(zone ?? hours.timezone);
    if (readerTime.wall === officeTime.wall) return line;
    const time =
      readerTime.day === officeTime.day ? readerTime.time : `${readerTime.day}, ${readerTime.time}`;
    return `${line} (${texts.yours.replace('{time}', time)})`;
  }
  const named = presence.online.slice(0, NAMED).map(({ name }) => name);
  const more = presence.online.length - named.length;
  const names = `${named.join(', ')}${more > 0 ? ` +${more}` : ''}`;
  const lines = [named[0] === undefined ? texts.nobody : `${texts.online} · ${names}`];
  if (presence.reply_seconds !== null) {
    lines.push(texts.usually.replace('{time}', roundedTime(presence.reply_seconds, language)));
  }
  return lines.join('\n');
}

/** Reads a moment to come off a clock on the wall, in words. */
class Clock {
  private readonly language: string;
  private readonly moment: Date;
  private readonly now: Date;

  constructor(language: string, moment: Date, now: Date) {
    this.language = language;
    this.moment = moment;
    this.now = now;
  }

  /** `day` as `today`, `tomorrow`, `Monday` or `24 December`; `wall` is the same without words. */
  read(timeZone: string): { day: string; time: string; wall: string } {
    const then = wallOf(this.moment, timeZone);
    const today = wallOf(this.now, timeZone);
    const { days } = today.toPlainDate().until(then.toPlainDate());
    const format = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat(this.language, { ...options, timeZone }).format(this.moment);
    const day =
      days < 2
        ? new Intl.RelativeTimeFormat(this.language, { numeric: 'auto' }).format(days, 'day')
        : format(days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long' });
    const time = format({ hour: 'numeric', minute: '2-digit' });
    return { day, time, wall: then.toString() };
  }
}

function wallOf(date: Date, timeZone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(date.getTime())
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime();
}

/** The time within which one usually gets an answer, in whole units: `5 minutes`. */
function roundedTime(seconds: number, language: string): string {
  const size = unitOf(seconds);
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS.get(size) ?? 'minute',
    unitDisplay: 'long',
  }).format(expectedSeconds(seconds) / size);
}
