import { conversationOf } from '../conversation/address.ts';
import type { Env } from '../env.ts';
import { partsOf } from './key.ts';

/** Hours after which bytes without a message are nobody's: no upload takes so long. */
const SETTLED_HOURS = 24;

/** Days that are looked through each time: a run that was missed is made up for. */
const DAYS = 3;

/**
 * Takes away files that no message carries: of uploads that died before their message, and of
 * messages that were taken back while the bucket did not answer. Asks each conversation of those
 * days once, and the bucket for a thousand keys at a time.
 *
 * @returns how many were taken away
 */
export async function sweepFiles(env: Env, now = new Date()): Promise<number> {
  const { FILES: bucket } = env;
  if (!bucket) return 0;
  let swept = 0;
  for (let day = 1; day <= DAYS; day += 1) {
    const settled = now.getTime() - SETTLED_HOURS * 3_600_000;
    const date = new Date(settled - (day - 1) * 86_400_000).toISOString().slice(0, 10);
    for (let cursor: string | undefined; ; ) {
      const page = await bucket.list({ prefix: `${date}/`, ...(cursor && { cursor }) });
      const settledOnes = page.objects.filter(({ uploaded }) => uploaded.getTime() <= settled);
      const orphans = await orphansAmong(
        env,
        settledOnes.map(({ key }) => key),
      );
      if (orphans.length > 0) await bucket.delete(orphans);
      swept += orphans.length;
      if (!page.truncated) break;
      cursor = page.cursor;
    }
  }
  return swept;
}

async function orphansAmong(env: Env, keys: string[]): Promise<string[]> {
  const known = new Map<string, Promise<string[]>>();
  const orphans: string[] = [];
  for (const key of keys) {
    const parts = partsOf(key);
    if (!parts) continue;
    const { organizationId, conversationId, fileId } = parts;
    const its =
      known.get(conversationId) ?? conversationOf(env, organizationId, conversationId).files();
    known.set(conversationId, Promise.resolve(its));
    if (!(await its).includes(fileId)) orphans.push(key);
  }
  return orphans;
}
