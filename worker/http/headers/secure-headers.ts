import type { MiddlewareHandler } from 'hono';
import { HEADERS, kindOf } from './headers.ts';

/** Gives each answer the headers of its kind (headers.ts); what a route has set itself stays. */
export const secureHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  // The answer to an upgrade is the socket itself, which a new response would lose.
  if (context.res.status === 101) return;
  const isSecure = new URL(context.req.url).protocol === 'https:';
  for (const [name, value] of Object.entries(HEADERS[kindOf(context.req.path)])) {
    if (name === 'strict-transport-security' && !isSecure) continue;
    if (!context.res.headers.has(name)) context.res.headers.set(name, value);
  }
};
