import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Env } from '../env.ts';
import { uuidv7 } from '../kernel/ids.ts';
import { dueLine } from '../kernel/log/line-limit.ts';
import { log, logged } from '../kernel/log/log.ts';
import { REQUEST_ID } from '../kernel/log/log-fields.ts';

/**
 * Gives each request an id, its answer the header `x-request-id`, and each line that is logged for it
 * the id, the route's pattern and the conversation that its path names.
 */
export const identifyRequest: MiddlewareHandler<{ Bindings: Env }> = (context, next) => {
  const ray = context.req.header('cf-ray');
  const request = ray && REQUEST_ID.test(ray) ? ray : uuidv7();
  const routes = matchedRoutes(context);
  // Of several that fit, the first answers; what stands before all of them has no method.
  const answering =
    routes.find(({ method }) => method === context.req.method) ??
    routes.find(({ path }) => path.endsWith('/auth/*'));
  const pattern = answering?.path;
  const fields = {
    request,
    ...(pattern && { route: `${context.req.method} ${pattern}` }),
    ...conversationIn(context.req.path),
  };
  const began = Date.now();
  return logged(fields, async () => {
    await next();
    tellOf(context.env, pattern, context.res.status, Date.now() - began);
    // The answer to an upgrade is the socket itself, which a new response would lose.
    if (context.res.status !== 101) context.header('x-request-id', request);
  });
};

/** Milliseconds after which an answer is slow: a person notices one second, and doubts after two. */
const SLOW = 2_000;

/** Of how many requests that went well one is logged, where FOYER_LOG_EVERY says nothing. */
const LOGGED_EVERY = 100;

/** What went wrong has lines of its own. Of the rest a few are told, and what was slow once a minute. */
function tellOf(
  { FOYER_LOG_EVERY: text }: Env,
  pattern: string | undefined,
  status: number,
  duration_ms: number,
): void {
  const every = text && /^\d{1,9}$/.test(text) ? Number(text) : LOGGED_EVERY;
  if (every === 0 || status >= 500) return;
  const fields = { status, duration_ms, outcome: 'done' } as const;
  if (duration_ms >= SLOW) {
    const due = dueLine(`slow ${pattern}`);
    if (due) log.warn('request_slow', { ...fields, ...due });
  } else if (Math.random() * every < 1) log.info('request_done', { ...fields, count: every });
}

function conversationIn(path: string): { conversation?: string } {
  const id = /^\/api\/(?:widget|admin)\/conversations\/([0-9a-f-]{36})(?:\/|$)/i.exec(path)?.[1];
  return id ? { conversation: id.toLowerCase() } : {};
}
