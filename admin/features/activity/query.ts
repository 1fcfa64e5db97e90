import { ACTIVITY_AREAS, activityKinds } from '../../../protocol/resources/activity-kinds.ts';
import type { ActivityQuery } from './api.ts';

/** The filters in the page's URL. `from` and `to` are days: `2026-11-29`. */
export type Narrowed = Partial<
  Record<'kind' | 'actor' | 'subject' | 'from' | 'to', string | string[]>
>;

/**
 * The query for the API. The activities of presence are left out unless they are asked for. Days
 * begin and end in the reader's time zone, and `to` includes its day.
 */
export function queryOf(params: Narrowed): ActivityQuery {
  const { actor, subject } = params;
  const kind = [...ACTIVITY_AREAS, ...activityKinds].find((candidate) => candidate === params.kind);
  const from = startOf(params.from, 0);
  const to = startOf(params.to, 1);
  return {
    ...(kind ? { kind } : { without: 'presence' as const }),
    ...(typeof actor === 'string' && actor && { actor }),
    ...(typeof subject === 'string' && subject && { subject }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

/** The start of a day, plus a number of days, as ISO 8601. Null if the text is not a day. */
function startOf(day: unknown, later: number): string | null {
  const [, year, month, date] = String(day ?? '').match(/^(\d{4})-(\d{2})-(\d{2})$/) ?? [];
  if (year === undefined) return null;
  const time = new Date(Number(year), Number(month) - 1, Number(date) + later);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
