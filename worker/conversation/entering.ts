import type { Principal } from '../auth/principal.ts';
import { FoyerError } from '../kernel/errors.ts';
import { attempt, type Result } from '../kernel/result.ts';
import type { Live } from './live.ts';
import type { Who } from './who.ts';

/** The one check before everything that somebody does in a conversation by a call of its object. */

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
 * As `enter`, once the person's address may write a text.
 *
 * @param text null for one that was counted before
 */
export function enterWhenReady<Value>(
  live: Live | null,
  person: Who,
  text: string | null,
  work: (live: Live) => Value,
): Result<Value> | Promise<Result<Value>> {
  const isTheirs = live?.room.admits(person) ?? false;
  const ready = isTheirs && text !== null ? live?.room.ready(person, text) : null;
  return ready ? ready.then(() => enter(live, person, work)) : enter(live, person, work);
}
