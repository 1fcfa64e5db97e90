import type { Policy } from '../../organization/policy.ts';
import { autoClose } from './auto-close.ts';
import { retry } from './retry.ts';
import { sessions } from './sessions.ts';
import { snooze } from './snooze.ts';
import type { Deed, Subject, Timer } from './timer.ts';
import { watchdog } from './watchdog.ts';

/** All timers, in the order in which they act in one ring. */
export const TIMERS: readonly Timer[] = [snooze, autoClose, sessions, retry, watchdog];

/**
 * What is due in a conversation. Pure.
 *
 * @param policy the organization's; null where it is not known, and what hangs on it is not due
 * @param now milliseconds since 1970
 * @returns what an alarm that rings now does, each once, in order; and the earliest time after now at
 *   which it must ring again, null where there is none
 */
export function due(
  subject: Subject,
  policy: Policy | null,
  now: number,
): { deeds: Deed[]; next: number | null } {
  const times = TIMERS.map((timer) => ({ timer, at: timer.at(subject, policy) }));
  const acting = times.filter(({ timer, at }) => timer.joins || (at !== null && at <= now));
  return {
    deeds: [...new Set(acting.map(({ timer }) => timer.does))],
    next: earliest(times.map(({ at }) => (at !== null && at > now ? at : null))),
  };
}

/** The earliest time that a change sets the alarm for; one that is past is to be made up for. */
export function dueByChange(subject: Subject, policy: Policy | null): number | null {
  const timers = TIMERS.filter(({ isSetByChange }) => isSetByChange);
  return earliest(timers.map((timer) => timer.at(subject, policy)));
}

function earliest(times: readonly (number | null)[]): number | null {
  const set = times.filter((time) => time !== null);
  return set.length > 0 ? Math.min(...set) : null;
}
