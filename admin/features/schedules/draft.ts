import {
  type Hours,
  minutesOf,
  type Schedule,
  type Slot,
  WEEKDAYS,
  type Weekday,
} from '../../../protocol/resources/schedule.ts';

/** Opening hours as they are being edited, before they are saved. */
export type Draft = {
  name: string;
  timezone: string;
  weekly: Record<Weekday, DraftSlot[]>;
  exceptions: DraftException[];
};

/** Times as a browser's field has them: the end of a day is 00:00 there. */
export type DraftSlot = { key: string; start: string; end: string };

export type DraftException = {
  key: string;
  date: string;
  yearly: boolean;
  slots: DraftSlot[];
  note: string;
};

export const DAY = 24 * 60;
/** Minutes to which a drawn slot is rounded. */
const STEP = 30;

const key = () => crypto.randomUUID();

/** A new schedule: the hours of an office, to begin with. */
export function newDraft(timezone: string): Draft {
  const office = (): DraftSlot[] => [{ key: key(), start: '09:00', end: '17:00' }];
  return {
    name: '',
    timezone,
    weekly: {
      mon: office(),
      tue: office(),
      wed: office(),
      thu: office(),
      fri: office(),
      sat: [],
      sun: [],
    },
    exceptions: [],
  };
}

const toSlots = (slots: readonly Slot[]): DraftSlot[] =>
  slots.map(([start, end]) => ({ key: key(), start, end: end === '24:00' ? '00:00' : end }));

export function toDraft({ name, timezone, weekly, exceptions }: Schedule): Draft {
  return {
    name,
    timezone,
    weekly: {
      mon: toSlots(weekly.mon),
      tue: toSlots(weekly.tue),
      wed: toSlots(weekly.wed),
      thu: toSlots(weekly.thu),
      fri: toSlots(weekly.fri),
      sat: toSlots(weekly.sat),
      sun: toSlots(weekly.sun),
    },
    exceptions: exceptions.map(({ date, yearly, hours, note }) => ({
      key: key(),
      date,
      yearly,
      slots: toSlots(hours),
      note: note ?? '',
    })),
  };
}

/** As the Worker takes it: midnight as an end is the end of the day. */
function toSlot({ start, end }: DraftSlot): Slot {
  return [start, end === '00:00' ? '24:00' : end];
}

export function toHours({ timezone, weekly, exceptions }: Draft): Hours {
  return {
    timezone,
    weekly: {
      mon: weekly.mon.map(toSlot),
      tue: weekly.tue.map(toSlot),
      wed: weekly.wed.map(toSlot),
      thu: weekly.thu.map(toSlot),
      fri: weekly.fri.map(toSlot),
      sat: weekly.sat.map(toSlot),
      sun: weekly.sun.map(toSlot),
    },
    exceptions: exceptions.map(({ date, yearly, slots, note }) => ({
      date,
      yearly,
      hours: slots.map(toSlot),
      note: note.trim() || null,
    })),
  };
}

/** Whether both say the same, whatever their keys. */
export function isSame(a: Draft, b: Draft): boolean {
  const text = (draft: Draft) => JSON.stringify([draft.name, toHours(draft)]);
  return text(a) === text(b);
}

/** `09:00` of a number of minutes since midnight. */
export function clock(minutes: number): string {
  const pad = (value: number) => `${value}`.padStart(2, '0');
  return `${pad(Math.floor(minutes / 60) % 24)}:${pad(minutes % 60)}`;
}

/** What a slot covers of its day, in minutes; one over midnight ends with the day. */
export function spanOf(slot: DraftSlot): { start: number; end: number; isOverMidnight: boolean } {
  const { start, end } = minutesOf(toSlot(slot));
  return { start, end: Math.min(end, DAY), isOverMidnight: end > DAY };
}

/** Adds what was drawn from one minute to another, in either direction; what it touches grows together. */
export function draw(slots: readonly DraftSlot[], from: number, to: number): DraftSlot[] {
  let start = Math.max(0, Math.floor(Math.min(from, to) / STEP) * STEP);
  let end = Math.min(DAY, Math.ceil(Math.max(from, to) / STEP) * STEP);
  if (end <= start) end = Math.min(DAY, start + STEP);
  if (end === start) start = end - STEP;
  const apart: DraftSlot[] = [];
  for (const slot of slots) {
    const span = spanOf(slot);
    // One over midnight ends on another day, so that nothing is added to its end.
    if (span.end < start || span.start > end) apart.push(slot);
    else if (span.isOverMidnight) {
      apart.push({ ...slot, start: clock(Math.min(start, span.start)) });
      return sorted(
        apart.concat(slots.filter((other) => other !== slot && !apart.includes(other))),
      );
    } else {
      start = Math.min(start, span.start);
      end = Math.max(end, span.end);
    }
  }
  return sorted([...apart, { key: key(), start: clock(start), end: clock(end) }]);
}

const sorted = (slots: DraftSlot[]) => slots.toSorted((a, b) => (a.start < b.start ? -1 : 1));

/** The same hours for other days. */
export function copied(slots: readonly DraftSlot[]): DraftSlot[] {
  return slots.map((slot) => ({ ...slot, key: key() }));
}

/** What a refusal says of a day or an exception: its fields are named `weekly.mon.0.1` and `exceptions.2.date`. */
export function problemOf(problems: Record<string, string>, of: string): string | undefined {
  return Object.entries(problems).find(
    ([field]) => field === of || field.startsWith(`${of}.`),
  )?.[1];
}

/** The week's days, beginning with Monday, as a reader of English calls them. */
export const DAY_NAMES: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

export const WORKDAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5);
