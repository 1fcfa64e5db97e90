import { type ErrorCode, FoyerError } from './errors.ts';

/**
 * What an object's method answers. Classes do not survive the way between Worker and object, so a
 * refusal travels as its code and sentence and is thrown again on the other side.
 */
export type Result<Value> =
  | { ok: true; value: Value }
  | {
      ok: false;
      code: ErrorCode;
      message: string;
      retryAfter?: number | undefined;
      siteKey?: string | undefined;
    };

/** Runs `work`, turning a FoyerError into a result; anything else goes on being thrown. */
export function attempt<Value>(work: () => Value): Result<Value> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (!(error instanceof FoyerError)) throw error;
    const { code, message, retryAfter, siteKey } = error;
    const more = { ...(retryAfter !== undefined && { retryAfter }), ...(siteKey && { siteKey }) };
    return { ok: false, code, message, ...more };
  }
}

/** @throws FoyerError what the object refused with */
export function unwrap<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  const { code, message, retryAfter, siteKey } = result;
  throw new FoyerError(code, {
    message,
    siteKey,
    ...(retryAfter !== undefined && { retryAfter }),
  });
}
