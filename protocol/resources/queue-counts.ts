import { z } from 'zod';

/**
 * Open conversations in each queue, counted to `QUEUE_COUNT_CAP` and no further. `mentions`: those
 * whose note the agent has not seen. Departments and labels by their ids; those with none are left out.
 */
export const queueCounts = z.object({
  unassigned: z.number().int(),
  mine: z.number().int(),
  mentions: z.number().int(),
  all: z.number().int(),
  snoozed: z.number().int(),
  departments: z.record(z.string(), z.number().int()),
  labels: z.record(z.string(), z.number().int()),
  /** Those whose answer is late (`conversation/late.ts`) at the moment `as_of`. Older Workers leave it out. */
  late: z
    .object({
      unassigned: z.number().int(),
      mine: z.number().int(),
      as_of: z.iso.datetime(),
      /** Milliseconds after `as_of` until the next one is late; null: none will be. */
      next_in: z.number().int().nullable(),
    })
    .optional(),
  /**
   * Seconds within which a department usually answers, as visitors are told it, by its id; left out
   * where too few were answered to say. Older Workers leave all of it out.
   */
  expected_seconds: z.record(z.string(), z.number().int()).optional(),
});
export type QueueCounts = z.infer<typeof queueCounts>;
