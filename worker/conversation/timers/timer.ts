import type { Policy } from '../../organization/policy.ts';
import type { State } from '../state/state.ts';

/**
 * The timers of a conversation: what is done at a time, and not because somebody acts.
 *
 * A conversation's object has one alarm for all of them, and each time that the alarm is set is a row
 * on the bill. Invariants:
 * 1. The alarm never rings later than the earliest time that a change sets it for.
 * 2. It moves only earlier. What turns out to be due later is set when it rings.
 * 3. A timer looks at the state as it is when it acts. So an alarm that rings twice, late or for
 *    something that is no longer due does what one on time does, and nothing else.
 * 4. After a timer has acted, its next time lies in the future, or it has none: no alarm rings in
 *    a circle.
 */

/** What the timers look at. Times are milliseconds since 1970. */
export type Subject = {
  state: State;
  /** When the first change came that no ring has looked after; null: none since the last ring. */
  changed_at: number | null;
  /** When what failed is tried again; null: nothing failed. */
  retry_at: number | null;
  /** When the next session of an open socket ends; null: none does. */
  session_ends_at: number | null;
};

/** What a timer does. */
export type Deed = 'wake' | 'close' | 'end_sessions' | 'drain';

export type Timer = {
  /** When it acts; null: not as things stand. `policy` is null where it is not known. */
  at(subject: Subject, policy: Policy | null): number | null;
  does: Deed;
  /**
   * Whether a change sets the alarm for it. Of the others the time is set when the alarm rings, so
   * that the change costs no row: they may act as late as the watchdog rings.
   */
  isSetByChange: boolean;
  /** Whether it acts whenever the alarm rings: it is awake then anyway, and saves a ring of its own. */
  joins: boolean;
};
