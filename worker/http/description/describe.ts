import type { MiddlewareHandler } from 'hono';
import { describeRoute, resolver } from 'hono-openapi';
import { z } from 'zod';
import { mustBeExact } from '../input/exact-request.ts';
import { refusalAnswer } from './openapi-refusals.ts';

/** A list of items, as the API's description shows it. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

/**
 * Describes a route for /api/openapi.json: what it does, and each status with its body.
 *
 * It also refuses what the route has no use for (`mustBeExact`).
 *
 * @param upload media types of a body that is a file
 * @param anyQuery whether query parameters that the route does not know are let through
 */
export function described(
  summary: string,
  answers: Record<number, z.ZodType | null>,
  { upload, anyQuery = false }: { upload?: readonly string[]; anyQuery?: boolean } = {},
) {
  const responses = Object.fromEntries(
    Object.entries(answers).map(([status, schema]) => [
      status,
      schema
        ? {
            description: 'Done.',
            content: { 'application/json': { schema: resolver(schema) } },
          }
        : { description: 'Done.' },
    ]),
  );
  const description = describeRoute({
    summary,
    ...(upload && {
      requestBody: {
        required: true,
        content: Object.fromEntries(
          upload.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]),
        ),
      },
    }),
    responses: {
      ...responses,
      default: refusalAnswer(),
    },
  });
  const check: MiddlewareHandler = async (context, next) => {
    await mustBeExact(context, { upload: upload !== undefined, anyQuery });
    return next();
  };
  // The description is a property of the handler, under a symbol of hono-openapi's own.
  return Object.assign(check, description);
}
