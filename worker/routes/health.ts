import { Hono } from 'hono';
import { z } from 'zod';
import { version } from '../../package.json';
import { databaseOf } from '../context.ts';
import { described } from '../describe.ts';
import { addressProblem } from '../email/links.ts';
import type { Env } from '../env.ts';
import { areQuotasValid } from '../features/quotas/quotas.ts';
import { mustHaveSecret } from '../kernel/require-secret.ts';
import { databaseKind } from '../store/configured.ts';
import { ping } from '../store/database.ts';

const health = z.object({
  ok: z.literal(true),
  database: z.enum(['d1', 'postgres']),
  version: z.string(),
  /** Cloudflare's id of the deployed version, by which `npm run deploy` knows its own; null locally. */
  deployment: z.string().nullable(),
  /** What the configuration lacks, where Foyer runs without it. */
  problems: z.array(z.enum(['public_url_missing', 'public_url_invalid', 'quotas_invalid'])),
});

/** `GET /`: whether the Worker runs and its database answers (503 when not). */
export const healthRoute = new Hono<{ Bindings: Env }>().get(
  '/',
  described(
    'Whether Foyer and its database answer.',
    { 200: health },
    // Monitors add parameters against caches.
    { anyQuery: true },
  ),
  async (context) => {
    mustHaveSecret(context.env);
    await ping(databaseOf(context));
    const problem = addressProblem(context.env, context.req.raw);
    const problems = [
      ...(problem ? [problem] : []),
      ...(areQuotasValid(context.env) ? [] : (['quotas_invalid'] as const)),
    ];
    const deployment = context.env.CF_VERSION_METADATA?.id ?? null;
    return context.json(
      { ok: true as const, database: databaseKind, version, deployment, problems },
      200,
    );
  },
);
