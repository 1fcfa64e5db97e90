import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import { health, unwell } from '../../../protocol/resources/health.ts';
import { ping } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { reportFailure } from '../../http/failures.ts';
import { limitAddress } from '../../http/guards.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { levelOf } from '../../kernel/problems.ts';
import { problemsOf, unavailable } from '../configuration/checked.ts';
import { running } from './running.ts';

type Asked = Context<{ Bindings: Env }>;

/**
 * `GET /`, for probes: 200 if the configuration is complete and the database answers, otherwise 503 with
 * the part that is not well. Reads the database once.
 */
export const healthRoute = new Hono<{ Bindings: Env }>().get(
  '/',
  described(
    'Whether Foyer is configured and its database answers.',
    { 200: health, 503: unwell },
    // Monitors add parameters against caches.
    { anyQuery: true },
  ),
  // Before the limit, which may be what is missing.
  async (context, next) => {
    const error = problemsOf(context.env, context.req.raw).find(
      (code) => levelOf(code) === 'error',
    );
    if (!error) return next();
    return notWell(context, 'configuration', unavailable(error));
  },
  limitAddress,
  async (context) => {
    try {
      await ping(databaseOf(context));
    } catch (error) {
      reportFailure(error);
      return notWell(
        context,
        'database',
        new FoyerError('unavailable', {
          message: 'The database does not answer, or lacks its tables.',
        }),
      );
    }
    return context.json({ ok: true as const, ...running(context.env, context.req.raw) }, 200);
  },
);

function notWell(context: Asked, part: z.infer<typeof unwell>['part'], refusal: FoyerError) {
  const body: z.infer<typeof unwell> = {
    ok: false,
    part,
    ...running(context.env, context.req.raw),
    error: refusal.toJSON().error,
  };
  return context.json(body, 503, { 'retry-after': `${refusal.retryAfter ?? 5}` });
}
