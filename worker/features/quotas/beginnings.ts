import type { Visitor } from '../../conversation/who.ts';
import type { Env } from '../../env.ts';
import { inboxOf } from '../../inbox/address.ts';
import { log } from '../../kernel/log.ts';
import type { Database } from '../../store/database.ts';
import { humanCheckOf } from '../human-check/config.ts';
import { checkRequired, isChecked } from '../human-check/proof.ts';
import { asksEverybody } from '../human-check/store.ts';
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
 * What stands before the rows of a new conversation. With a human check, whoever passed one lately
 * may begin, and others are asked for it where they or their address are suspected, or where the
 * organization asks everybody. Without one, an address that began far too many is refused.
 *
 * @throws FoyerError rate_limited, human_check_required
 */
export async function mustNotBegin(env: Env, db: Database, visitor: Visitor): Promise<void> {
  const { organization_id, address } = visitor;
  const check = humanCheckOf(env);
  const now = Date.now();
  if (check) {
    if (isChecked(visitor, now)) return;
    if (visitor.suspected || (await asksEverybody(db, organization_id))) throw checkRequired(check);
  }
  if (address === undefined) return;
  if (begun.count(keyOf(organization_id, address), now) < ASK_FROM) return;
  const verdict = await judge(env, organization_id, address);
  if (!check) mustNotBeRefused(verdict);
  else if (verdict.state !== 'fine') throw checkRequired(check);
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
