import type { Handler, MiddlewareHandler } from 'hono';
import type { GenerateSpecOptions } from 'hono-openapi';
import { z } from 'zod';
import { version } from '../../../package.json';
import { authPaths } from '../../auth/description.ts';
import { refusalSchemas } from './openapi-refusals.ts';

const operation = z.looseObject({ responses: z.record(z.string(), z.unknown()) });
const description = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({}),
});

/** Whose request a path takes: an agent's cookie, a visitor's token, or anybody's. */
function securityOf(path: string): Record<string, string[]>[] {
  if (path.startsWith('/admin/')) return [{ agent: [] }];
  // A session is opened without one; a conversation may name its token in the body instead.
  if (path === '/widget/sessions') return [];
  // Both answer somebody who is not signed in, too.
  if (path === '/auth/sign-out' || path === '/auth/get-session') return [{ agent: [] }, {}];
  return path.startsWith('/widget/') ? [{ visitor: [] }] : [];
}

/** `admin conversations`, `widget`: what a path is about. */
function tagOf(path: string): string {
  const [, first = '', second = ''] = path.split('/');
  return first === 'admin' ? `admin ${second.split('.')[0]}` : first;
}

/** What is said of the API as a whole. */
export const API = {
  // A path with a dot is none of a static file here: customers.csv.
  excludeStaticFile: false,
  documentation: {
    info: { title: 'Foyer', version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/api' }],
    components: {
      securitySchemes: {
        agent: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-foyer.session_token',
          description: 'Set by signing in. A WebSocket sends it automatically, with its origin.',
        },
        visitor: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'st_…',
          description:
            'The sessionToken that POST /api/widget/sessions answers. POST /api/widget/conversations also takes it as the field sessionToken of its body, and a WebSocket as its second subprotocol, after foyer.v1. Beside the header the field is ignored in every other body of /api/widget. It never goes into an address.',
        },
      },
    },
  },
} satisfies Partial<GenerateSpecOptions>;

/** `GET /openapi.json`: what the generator makes of the routes, completed by what they all share. */
export function completed(generate: MiddlewareHandler): Handler {
  return async (context) => {
    const response = await generate(context, async () => {});
    const document = description.parse(
      await (response instanceof Response ? response.json() : null),
    );
    const described = authPaths();
    Object.assign(document.paths, described);
    document.components.schemas = refusalSchemas();
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const operation of Object.values(operations)) {
        // The generator describes its own library's 400; ours is as every refusal.
        if ('400' in operation.responses && !(path in described)) {
          operation.responses['400'] = operation.responses.default;
        }
        Object.assign(operation, { tags: [tagOf(path)], security: securityOf(path) });
      }
    }
    return context.json(document);
  };
}
