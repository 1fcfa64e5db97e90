import { describeRoute, resolver } from 'hono-openapi';
import { z } from 'zod';
import { apiError } from '../protocol/resources.ts';

/** A list of items, as the API's description shows it. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

/** Describes a route for /api/openapi.json: what it does, and each status with its body. */
export function described(summary: string, answers: Record<number, z.ZodType | null>) {
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
  return describeRoute({
    summary,
    responses: {
      ...responses,
      default: {
        description: 'Refused.',
        content: { 'application/json': { schema: resolver(apiError) } },
      },
    },
  });
}
