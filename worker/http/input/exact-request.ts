import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import { FoyerError } from '../../kernel/errors.ts';
import { unknownField } from './strict.ts';
import { targetOf } from './validated.ts';

/** What a route takes without a schema: a file as its body, or any query. */
export type Takes = { upload?: boolean; anyQuery?: boolean };

/**
 * Refuses what the current route has no use for: query parameters where it reads none, and fields of
 * a JSON body where it takes none. Where a route reads them, its own schema refuses those that it
 * does not name (`validated`). Without this a misspelt filter or setting would be dropped in silence.
 *
 * @throws FoyerError validation_failed naming each unknown field
 */
export async function mustBeExact(context: Context, takes: Takes): Promise<void> {
  const routes = matchedRoutes(context);
  const here = routes[context.req.routeIndex];
  const reads = new Set(
    routes
      .filter(({ method, path }) => method === here?.method && path === here.path)
      .map(({ handler }) => targetOf(handler)),
  );
  const unknown: string[] = [];
  if (!takes.anyQuery && !reads.has('query')) unknown.push(...Object.keys(context.req.query()));
  if (!takes.upload && !reads.has('json')) unknown.push(...(await fieldsOf(context)));
  if (unknown.length === 0) return;
  const fields = Object.fromEntries(unknown.map((name) => [name, unknownField(name)]));
  throw new FoyerError('validation_failed', { fields });
}

/** The fields of a JSON body; none where there is no body, or it is of another kind. */
async function fieldsOf({ req }: Context): Promise<string[]> {
  if (req.method === 'GET' || req.method === 'HEAD') return [];
  if (!/^application\/([a-z.-]+\+)?json\b/i.test(req.header('content-type') ?? '')) return [];
  const body: unknown = await req.json().catch(() => null);
  return typeof body === 'object' && body !== null ? Object.keys(body) : [];
}
