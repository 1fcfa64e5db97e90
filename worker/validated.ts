import type { ValidationTargets } from 'hono';
import { validator } from 'hono-openapi';
import type { z } from 'zod';
import { FoyerError } from './errors.ts';

/**
 * Parses a part of the request with a schema, and describes it in the API's description. What does
 * not fit throws validation_failed with each wrong field's path and what is wrong with it.
 */
export function validated<Target extends keyof ValidationTargets, Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) {
  return validator(target, schema, (result) => {
    if (result.success) return;
    const fields: Record<string, string> = {};
    for (const { path, message } of result.error) {
      const name = (path ?? []).map((key) => String(typeof key === 'object' ? key.key : key));
      fields[name.join('.')] ??= message;
    }
    throw new FoyerError('validation_failed', { fields });
  });
}
