import type { Visitor } from '../../conversation/who.ts';
import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { log } from '../../kernel/log/log.ts';
import { organizationObject } from '../../organization/address.ts';
import { humanCheckOf } from '../human-check/config.ts';
import { checkRequired, isChecked } from '../human-check/proof.ts';
import { asksEverybody } from '../human-check/store.ts';
import { FINE, mustNotBeRefused, type Verdict } from './addresses.ts';
import { Tally } from './tally.ts';

/**
 * Conversations of an address that an isolate lets begin within an hour before it asks the
 * organization's object about each, and bytes of customers' fields that it lets the address store. The
 * object learns of every beginning with a call that is made anyway; asking costs one more call, and an
 * ordinary address never gets there.
 */
const ASK_FROM = { conversations: 20, bytes: 40_000 };

const HOUR = 3_600_000;

const begun = new Tally(HOUR);
const stored = new Tally(HOUR);

const keyOf = (organizationId: string, address: string) => `${organizationId}/${address}`;

/**
 * What stands before the rows of a new conversation. With a human check, whoever passed one lately
 * may begin, and others are asked for it where they or their address are suspected, or where the
 * organization asks everybody. Without one, an address that began far too many is refused.
 *
 * @param bytes of what it begins with: fields, the page, the browser
 * @returns the bytes that are to be told with the founding: 0 where they were counted here
 * @throws FoyerError rate_limited where its address began far too many, or stored too much;
 *   human_check_required
 */
export async function mustNotBegin(
  env: Env,
  db: Database,
  visitor: Visitor,
  bytes: number,
): Promise<number> {
  const { organization_id, address } = visitor;
  const check = humanCheckOf(env);
  const now = Date.now();
  if (check) {
    if (isChecked(visitor, now)) return bytes;
    if (visitor.suspected || (await asksEverybody(db, organization_id))) throw checkRequired(check);
  }
  if (address === undefined) return 0;
  const key = keyOf(organization_id, address);
  const isUsual = stored.add(key, now, bytes) <= ASK_FROM.bytes;
  if (isUsual && begun.count(key, now) < ASK_FROM.conversations) return bytes;
  const verdict = await judge(env, organization_id, address, bytes);
  if (!check) mustNotBeRefused(verdict);
  else if (verdict.state !== 'fine') throw checkRequired(check);
  return 0;
}

/** A conversation began here, from this address. */
export function noteBeginning(organizationId: string, address: string | undefined): void {
  if (address !== undefined) begun.add(keyOf(organizationId, address), Date.now());
}

/**
 * What stands before fields that a visitor gives later.
 *
 * @throws FoyerError rate_limited where their address stored too much
 */
export async function mustNotStore(
  env: Env,
  organizationId: string,
  address: string | undefined,
  bytes: number,
): Promise<void> {
  if (address === undefined || bytes === 0) return;
  if (stored.add(keyOf(organizationId, address), Date.now(), bytes) <= ASK_FROM.bytes) return;
  mustNotBeRefused(await judge(env, organizationId, address, bytes));
}

/** Nothing is held against an address where the object does not answer. */
async function judge(
  env: Env,
  organizationId: string,
  address: string,
  bytes: number,
): Promise<Verdict> {
  try {
    return await organizationObject(env, organizationId).judge(address, bytes);
  } catch (error) {
    log.warn('presence_unknown', { organization: organizationId, error });
    return FINE;
  }
}
