import { MAX_AUTO_CLOSE_HOURS } from '../../../protocol/limits.ts';
import type { DepartmentAutoClose } from '../../../protocol/resources/department.ts';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';

/** When conversations close by themselves, as it is typed. */
export type Draft = {
  isOn: boolean;
  /** Kept while it is off. */
  hours: string;
  message: string;
  reopens: boolean;
};

/** What is offered first: two days, so that a weekend does not end a conversation of a Friday. */
const HOURS = '48';

export function toDraft(settings: WidgetSettingsRecord): Draft {
  const { auto_close_hours: hours, auto_close_message, auto_close_reopens } = settings;
  return {
    isOn: hours !== null,
    hours: hours?.toString() ?? HOURS,
    message: auto_close_message ?? '',
    reopens: auto_close_reopens,
  };
}

export function isSame(a: Draft, b: Draft): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const RANGE = `Enter a whole number of hours from 1 to ${MAX_AUTO_CLOSE_HOURS.toLocaleString('en')} (90 days).`;

/** The hours that a text says, or what is wrong with it. */
export function readHours(text: string): { hours: number } | { problem: string } {
  const hours = /^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : 0;
  return hours >= 1 && hours <= MAX_AUTO_CLOSE_HOURS ? { hours } : { problem: RANGE };
}

/** A time in words, as `2 days` or `1 day and 4 hours`. */
export function inWords(hours: number): string {
  const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  const days = Math.floor(hours / 24);
  const parts = [days > 0 && counted(days, 'day'), hours % 24 > 0 && counted(hours % 24, 'hour')];
  return parts.filter(Boolean).join(' and ');
}

/** A department's part of it, as it is typed. */
export type DepartmentDraft = { choice: 'inherit' | 'off' | 'own'; hours: string };

export function toDepartmentDraft(autoClose: DepartmentAutoClose | undefined): DepartmentDraft {
  return typeof autoClose === 'number'
    ? { choice: 'own', hours: autoClose.toString() }
    : { choice: autoClose ?? 'inherit', hours: HOURS };
}

/** What is wrong with what is typed. */
export function problemOf({ choice, hours }: DepartmentDraft): string | undefined {
  if (choice !== 'own') return undefined;
  const read = readHours(hours);
  return 'problem' in read ? read.problem : undefined;
}

/** What is typed, as it is sent; what is no time is sent as 0, which is refused. */
export function toDepartmentChange({ choice, hours }: DepartmentDraft): DepartmentAutoClose {
  if (choice !== 'own') return choice;
  const read = readHours(hours);
  return 'hours' in read ? read.hours : 0;
}
