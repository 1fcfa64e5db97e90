import { Hono } from 'hono';
import { databaseOf, originOf } from '../context.ts';
import type { Env } from '../env.ts';
import { FoyerError } from '../errors.ts';
import { serveFile } from '../files/serve.ts';
import { isDatabaseError } from '../store/database.ts';
import { findWidget } from '../store/organizations.ts';
import { awayPage } from './away-page.ts';

/** The two pages, with what each may load and who may frame it. Their files are static. */

/** Milliseconds that an isolate goes by the origins it has read, so that a page rarely asks. */
const ORIGINS_FOR = 60_000;

const origins = new Map<string, { allowed: string[]; until: number }>();

export const pages = new Hono<{ Bindings: Env }>()
  .get('/', (context) => context.redirect('/admin'))
  .get('/admin/*', (context) => page(context.req.raw, context.env, '/admin/index.html', ["'none'"]))
  .get('/files/:token', (context) =>
    serveFile(context.env, context.req.param('token'), context.req.raw),
  )
  .get('/widget/frame', async (context) => {
    const key = context.req.query('key') ?? '';
    try {
      const allowed = await allowedOrigins(key, () => findWidget(databaseOf(context), key));
      const ancestors = allowed.length > 0 ? allowed : ['*'];
      return await page(context.req.raw, context.env, '/widget/frame.html', ancestors);
    } catch (error) {
      if (!isDatabaseError(error)) throw error;
      console.error(error);
      return awayPage();
    }
  });

async function page(
  request: Request,
  env: Env,
  path: string,
  ancestors: string[],
): Promise<Response> {
  const origin = originOf(request);
  const file = await env.ASSETS.fetch(new Request(new URL(path, origin)));
  if (!file.ok) throw new FoyerError('not_found');
  const sockets = origin.replace(/^http/, 'ws');
  return new Response(file.body, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'content-security-policy': [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        `connect-src 'self' ${sockets}`,
        "img-src 'self' data:",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        `frame-ancestors ${ancestors.join(' ')}`,
      ].join('; '),
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-content-type-options': 'nosniff',
    },
  });
}

/**
 * The origins that may frame a widget; none named means any. So it is for an unknown key: the frame
 * gets no session for it, and says that there is no such chat.
 */
async function allowedOrigins(
  key: string,
  read: () => Promise<{ allowed_origins: string[] } | null>,
): Promise<string[]> {
  const known = origins.get(key);
  if (known && known.until > Date.now()) return known.allowed;
  const widget = await read().catch((error: unknown) => {
    // Old knowledge is better than none, and than a guess.
    if (known && isDatabaseError(error)) return { allowed_origins: known.allowed };
    throw error;
  });
  if (!widget) return [];
  origins.set(key, { allowed: widget.allowed_origins, until: Date.now() + ORIGINS_FOR });
  return widget.allowed_origins;
}
