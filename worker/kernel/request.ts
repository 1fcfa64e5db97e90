import type { MiddlewareHandler } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Env } from '../env.ts';
import { uuidv7 } from '../ids.ts';
import { logged } from './log.ts';
import { REQUEST_ID } from './log-fields.ts';

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
  return logged(fields, async () => {
    await next();
    // The answer to an upgrade is the socket itself: made anew, it would lose it.
    if (context.res.status !== 101) context.header('x-request-id', request);
  });
};

function conversationIn(path: string): { conversation?: string } {
  const id = /^\/api\/(?:widget|admin)\/conversations\/([0-9a-f-]{36})(?:\/|$)/i.exec(path)?.[1];
  return id ? { conversation: id.toLowerCase() } : {};
}
