import { z } from 'zod';
import { MAX_AUTO_CLOSE_HOURS } from '../../../protocol/limits.ts';
import type { DepartmentAutoClose } from '../../../protocol/resources/department.ts';

const RANGE = `Hours from 1 to ${MAX_AUTO_CLOSE_HOURS}, which is 90 days.`;

/** Whole hours after which a conversation closes whose visitor does not answer. */
export const autoCloseHours = z.int(RANGE).min(1, RANGE).max(MAX_AUTO_CLOSE_HOURS, RANGE);

/** The same of a department, which may also do as the organization does, or never close one. */
export const departmentAutoCloseRequest = z.union([z.enum(['inherit', 'off']), autoCloseHours], {
  error: `“inherit”, “off”, or hours from 1 to ${MAX_AUTO_CLOSE_HOURS}, which is 90 days.`,
});

/** As the column has it: null as the organization, 0 never. */
export function toColumn(autoClose: DepartmentAutoClose): number | null {
  if (autoClose === 'inherit') return null;
  return autoClose === 'off' ? 0 : autoClose;
}

export function fromColumn(hours: number | null): DepartmentAutoClose {
  if (hours === null) return 'inherit';
  return hours === 0 ? 'off' : hours;
}
