import type { ValidationTargets } from 'hono';
import { validator } from 'hono-openapi';
import type { z } from 'zod';
import { FoyerError } from '../../kernel/errors.ts';
import { strict, wrongFields } from './strict.ts';

/**
 * Parses a part of the request with a schema, and describes it in the API's description. What does
 * not fit throws validation_failed with each wrong field's path and what is wrong with it; so does a
 * field that the schema does not name, at any depth.
 */
export function validated<Target extends keyof ValidationTargets, Schema extends z.ZodType>(
  target: Target,
  schema: Schema,
) {
  const { schema: exact, names } = strict(schema);
  const handler = validator(target, exact, (result) => {
    if (result.success) return;
    throw new FoyerError('validation_failed', { fields: wrongFields(result.error, names) });
  });
  targets.set(handler, target);
  return handler;
}

/** Which part of a request each validator reads. */
const targets = new WeakMap<object, keyof ValidationTargets>();

/** The part of a request that this handler reads; undefined for what is no validator. */
export function targetOf(handler: object): keyof ValidationTargets | undefined {
  return targets.get(handler);
}
