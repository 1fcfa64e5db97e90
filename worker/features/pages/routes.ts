import { Hono } from 'hono';
import type { WidgetLook } from '../../../protocol/widget/widget-settings.ts';
import { isDatabaseError } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { databaseOf, originOf } from '../../http/context.ts';
import { reportFailure } from '../../http/failures.ts';
import { limitGuesses } from '../../http/guards.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { requireConfiguration } from '../configuration/checked.ts';
import { serveFile } from '../files/serve.ts';
import { humanCheckOf } from '../human-check/config.ts';
import { findWidget, type Widget } from '../settings/store.ts';
import { awayPage } from './away-page.ts';
import { inLanguage, wantedLanguages } from './frame-language.ts';

/** The pages, with what each may load and who may frame it. Their files are static. */

/** Milliseconds that an isolate goes by the origins it has read, so that a page rarely asks. */
const ORIGINS_FOR = 60_000;

type Known = { allowed_origins: string[]; locale: string; theme: WidgetLook['theme'] };

const widgets = new Map<string, Known & { until: number }>();

export const pages = new Hono<{ Bindings: Env }>()
  .get('/', (context) => context.redirect('/admin'))
  .get('/admin/*', (context) =>
    // It shows the widget's preview.
    page(context.req.raw, context.env, '/admin/index.html', {
      ancestors: ["'none'"],
      frames: ["'self'"],
    }),
  )
  .get('/widget/preview', async (context) => {
    const served = await page(context.req.raw, context.env, '/widget/preview.html', {
      ancestors: ["'self'"],
      asks: false,
    });
    const wanted = wantedLanguages(
      context.req.query('locale'),
      context.req.header('accept-language'),
    );
    return new Response(inLanguage(await served.text(), wanted), served);
  })
  .get('/files/:token', requireConfiguration, async (context) => {
    try {
      return await serveFile(context.env, context.req.param('token'), context.req.raw);
    } catch (error) {
      if (error instanceof FoyerError) await limitGuesses(context, 'file');
      throw error;
    }
  })
  .get('/widget/frame', async (context) => {
    const key = context.req.query('key') ?? '';
    try {
      const widget = await widgetOf(key, () => findWidget(databaseOf(context), key));
      const allowed = widget?.allowed_origins ?? [];
      const wanted = [
        ...wantedLanguages(context.req.query('locale'), context.req.header('accept-language')),
        widget?.locale ?? 'en',
      ];
      const check = humanCheckOf(context.env) && TURNSTILE;
      const served = await page(context.req.raw, context.env, '/widget/frame.html', {
        ancestors: allowed,
        scripts: check ? [check] : [],
        frames: check ? [check] : [],
      });
      const html = inTheme(inLanguage(await served.text(), wanted), widget?.theme ?? 'auto');
      return new Response(html, served);
    } catch (error) {
      if (!isDatabaseError(error)) throw error;
      reportFailure(error);
      return awayPage();
    }
  });

/** Where the human check's script and its frame are. */
const TURNSTILE = 'https://challenges.cloudflare.com';

type Policy = {
  /** The origins that may frame the page; none named means any page, a file or a `srcdoc` too. */
  ancestors: string[];
  /** From where else it may load scripts: a human check, where one is configured. */
  scripts?: string[];
  /** What it may frame. */
  frames?: string[];
  /** Whether it may send requests and open sockets to us. */
  asks?: boolean;
};

async function page(
  request: Request,
  env: Env,
  path: string,
  { ancestors, scripts = [], frames = [], asks = true }: Policy,
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
        ["script-src 'self'", ...scripts].join(' '),
        ...(frames[0] ? [`frame-src ${frames.join(' ')}`] : []),
        "style-src 'self'",
        ...(asks ? [`connect-src 'self' ${sockets}`] : []),
        "img-src 'self' data:",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        // `*` stands for http and https alone.
        ...(ancestors[0] ? [`frame-ancestors ${ancestors.join(' ')}`] : []),
      ].join('; '),
    },
  });
}

/**
 * The frame's page in the organization's theme, light and dark as the visitor's system is in `auto`.
 * The frame's colours follow this from the first paint on.
 */
function inTheme(html: string, theme: WidgetLook['theme']): string {
  if (theme === 'auto') return html;
  return html.replace(
    '<meta name="color-scheme" content="light dark"',
    `<meta name="color-scheme" content="${theme}"`,
  );
}

/**
 * What the frame's page needs of a widget: the origins that may frame it, none named meaning any,
 * its language and its theme. Null for an unknown key: the frame gets no session for it, and says that there
 * is no such chat.
 */
async function widgetOf(key: string, read: () => Promise<Widget | null>): Promise<Known | null> {
  const cached = widgets.get(key);
  if (cached && cached.until > Date.now()) return cached;
  try {
    const widget = await read();
    if (!widget) return null;
    const { allowed_origins, theme, settings } = widget;
    const { locale } = settings;
    const entry = { allowed_origins, locale, theme, until: Date.now() + ORIGINS_FOR };
    widgets.set(key, entry);
    return entry;
  } catch (error) {
    // Old knowledge is better than none, and than a guess.
    if (cached && isDatabaseError(error)) return cached;
    throw error;
  }
}
