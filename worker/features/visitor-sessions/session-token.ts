import type { MiddlewareHandler } from 'hono';

/**
 * Widgets from before 29 November 2026 repeat the session's token in every JSON body, and their tabs
 * run on for days. Where the header has the token, the field `sessionToken` is taken out of the body
 * before a route reads it; a route would refuse a field that it does not name.
 */
export const withoutSessionToken: MiddlewareHandler = async (context, next) => {
  const { req } = context;
  if (req.header('authorization') && isJson(req.header('content-type'))) {
    const body: unknown = await req.raw
      .clone()
      .json()
      // What is no JSON is refused by the route.
      .catch(() => null);
    if (typeof body === 'object' && body !== null && 'sessionToken' in body) {
      const { sessionToken: _, ...rest } = body;
      req.raw = new Request(req.raw, { body: JSON.stringify(rest) });
    }
  }
  return next();
};

const isJson = (type: string | undefined) => /^application\/([a-z.-]+\+)?json\b/i.test(type ?? '');
