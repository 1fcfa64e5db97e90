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

/** The parts of an installation that its owners see, in the order in which they are shown. */
export const systemPart = z.enum([
  'configuration',
  'database',
  'migrations',
  'objects',
  'files',
  'mail',
  'jobs',
]);
export type SystemPart = z.infer<typeof systemPart>;

/**
 * - `ok`
 * - `off`: not in use, which is fine
 * - `warning`: Foyer runs, and something does not work as it was meant
 * - `failed`: something that people need does not work
 */
export const systemState = z.enum(['ok', 'off', 'warning', 'failed']);
export type SystemState = z.infer<typeof systemState>;

const finding = z.object({
  state: systemState,
  /** A sentence that says what is so. It holds no secret, no address and no driver's message. */
  text: z.string(),
  /** A sentence that says what to do; null where nothing is to be done. */
  todo: z.string().nullable(),
});
export type Finding = z.infer<typeof finding>;

/** For owners, admins and a probe with a token: each part, looked at. */
export const systemHealth = running.extend({
  /** Whether no part failed. */
  ok: z.boolean(),
  checked_at: z.iso.datetime(),
  parts: z.array(
    // The worst state of the findings, of which there is at least one.
    z.object({ part: systemPart, state: systemState, findings: z.array(finding) }),
  ),
});
export type SystemHealth = z.infer<typeof systemHealth>;
