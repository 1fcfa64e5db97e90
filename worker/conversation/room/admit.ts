import type { Principal } from '../../auth/principal.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { attempt, type Result } from '../../kernel/result.ts';
import type { Live } from '../live.ts';
import type { Room } from './room.ts';

/** The one check before every call of a conversation's object. */

/**
 * Does the work where the conversation is there for the principal, and a visitor's session holds.
 *
 * @param live the conversation; null where nobody created it
 */
export function enter<Value>(
  live: Live | null,
  principal: Principal,
  work: (live: Live) => Value,
): Result<Value> {
  return attempt(() => {
    if (!live?.room.admits(principal)) throw new FoyerError('not_found');
    const refusal = live.room.refusalOf(principal, Date.now());
    if (refusal) throw new FoyerError(refusal);
    return work(live);
  });
}

/**
 * As `enter`, once the principal may.
 *
 * @param ready what has to be awaited first, where the conversation is the principal's; null: nothing
 */
export function enterWhenReady<Value>(
  live: Live | null,
  principal: Principal,
  ready: (room: Room) => Promise<void> | null,
  work: (live: Live) => Value,
): Result<Value> | Promise<Result<Value>> {
  const waiting = live?.room.admits(principal) ? ready(live.room) : null;
  return waiting ? waiting.then(() => enter(live, principal, work)) : enter(live, principal, work);
}
