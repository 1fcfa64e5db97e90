import type { Availability } from '../../../protocol/resources/department.ts';
import type { Hours } from '../../../protocol/resources/schedule.ts';
import { exceptionAt, isOpen, nextOpening } from './hours.ts';

/**
 * Whether somebody can be expected to answer, for all that depends on it. Closed hours win over an agent who has a
 * dashboard open then.
 *
 * @param isSomebodyOnline whether one of those who serve the department is online
 * @param hours null: it has none, and is always open
 */
export function availability(
  isSomebodyOnline: boolean,
  hours: Hours | null,
  now: Date,
): Availability {
  if (hours === null || isOpen(hours, now)) {
    return { state: isSomebodyOnline ? 'online' : 'away', opens_at: null, note: null };
  }
  return {
    state: 'closed',
    opens_at: nextOpening(hours, now)?.toISOString() ?? null,
    note: exceptionAt(hours, now)?.note ?? null,
  };
}
