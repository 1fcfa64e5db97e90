import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { z } from 'zod';
import { app } from '../../http/app.ts';
import { strict } from '../../http/input/strict.ts';

/** Holds what the Worker answers in the tests against what /api/openapi.json says of it (O7). */

const JSON_TYPE = 'application/json';
const jsonSchema = z.record(z.string(), z.unknown());
const answer = z.object({
  content: z.record(z.string(), z.object({ schema: jsonSchema })).optional(),
});
const description = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ responses: z.record(z.string(), answer) })),
  ),
  components: z.object({ schemas: z.record(z.string(), jsonSchema) }),
});
type Described = {
  /** Each path with an expression that a real one fits; those without parameters come first. */
  paths: { pattern: RegExp; path: string }[];
  document: z.infer<typeof description>;
};

let described: Promise<Described> | undefined;
const validators = new Map<string, z.ZodType>();

/** @throws Error naming the route, the status and what of the answer the description does not say */
export async function mustBeAsDescribed(
  method: string,
  path: string,
  { status, headers }: Response,
  text: string,
): Promise<void> {
  const [pathname = ''] = path.split('?');
  if (!pathname.startsWith('/api/') || pathname === '/api/openapi.json') return;
  described ??= describe();
  const { paths, document } = await described;
  const template =
    paths.find(({ pattern }) => pattern.test(pathname.slice('/api'.length)))?.path ?? '';
  const responses = document.paths[template]?.[method.toLowerCase()]?.responses;
  const route = `${method} ${template || pathname} ${status}`;
  const isJson = headers.get('content-type')?.startsWith(JSON_TYPE) ?? false;
  // A path or method that nothing is said of gets what every refusal is.
  const response = responses?.[status] ?? (status >= 400 ? REFUSED : undefined);
  if (!response) throw new Error(`${route} is not in /api/openapi.json.`);
  const schema = response.content?.[JSON_TYPE]?.schema;
  if (isJson !== (schema !== undefined)) {
    throw new Error(
      `${route} is ${isJson ? '' : 'no '}JSON, and /api/openapi.json says otherwise.`,
    );
  }
  if (!schema) return;
  const validator = validators.get(route) ?? compiled(schema, document);
  validators.set(route, validator);
  const { error } = validator.safeParse(JSON.parse(text));
  if (error) throw new Error(`${route} is not as described: ${error.message}\n${text}`);
}

const REFUSED: z.infer<typeof answer> = {
  content: { [JSON_TYPE]: { schema: { $ref: '#/components/schemas/Refusal' } } },
};

async function describe(): Promise<Described> {
  const request = new Request('https://chat.example/api/openapi.json', {
    headers: { 'cf-connecting-ip': '203.0.113.250' },
  });
  // Bindings of its own: what the tests begin with is not known before their first request.
  const response = await app.fetch(request, { ...env }, createExecutionContext());
  const document = description.parse(await response.json());
  const paths = Object.keys(document.paths)
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .map((path) => ({ path, pattern: expressionOf(path) }));
  return { paths, document };
}

const expressionOf = (path: string) =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);

/** Fields that are not described are differences, too; a description alone would let them through. */
function compiled(
  schema: z.infer<typeof jsonSchema>,
  { components }: z.infer<typeof description>,
): z.ZodType {
  const whole = { ...schema, $defs: components.schemas };
  const local = JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/');
  return strict(z.fromJSONSchema(JSON.parse(local))).schema;
}
