import { Hono } from 'hono';
import { z } from 'zod';
import { addCounts, type JobCounts, jobCounts } from '../../../protocol/resources/job.ts';
import type { Reprojected } from '../../conversation/drain/reproject.ts';
import type { Env } from '../../env.ts';
import { described } from '../../http/description/describe.ts';
import { requireOperator } from '../../http/guards.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { failureOf, resultOf } from './counts.ts';

/** Objects of a request: each makes a few queries, of which the free plan allows 50 a request. */
const MOST = 40;

/** Objects that are called at once. */
const AT_ONCE = 10;

/** Of objects that Cloudflare names by their ids and not by their conversations'. */
const request = z.object({
  ids: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .min(1)
    .max(MOST),
});
const answer = z.object({ results: jobCounts, failures: jobCounts, empty: z.number().int() });

/**
 * Writes conversations again whose names nobody has: Cloudflare's API lists the objects of a namespace
 * by their ids, and each knows by itself which conversation of which organization it is.
 */
export const operatorObjects = new Hono<{ Bindings: Env }>()
  .use(requireOperator)
  .post(
    '/',
    described(
      'Writes the rows of conversations again, by the ids of their Durable Objects. `empty`: objects without a conversation.',
      { 200: answer },
    ),
    validated('json', request),
    async (context) => {
      const { ids } = context.req.valid('json');
      const counts: Counts = { results: {}, failures: {}, empty: 0 };
      for (let start = 0; start < ids.length; start += AT_ONCE) {
        const some = ids.slice(start, start + AT_ONCE).map((id) => reproject(context.env, id));
        for (const page of await Promise.all(some)) add(counts, page);
      }
      return context.json(counts, 200);
    },
  );

type Counts = { results: JobCounts; failures: JobCounts; empty: number };

/**
 * @returns null where the object failed
 * @throws FoyerError validation_failed for an id of another namespace
 */
async function reproject({ CONVERSATIONS }: Env, id: string): Promise<Reprojected | null> {
  let name: DurableObjectId;
  try {
    name = CONVERSATIONS.idFromString(id);
  } catch {
    throw new FoyerError('validation_failed', {
      fields: { ids: 'Not the id of an object of conversations.' },
    });
  }
  return CONVERSATIONS.get(name)
    .reproject()
    .catch(() => null);
}

function add(counts: Counts, page: Reprojected | null): void {
  if (page?.row === 'unknown') {
    counts.empty += 1;
    return;
  }
  const failures = page ? failureOf(page) : { conversation_failed: 1 };
  counts.results = addCounts(counts.results, page ? resultOf(page) : {});
  counts.failures = addCounts(counts.failures, failures);
}
