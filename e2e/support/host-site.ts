import { once } from 'node:events';
import { createServer } from 'node:http';

type HostPage = {
  /** The widget's key; by default Acme's demo key. */
  key?: string;
  /** The page's Content-Security-Policy. */
  csp?: string;
  /** Whether it is cross-origin isolated, so that it loads only resources that allow it. */
  isolated?: boolean;
  /** CSS of the page itself. */
  css?: string;
  /** HTML of the body, before the script. */
  body?: string;
  /** Foyer's script and its attributes; null for a page without it. */
  script?: string | null;
  /** The whole document, instead of all other options. */
  html?: string;
};

/** A customer's website, on another origin than Foyer's. */
export type HostSite = {
  origin: string;
  /** Adds a page; returns its address. */
  page(page?: HostPage): string;
  dispose(): Promise<void>;
};

export async function startHostSite(foyerOrigin: string): Promise<HostSite> {
  const pages: HostPage[] = [];
  const server = createServer((request, response) => {
    const page = pages[Number(request.url?.slice(1))];
    if (!page) {
      // The browser requests an icon, too.
      response.writeHead(204).end();
      return;
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    if (page.csp) response.setHeader('content-security-policy', page.csp);
    if (page.isolated) {
      response.setHeader('cross-origin-opener-policy', 'same-origin');
      response.setHeader('cross-origin-embedder-policy', 'require-corp');
    }
    response.end(page.html ?? html(page, foyerOrigin));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    page(page = {}) {
      pages.push(page);
      return `${origin}/${pages.length - 1}`;
    },
    async dispose() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function html(
  { key = 'wk_demo', css, body, script = 'widget.js' }: HostPage,
  foyerOrigin: string,
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A shop</title>
${css ? `<style>${css}</style>` : ''}
</head>
<body>
${body ?? '<main><h1>A shop</h1><p>Good things, soon at your door.</p></main>'}
${script === null ? '' : `<script async src="${foyerOrigin}/${script}" data-key="${key}"></script>`}
</body>
</html>`;
}
