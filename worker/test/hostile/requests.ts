import fc from 'fast-check';
import { z } from 'zod';
import { apiError } from '../../../protocol/error.ts';
import { MAX_BODY_BYTES } from '../../../protocol/limits.ts';
import { ERRORS } from '../../kernel/errors.ts';
import { broken, fitting, garbled, junk, type Schema } from './values.ts';

/** Requests as the API's own description has them, and broken on purpose. */

export type HostileRequest = {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body: string | null;
};

const schema = z.custom<Schema>((value) => typeof value === 'object');
const operation = z.object({
  parameters: z
    .array(z.object({ in: z.string(), name: z.string(), schema }))
    .optional()
    .default([]),
  requestBody: z
    .object({ content: z.object({ 'application/json': z.object({ schema }).optional() }) })
    .optional(),
});
type Operation = z.infer<typeof operation>;
/** What `/api/openapi.json` answers, as far as it matters here. */
export const description = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
});

/** What the one handler of `/api/auth/*` gets besides the paths that are described. */
const AUTH: [path: string, method: string, Operation][] = [
  [
    '/auth/{path}',
    'post',
    { parameters: [{ in: 'path', name: 'path', schema: { type: 'string' } }] },
  ],
];

/** Would sign the people out who make the requests after it. */
const SIGN_OUT = '/auth/sign-out';

/**
 * @param people each one's headers; a request is made by one of them
 * @param ids that exist: of conversations, departments, customers
 */
export function requests(
  { paths }: z.infer<typeof description>,
  people: readonly Record<string, string>[],
  ids: readonly string[],
): fc.Arbitrary<HostileRequest> {
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    path === SIGN_OUT
      ? []
      : Object.entries(methods).map(([method, operation]) => [path, method, operation] as const),
  );
  return fc.oneof(
    ...[...described, ...AUTH].map(([path, method, operation]) =>
      request(path, method.toUpperCase(), operation, people, ids),
    ),
  );
}

function request(
  path: string,
  method: string,
  { parameters, requestBody }: Operation,
  people: readonly Record<string, string>[],
  ids: readonly string[],
): fc.Arbitrary<HostileRequest> {
  const part = (where: string) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((parameter) => parameter.in === where)
          .map(({ name, schema }) => [name, mostly(fitting(schema, ids), junk)]),
      ),
      where === 'query' ? { requiredKeys: [] } : {},
    );
  return fc
    .record({
      method: mostly(fc.constant(method), fc.constantFrom('PUT', 'DELETE', 'PATCH', 'POST', 'GET')),
      path: fc.tuple(part('path'), part('query')).map(([values, query]) => {
        const filled = path.replace(/\{(\w+)\}/g, (_, name) => encoded(values[name]));
        const pairs = Object.entries(query).map(([name, value]) => `${name}=${encoded(value)}`);
        return `/api${filled}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
      }),
      headers: fc
        .tuple(fc.constantFrom(...people), mostly(fc.constant({}), oddHeaders))
        .map(([own, odd]) => ({ ...own, ...odd })),
      body: body(requestBody?.content['application/json']?.schema, ids),
    })
    .map(({ body: text, ...rest }) => ({
      ...rest,
      body: rest.method === 'GET' ? null : text,
    }));
}

const oddHeaders: fc.Arbitrary<Record<string, string>> = fc.constantFrom<Record<string, string>>(
  { authorization: 'Bearer st_' },
  { authorization: 'Basic x' },
  { authorization: `Bearer st_${'e'.repeat(4_000)}` },
  { cookie: 'foyer.session_token=%; a=b' },
  { origin: 'null' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'multipart/form-data; boundary=x' },
  { 'user-agent': 'x'.repeat(5_000) },
  { upgrade: 'websocket' },
);

function body(shape: Schema | undefined, ids: readonly string[]): fc.Arbitrary<string | null> {
  if (!shape) return fc.constantFrom(null, '', '{}', '[', '"');
  const good = fitting(shape, ids);
  const text = good.map((value) => JSON.stringify(value));
  return fc.oneof<fc.MaybeWeightedArbitrary<string | null>[]>(
    { weight: 20, arbitrary: text },
    { weight: 30, arbitrary: broken(good).map((value) => JSON.stringify(value)) },
    { weight: 10, arbitrary: garbled(text) },
    { weight: 5, arbitrary: junk.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: text.map((value) => value.padEnd(MAX_BODY_BYTES + 1)) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

function mostly<Value>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 4, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

/** Lone surrogates have no bytes, and so cannot be in an address. */
function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '?'));
}

/** What is wrong with an answer; null when nothing is. */
export function complaint(status: number, text: string): string | null {
  if (status >= 500) return `${status}: ${text}`;
  if (/\bat .+:\d+:\d+|SQLITE|D1_ERROR|node_modules/.test(text)) return `inner text: ${text}`;
  if (status < 400) return null;
  const refusal = apiError.safeParse(JSON.parse(text));
  return refusal.success && refusal.data.error.code in ERRORS ? null : `no refusal: ${text}`;
}
