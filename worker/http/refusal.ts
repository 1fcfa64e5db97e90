import { HTTPException } from 'hono/http-exception';
import { isBehind, isConstraint, isDatabaseError } from '../database/database.ts';
import { FoyerError } from '../kernel/errors.ts';

/** Where the database waits for the migrations of the version that runs (docs/upgrading.md). */
const BEHIND = 'Foyer is being updated. Try again shortly.';

/** What a client gets for anything that was thrown: a refusal from the catalogue (P9). */
export function toRefusal(error: unknown): FoyerError {
  if (error instanceof FoyerError) return error;
  if (error instanceof HTTPException && error.status === 400) {
    return new FoyerError('malformed_json');
  }
  if (isDatabaseError(error) && isBehind(error)) {
    return new FoyerError('unavailable', { message: BEHIND });
  }
  if (isDatabaseError(error) && !isConstraint(error)) return new FoyerError('unavailable');
  // An object that was moved, reset or is overloaded: the next call finds it again.
  const hints = ['retryable', 'overloaded', 'durableObjectReset'];
  if (error instanceof Error && hints.some((hint) => hint in error)) {
    return new FoyerError('unavailable');
  }
  return new FoyerError('internal');
}
