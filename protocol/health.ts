import { z } from 'zod';

/** How an installation is, as `GET /api/health` and `GET /api/admin/health` answer it. */

const running = z.object({
  database: z.enum(['d1', 'postgres']),
  version: z.string(),
  /** Cloudflare's id of the deployed version, by which `npm run deploy` knows its own; null locally. */
  deployment: z.string().nullable(),
  /** Codes of what is wrong with the configuration; docs/operations.md lists them. */
  problems: z.array(z.string()),
});

/** For probes: Foyer runs, and its database answers. */
export const health = running.extend({ ok: z.literal(true) });

/** For probes: which part is not well. `error` is what every refusal has. */
export const unwell = running.extend({
  ok: z.literal(false),
  part: z.enum(['configuration', 'database']),
  error: z.object({ code: z.string(), message: z.string() }),
});
