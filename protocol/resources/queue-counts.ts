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
});
export type QueueCounts = z.infer<typeof queueCounts>;
