import { conversationObject } from '../../conversation/calls/address.ts';
import type { Env } from '../../env.ts';
import { partsOf } from './key.ts';

/** Hours after which bytes without a message are an orphan: no upload takes so long. */
const SETTLED_HOURS = 24;

/** Days that are looked through: a night that was missed is made up for. */
const DAYS = 3;

/**
 * Organizations whose files are looked through in one night, about, so that the bucket is asked a
 * bounded number of times. Where there are more they take turns, and the days go further back.
 */
const ORGANIZATIONS = 400;

const DAY = 86_400_000;

/**
 * Deletes files that no message carries: of uploads that died before their message, and of messages
 * that were taken back while the bucket did not answer. Lists the names of the organizations that
 * have files, and of each the files of the last days, a thousand keys at a time; asks each
 * conversation that has one of those once. What is older is never listed.
 *
 * @param most how many organizations in one night
 * @returns how many files were deleted
 */
export async function sweepFiles(
  env: Env,
  now = new Date(),
  most = ORGANIZATIONS,
): Promise<number> {
  const { FILES: bucket } = env;
  if (!bucket) return 0;
  const all = await organizationsIn(bucket);
  // A power of two: when it changes, a turn comes sooner, or one round later at most.
  const nights = 2 ** Math.ceil(Math.log2(Math.max(1, all.length / most)));
  const turn = Math.floor(now.getTime() / DAY) % nights;
  const settled = now.getTime() - SETTLED_HOURS * 3_600_000;
  // Two rounds, for a change of their length.
  const days = DAYS + 2 * (nights - 1);
  const first = new Date(settled - (days - 1) * DAY).toISOString().slice(0, 10);
  let swept = 0;
  for (const prefix of all.filter((name) => hashOf(name) % nights === turn)) {
    for (let cursor: string | undefined; ; ) {
      const page = await bucket.list({
        prefix,
        ...(cursor ? { cursor } : { startAfter: `${prefix}${first}` }),
      });
      const old = page.objects.filter(({ uploaded }) => uploaded.getTime() <= settled);
      const orphans = await orphansAmong(
        env,
        old.map(({ key }) => key),
      );
      if (orphans.length > 0) await bucket.delete(orphans);
      swept += orphans.length;
      if (!page.truncated) break;
      cursor = page.cursor;
    }
  }
  return swept;
}

/** A number that spreads names evenly: FNV-1a (datatracker.ietf.org/doc/draft-eastlake-fnv). */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) {
    hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  return hash;
}

/** What the keys begin with: `organization/`, one for each that has files. */
async function organizationsIn(bucket: R2Bucket): Promise<string[]> {
  const prefixes: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await bucket.list({ delimiter: '/', ...(cursor && { cursor }) });
    prefixes.push(...page.delimitedPrefixes);
    if (!page.truncated) return prefixes;
    cursor = page.cursor;
  }
}

async function orphansAmong(env: Env, keys: string[]): Promise<string[]> {
  const messagesByConversation = new Map<string, Promise<string[]>>();
  const orphans: string[] = [];
  for (const key of keys) {
    const parts = partsOf(key);
    if (!parts) continue;
    const { organizationId, conversationId, fileId } = parts;
    const carried =
      messagesByConversation.get(conversationId) ??
      conversationObject(env, organizationId, conversationId).files();
    messagesByConversation.set(conversationId, Promise.resolve(carried));
    if (!(await carried).includes(fileId)) orphans.push(key);
  }
  return orphans;
}
