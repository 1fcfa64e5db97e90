import type { Availability } from '../../../protocol/resources/department.ts';
import type { Hours } from '../../../protocol/resources/schedule.ts';
import { exceptionAt, isOpen, nextOpening } from './hours.ts';

type Person = { id: string; name: string };

/**
 * Whether somebody can be expected to answer in a department, and who: the one rule for the widget and for all that
 * depends on it. Closed hours win over an agent who is online then.
 *
 * @param department `member_ids`: the users who serve it; empty: everybody does
 * @param presence the organization's agents who are online; null: not known, which counts as nobody
 * @param schedule the hours that the department follows; null: it has none, and is always open
 */
export function availability(
  department: { member_ids: readonly string[] },
  presence: readonly Person[] | null,
  schedule: Hours | null,
  now: Date,
): Availability & { online: Person[] } {
  const { member_ids } = department;
  if (schedule === null || isOpen(schedule, now)) {
    const serving = (presence ?? []).filter(
      ({ id }) => member_ids.length === 0 || member_ids.includes(id),
    );
    const state = serving.length > 0 ? 'online' : 'away';
    return { state, opens_at: null, note: null, online: serving };
  }
  return {
    state: 'closed',
    opens_at: nextOpening(schedule, now)?.toISOString() ?? null,
    note: exceptionAt(schedule, now)?.note ?? null,
    online: [],
  };
}
