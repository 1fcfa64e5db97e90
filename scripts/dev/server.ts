import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createServer, type HtmlTagDescriptor, type Plugin } from 'vite';
import solid from 'vite-plugin-solid';
import { inLanguage, wantedLanguages } from '../../worker/features/pages/frame-language.ts';
import { languageScripts } from '../build/frame-languages.ts';

/**
 * The development server of `npm run dev`: it serves the dashboard and the widget's frame from their
 * sources with hot reload, and passes everything else on to a running Worker, sockets too. Both
 * share one origin, as in production, so cookies and same-origin checks work as they do there.
 *
 *     server.ts --port 8787 --worker 41234
 */

const root = join(import.meta.dirname, '..', '..');

/** What the Worker answers. Every other address is a source file or a page below. */
const API = '^/api/';
const OTHERS = String.raw`^/(?:$|files/|packs/|cdn-cgi/|[\w.-]+\.(?:js|html|d\.ts)(?:$|\?))`;

/** The pages that are served from their sources, by the addresses that the Worker has for them. */
const PAGES = [
  { path: /^\/admin(?:\/|$)/, folder: '/admin/' },
  { path: /^\/widget\/frame$/, folder: '/widget/frame/' },
  { path: /^\/widget\/preview$/, folder: '/widget/preview/' },
];

const { values } = parseArgs({
  options: { port: { type: 'string' }, worker: { type: 'string' } },
});
const target = `http://127.0.0.1:${Number(values.worker)}`;

const server = await createServer({
  configFile: false,
  root,
  publicDir: false,
  appType: 'custom',
  logLevel: 'warn',
  cacheDir: 'node_modules/.vite/dev',
  plugins: [pages(), languages(), solid({ solid: { delegateEvents: false } })],
  // Named here, so that no package is first found, and the page reloaded, while somebody uses it.
  optimizeDeps: {
    entries: ['admin/main.tsx', 'widget/frame/index.tsx', 'widget/preview/index.tsx'],
  },
  server: {
    host: '127.0.0.1',
    port: Number(values.port),
    strictPort: true,
    // The development server's own socket is at `/`.
    proxy: { [API]: { target, ws: true }, [OTHERS]: { target } },
    watch: { ignored: ['**/{dist,.foyer,.wrangler}/**'] },
  },
});
await server.listen();
// scripts/dev.mjs ended.
process.on('disconnect', () => process.exit());

/** Answers the pages' addresses with their HTML, in the visitor's language. */
function pages(): Plugin {
  return {
    name: 'foyer:pages',
    configureServer(server) {
      server.middlewares.use((request: IncomingMessage, response: ServerResponse, next) => {
        const { pathname, searchParams } = new URL(request.url ?? '/', target);
        const page = PAGES.find(({ path }) => path.test(pathname));
        if (!page || !request.headers.accept?.includes('text/html')) return next();
        const file = `${page.folder}index.html`;
        // The page is served at other addresses than its file's, so its own must be absolute.
        const html = readFileSync(join(root, file), 'utf8').replaceAll('"./', `"${page.folder}`);
        const wanted = wantedLanguages(
          searchParams.get('locale'),
          request.headers['accept-language'],
        );
        server
          .transformIndexHtml(file, html)
          .then((body) => {
            response.setHeader('content-type', 'text/html; charset=utf-8');
            response.setHeader('cache-control', 'no-store');
            response.end(inLanguage(body, wanted));
          })
          .catch(next);
      });
    },
  };
}

/** The frame's texts, at `/texts/<tag>/first.js` and `/texts/<tag>/lazy.js`. */
function languages(): Plugin {
  return {
    name: 'foyer:development-languages',
    configureServer({ middlewares }) {
      middlewares.use(async (request: IncomingMessage, response: ServerResponse, next) => {
        const [, tag, part] = /^\/texts\/([\w-]+)\/(first|lazy)\.js$/.exec(request.url ?? '') ?? [];
        if (!tag) return next();
        const scripts = (await languageScripts()).find((script) => script.tag === tag);
        if (!scripts) return next();
        response.setHeader('content-type', 'text/javascript; charset=utf-8');
        response.end(part === 'lazy' ? scripts.lazy : scripts.first);
      });
    },
    async transformIndexHtml(_html, { path }): Promise<HtmlTagDescriptor[]> {
      if (!/^\/widget\/(?:frame|preview)\//.test(path)) return [];
      return (await languageScripts()).map(({ tag }) => ({
        tag: 'link',
        attrs: {
          rel: 'modulepreload',
          hreflang: tag,
          href: `/texts/${tag}/first.js`,
          'data-lazy': `/texts/${tag}/lazy.js`,
        },
        injectTo: 'head',
      }));
    },
  };
}
