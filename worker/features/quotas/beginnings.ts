import type { Env } from '../../env.ts';
import { inboxOf } from '../../inbox/address.ts';
import { log } from '../../kernel/log.ts';
import { FINE, mustNotBeRefused, type Verdict } from './addresses.ts';
import { Tally } from './tally.ts';

/**
 * Conversations of an address that an isolate lets begin within an hour before it asks the
 * organization's object about each. The object hears of every beginning with a call that is made
 * anyway; asking costs a call more, and an ordinary address never gets there.
 */
const ASK_FROM = 20;

const HOUR = 3_600_000;

const begun = new Tally(HOUR);

const keyOf = (organizationId: string, address: string) => `${organizationId}/${address}`;

/**
 * What stands before the rows of a new conversation.
 *
 * @param address undefined for one that is not counted
 * @throws FoyerError rate_limited where its address began far too many
 */
export async function mustNotBegin(
  env: Env,
  organizationId: string,
  address: string | undefined,
): Promise<void> {
  if (address === undefined) return;
  if (begun.count(keyOf(organizationId, address), Date.now()) < ASK_FROM) return;
  mustNotBeRefused(await judge(env, organizationId, address));
}

/** A conversation began here, from this address. */
export function noteBeginning(organizationId: string, address: string | undefined): void {
  if (address !== undefined) begun.add(keyOf(organizationId, address), Date.now());
}

/** Nothing is held against an address where the object does not answer. */
async function judge(env: Env, organizationId: string, address: string): Promise<Verdict> {
  try {
    return await inboxOf(env, organizationId).judge(address);
  } catch (error) {
    log.warn('presence_unknown', { organization: organizationId, error });
    return FINE;
  }
}
