import type { z } from 'zod';
import { MAX_BODY_BYTES } from '../protocol/limits.ts';
import { FoyerError } from './errors.ts';

/**
 * A request's JSON body in the shape of the schema. Throws payload_too_large, malformed_json, or
 * validation_failed with each wrong field's path (`customerData.email`) and what is wrong with it.
 */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(json(await text(request)));
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) fields[path.join('.')] ??= message;
  throw new FoyerError('validation_failed', { fields });
}

/** Counted while it is read: the length that a sender declares may be missing or wrong. */
async function text(request: Request): Promise<string> {
  const decoder = new TextDecoder();
  let size = 0;
  let read = '';
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new FoyerError('payload_too_large');
    read += decoder.decode(chunk, { stream: true });
  }
  return read + decoder.decode();
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new FoyerError('malformed_json');
  }
}
