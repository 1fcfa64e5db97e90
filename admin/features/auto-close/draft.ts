import { MAX_AUTO_CLOSE_HOURS } from '../../../protocol/limits.ts';
import type { DepartmentAutoClose } from '../../../protocol/resources/department.ts';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';

/** The form for closing conversations automatically. */
export type Draft = {
  isOn: boolean;
  /** Keeps its value while the checkbox is off. */
  hours: string;
  message: string;
  reopens: boolean;
};

/** The default: two days, so that a weekend does not end a conversation from Friday. */
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

/** The hours that were entered, or the error. */
export function readHours(text: string): { hours: number } | { problem: string } {
  const hours = /^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : 0;
  return hours >= 1 && hours <= MAX_AUTO_CLOSE_HOURS ? { hours } : { problem: RANGE };
}

/** A number of hours in words, like `2 days` or `1 day and 4 hours`. */
export function inWords(hours: number): string {
  const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  const days = Math.floor(hours / 24);
  const parts = [days > 0 && counted(days, 'day'), hours % 24 > 0 && counted(hours % 24, 'hour')];
  return parts.filter(Boolean).join(' and ');
}

/** The same setting in a department's form. */
export type DepartmentDraft = { choice: 'inherit' | 'off' | 'own'; hours: string };

export function toDepartmentDraft(autoClose: DepartmentAutoClose | undefined): DepartmentDraft {
  return typeof autoClose === 'number'
    ? { choice: 'own', hours: autoClose.toString() }
    : { choice: autoClose ?? 'inherit', hours: HOURS };
}

/** The error of the form, or null. */
export function problemOf({ choice, hours }: DepartmentDraft): string | undefined {
  if (choice !== 'own') return undefined;
  const read = readHours(hours);
  return 'problem' in read ? read.problem : undefined;
}

/** The form as the API takes it. An invalid number is sent as 0, which the API refuses. */
export function toDepartmentChange({ choice, hours }: DepartmentDraft): DepartmentAutoClose {
  if (choice !== 'own') return choice;
  const read = readHours(hours);
  return 'hours' in read ? read.hours : 0;
}
