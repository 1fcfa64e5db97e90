import { z } from 'zod';
import { actor } from '../conversation/actor.ts';

/** Long work of an organization that runs by itself, and how far it is. */

/** `rebuild`: writes the lists, the customers' totals and the search again from the conversations. */
export const jobKind = z.enum(['rebuild']);
export type JobKind = z.infer<typeof jobKind>;

export const jobState = z.enum(['running', 'done', 'failed', 'cancelled']);

/** Why a job as a whole failed. `instance_lost`: Cloudflare no longer runs it, and it did not say why. */
export const jobError = z.enum(['gave_up', 'instance_lost']);
export type JobError = z.infer<typeof jobError>;

/** How often each code came up. */
export const jobCounts = z.record(z.string().regex(/^[a-z_]{1,40}$/), z.number().int());
export type JobCounts = z.infer<typeof jobCounts>;

/** Two counts together. What never came up is not in it. */
export function addCounts(a: JobCounts, b: JobCounts = {}): JobCounts {
  const sum = { ...a };
  for (const [code, count] of Object.entries(b)) {
    if (count > 0) sum[code] = (sum[code] ?? 0) + count;
  }
  return sum;
}

export const job = z.object({
  id: z.uuid(),
  kind: jobKind,
  state: jobState,
  /** Things that it has dealt with. */
  done: z.number().int(),
  /** How many there were when it began; null where that is not known. `done` may end above it. */
  total: z.number().int().nullable(),
  /** What it changed, by code. */
  results: jobCounts,
  /** What it could not do, by code. */
  failures: jobCounts,
  error: jobError.nullable(),
  started_by: actor,
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
});
export type Job = z.infer<typeof job>;
