import { z } from 'zod';
import type { Memory } from '../kernel/log/outages.ts';

/** Where a conversation keeps that the database was away while it tried: an object sleeps meanwhile. */
const KEY = 'outage';

const outage = z.object({
  since: z.number(),
  failures: z.number(),
  toldAt: z.number(),
  endedAt: z.number().nullable(),
  endToldAt: z.number().nullable(),
});

/** Costs a row where an outage begins, one an hour, and one where it ends; and nothing without one. */
export function outageMemory(kv: SyncKvStorage): Memory {
  return {
    read: () => outage.safeParse(kv.get(KEY)).data ?? null,
    write: (value) => {
      if (value) kv.put(KEY, value);
      else kv.delete(KEY);
    },
  };
}
