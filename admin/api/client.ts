import type { ClientRequestOptions, hc } from 'hono/client';
import type { ApiType } from '../../worker/http/app.ts';

/** The API as the Worker's routes declare it: paths, what they take and what they answer. */
type Api = ReturnType<typeof hc<ApiType>>;

/** The input of a call: path parameters, query parameters and a JSON body. */
type Input = {
  param?: Record<string, string>;
  query?: Record<string, string | undefined>;
  json?: unknown;
};

/** The URL of a path like `https://…/conversations/:id`, with its parameters filled in. */
function addressOf(path: string, { param = {}, query = {} }: Input): URL {
  const url = new URL(
    path.replace(/\/:(\w+)/g, (_, name: string) => `/${encodeURIComponent(param[name] ?? '')}`),
  );
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

function request(path: string, input: Input = {}, { init }: ClientRequestOptions = {}) {
  const [, route = '', method = ''] = /^(.*)\/\$(\w+)$/.exec(path) ?? [];
  const url = addressOf(route, input);
  if (method === 'url') return url;
  const { json } = input;
  return fetch(url, {
    method: method.toUpperCase(),
    ...(json !== undefined && {
      body: JSON.stringify(json),
      headers: { 'Content-Type': 'application/json' },
    }),
    ...init,
  });
}

/**
 * Hono's client, typed by the Worker's routes: `api.admin.conversations[':id'].$get({ param: { id }
 * })`. Supports `param`, `query`, `json`, `init`, `$url` and the methods, which is all the
 * dashboard uses. Hono's own client also supports forms, cookies and sockets, and each byte here
 * delays the first screen.
 *
 * @param base where the routes begin, with its origin
 */
export function createApi(base: string): Api {
  // A function, so that it can be called; each property is one more step of the path.
  const at = (path: string): Api =>
    new Proxy<Api>(
      Object(() => {}),
      {
        get: (_target, step) => at(`${path}/${String(step)}`),
        apply: (_target, _self, [input, options]) => request(path, input, options),
      },
    );
  return at(base);
}
