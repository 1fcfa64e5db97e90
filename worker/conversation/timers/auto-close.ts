import { hoursOf } from '../../organization/policy.ts';
import type { State } from '../state/state.ts';
import type { Timer } from './timer.ts';

const HOUR = 60 * 60_000;

/**
 * Whether it is the visitor's turn: an agent had the last word. What waits for an agent, is snoozed or
 * closed never closes by itself.
 */
export function waitsForVisitor(
  state: Pick<State, 'status' | 'last_sender' | 'waiting_since'>,
): boolean {
  return state.status === 'active' && state.last_sender === 'agent' && state.waiting_since === null;
}

/**
 * Closes a conversation that its visitor has left unanswered for as long as the organization waits. A
 * message sets no alarm for it: the shortest wait is longer than the watchdog's, whose ring sets it.
 */
export const autoClose: Timer = {
  at: ({ state }, policy) => {
    const hours = policy && hoursOf(policy, state.department_id);
    if (!hours || !waitsForVisitor(state)) return null;
    const times = [state.last_message_at, state.resumed_at].flatMap((time) =>
      time ? [Date.parse(time)] : [],
    );
    return times.length > 0 ? Math.max(...times) + hours * HOUR : null;
  },
  does: 'close',
  isSetByChange: false,
  joins: false,
};
