import { fold } from '../../../../protocol/text/fold.ts';
import { atHour } from './snooze.ts';

/** The hour of a day that is named without one. */
const MORNING = 9;
/** Letters of a weekday or month that are enough, such as `fr` and `dec`. */
const LEAST_LETTERS = { weekday: 2, month: 3 };

const MINUTE = 60_000;

/** Days are counted by the calendar and not by 24 hours, so that they keep the time of day. */
const UNITS: Record<string, (now: Date, count: number) => Date> = {
  m: (now, count) => new Date(now.getTime() + count * MINUTE),
  h: (now, count) => new Date(now.getTime() + count * 60 * MINUTE),
  d: (now, count) => atHour(now, count, MORNING),
  w: (now, count) => atHour(now, count * 7, MORNING),
};

/**
 * A time in the future that a text means, on the agent's own clock; null if it means none: `30m`,
 * `3h`, `3d`, `2w`; `14:00`, `2pm`; a weekday such as `fri`, `tomorrow`, `24 dec` or `2026-12-24`,
 * each also with a time of day. Weekdays and months have their English names or those of `locale`.
 *
 * @param locale the browser's own by default. Its name in `navigator` can be one that `Intl` refuses.
 *
 * @example parseSnooze('fri 14:00', now)
 */
export function parseSnooze(text: string, now: Date, locale?: string): Date | null {
  const words = fold(text)
    .split(/[\s,]+/)
    .filter(Boolean);
  if (words.length === 0) return null;
  const joined = words.join(' ');
  const span =
    /^(?:in )?(\d{1,3}) ?(?:(m)(?:in(?:ute)?s?)?|(h)(?:(?:ou)?rs?)?|(d)(?:ays?)?|(w)(?:eeks?)?)$/.exec(
      joined,
    );
  if (span) {
    const count = Number(span[1]);
    const unit = UNITS[span.slice(2).join('')];
    return unit && count > 0 ? unit(now, count) : null;
  }
  const last = timeIn(words.at(-1) ?? '');
  // A bare number is an hour only after a whole day: not in `12` and `dec 12`.
  const isDayAlone =
    words.length === 1 || (words.length === 2 && monthIn(words[0] ?? '', locale) !== null);
  const time = last && !(last.bare && isDayAlone) ? last : null;
  const day = (time ? words.slice(0, -1) : words).join(' ');
  const { hour, minute } = time ?? { hour: MORNING, minute: 0 };
  if (day === '') {
    const today = atHour(now, 0, hour, minute);
    return today > now ? today : atHour(now, 1, hour, minute);
  }
  const date = dayIn(day, now, locale);
  const until = date && atHour(date, 0, hour, minute);
  return until && until > now ? until : null;
}

/** `14:00`, `14.30`, `9am`, `9:30 pm` written together, or a bare `14`. */
function timeIn(word: string): { hour: number; minute: number; bare: boolean } | null {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?(am|pm|h)?$/.exec(word);
  if (!match) return null;
  const [, hours = '', minutes, half] = match;
  const minute = Number(minutes ?? 0);
  let hour = Number(hours);
  if (half === 'am' || half === 'pm') {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (half === 'pm' ? 12 : 0);
  }
  if (hour > 23 || minute > 59) return null;
  return { hour, minute, bare: minutes === undefined && half === undefined };
}

/** The day that a text names, from today on. */
function dayIn(text: string, now: Date, locale: string | undefined): Date | null {
  if (text === 'today') return now;
  if (text.length >= 3 && 'tomorrow'.startsWith(text)) return atHour(now, 1, 0);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3]));
  const weekday = weekdayIn(text.replace(/^(next|on) /, ''), locale);
  if (weekday !== null) return atHour(now, ((weekday - now.getDay() + 6) % 7) + 1, 0);
  const [first = '', second = ''] = text.split(' ');
  const named = monthIn(second, locale) === null ? [second, first] : [first, second];
  const [dayText = '', monthText = ''] = named;
  const month = monthIn(monthText, locale);
  if (month === null || !/^\d{1,2}\.?$/.test(dayText)) return null;
  const date = dateOf(now.getFullYear(), month, Number.parseInt(dayText, 10));
  return date && date < atHour(now, 0, 0)
    ? dateOf(now.getFullYear() + 1, month, date.getDate())
    : date;
}

/** The date; null for one that no calendar has, such as 30 February. */
function dateOf(year: number, month: number, day: number): Date | null {
  const date = new Date(year, month, day);
  return date.getMonth() === month && date.getDate() === day ? date : null;
}

/** The number of the name that begins with the text, in English or in `locale`; null if none does. */
function nameIn(
  text: string,
  kind: 'weekday' | 'month',
  locale: string | undefined,
): number | null {
  if (text.length < LEAST_LETTERS[kind] || /\d/.test(text)) return null;
  for (const language of ['en', locale]) {
    const format = new Intl.DateTimeFormat(language, { [kind]: 'long', timeZone: 'UTC' });
    const count = kind === 'month' ? 12 : 7;
    for (let index = 0; index < count; index += 1) {
      // The 4th of January 1970 was a Sunday.
      const date = kind === 'month' ? Date.UTC(1970, index, 15) : Date.UTC(1970, 0, 4 + index);
      if (fold(format.format(date)).startsWith(text.replace(/\.$/, ''))) return index;
    }
  }
  return null;
}

const weekdayIn = (text: string, locale: string | undefined) => nameIn(text, 'weekday', locale);
const monthIn = (text: string, locale: string | undefined) => nameIn(text, 'month', locale);
