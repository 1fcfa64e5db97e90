/**
 * The headers of every kind of response, in one table: for what the Worker answers
 * (secure-headers.ts) and, as the build writes it into the file `_headers`, for what is served without
 * it. Policies that depend on the request, as who may frame the chat, stand with their pages.
 */

/** Of every response. A browser heeds HSTS over https alone; a year is what preload lists ask for. */
const EVERY = {
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
};

/** What no page of ours uses, and no page in it may. */
const PERMISSIONS = {
  'permissions-policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), midi=(), browsing-topics=()',
};

/** For our own pages alone. */
const OWN = { 'cross-origin-resource-policy': 'same-origin' };
/** For other websites' pages too, those with `Cross-Origin-Embedder-Policy: require-corp` included. */
const ANY = { 'cross-origin-resource-policy': 'cross-origin' };

/** Within a page that requires it, a frame must require it too (V11); what the frame loads is its own. */
const FRAMED = { ...ANY, ...PERMISSIONS, 'cross-origin-embedder-policy': 'require-corp' };

export const HEADERS = {
  /** JSON, refusals, CSV, redirects: whatever has no line of its own. */
  api: { ...EVERY, ...OWN },
  admin: {
    ...EVERY,
    ...OWN,
    ...PERMISSIONS,
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'strict-origin-when-cross-origin',
  },
  frame: { ...EVERY, ...FRAMED, 'referrer-policy': 'strict-origin-when-cross-origin' },
  /** The dashboard alone embeds it. */
  preview: {
    ...EVERY,
    ...OWN,
    ...PERMISSIONS,
    'referrer-policy': 'no-referrer',
  },
  file: { ...EVERY, ...OWN, ...PERMISSIONS, 'referrer-policy': 'no-referrer' },
  /** People's pictures. */
  picture: { ...EVERY, ...ANY },
  /** The bundles of both apps, under names that change with their content. */
  asset: { ...EVERY, ...OWN, 'cache-control': 'public, max-age=31536000, immutable' },
  /** What other websites load by a script tag. */
  script: {
    ...EVERY,
    ...ANY,
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
  },
  types: {
    ...EVERY,
    ...ANY,
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=300',
    'content-type': 'text/plain; charset=utf-8',
  },
  testPage: { ...EVERY, ...OWN, ...PERMISSIONS, 'cache-control': 'no-cache' },
} as const satisfies Record<string, Record<string, string>>;

export type ResponseKind = keyof typeof HEADERS;

/** The kind of what the Worker answers at a path. */
export function kindOf(path: string): ResponseKind {
  if (path === '/admin' || path.startsWith('/admin/')) return 'admin';
  if (path === '/widget/frame') return 'frame';
  if (path === '/widget/preview') return 'preview';
  if (path.startsWith('/files/')) return 'file';
  if (path.startsWith('/api/pictures/')) return 'picture';
  return 'api';
}

/** What is served without running the Worker, by path. */
const STATIC: Record<string, ResponseKind> = {
  '/assets/*': 'asset',
  '/widget.js': 'script',
  '/foyer.js': 'script',
  '/widget-api.js': 'script',
  '/widget-panel.js': 'script',
  '/packs/js/sdk.js': 'script',
  '/foyer.d.ts': 'types',
  '/test-widget.html': 'testPage',
};

/**
 * The file `_headers` (developers.cloudflare.com/workers/static-assets/headers).
 *
 * @param testPagePolicy the content security policy of the test page, which names its scripts' hashes
 */
export function headersFile(testPagePolicy: string): string {
  return Object.entries(STATIC)
    .map(([path, kind]) => {
      const policy = kind === 'testPage' ? { 'content-security-policy': testPagePolicy } : {};
      const lines = Object.entries({ ...HEADERS[kind], ...policy });
      return `${path}\n${lines.map(([name, value]) => `  ${name}: ${value}\n`).join('')}`;
    })
    .join('\n');
}
