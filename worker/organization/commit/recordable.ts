import { timeOf } from '../../kernel/ids.ts';
import type { Policy } from '../policy.ts';
import type { RowChange } from './call.ts';

/**
 * A change without the activities that the organization does not want: a conversation that slept since
 * the setting was changed does not know it yet.
 */
export function recordable(change: RowChange, { activity_since }: Policy): RowChange {
  const { activity, ...rest } = change;
  if (!activity) return change;
  if (activity_since === undefined) return rest;
  const since = Date.parse(activity_since);
  const wanted = activity.filter(({ id }) => timeOf(id).getTime() >= since);
  return wanted.length > 0 ? { ...rest, activity: wanted } : rest;
}
