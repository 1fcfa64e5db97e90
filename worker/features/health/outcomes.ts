import type { Env } from '../../env.ts';
import { reportFailure } from '../../http/failures.ts';
import { describeError } from '../../kernel/log/log-error.ts';
import { organizationObject } from '../../organization/address.ts';
import type { Remembered } from '../../organization/outcomes.ts';

/** How the installation's own work went the last time, for the owners' health. */

/** The object that remembers it: named by the id that no organization has. */
export const STAND_IN = '00000000-0000-0000-0000-000000000000';

/** Milliseconds between two notes of a success that an isolate makes: a row each. */
const SUCCESS_EVERY = 60 * 60_000;

const succeeded = new Map<Remembered, number>();

/**
 * Notes how something ended. It never fails: what was noted helps a person and nothing else.
 *
 * @param error what it failed with; left out for a success, of which one an hour is noted
 */
export async function noteOutcome(
  env: Env,
  what: Remembered,
  failed?: { error: unknown },
): Promise<void> {
  const now = Date.now();
  if (!failed && now - (succeeded.get(what) ?? 0) < SUCCESS_EVERY) return;
  try {
    await organizationObject(env, STAND_IN).noteOutcome(what, failed ? wordOf(failed.error) : null);
    if (failed) succeeded.delete(what);
    else succeeded.set(what, now);
  } catch (error) {
    reportFailure(error);
  }
}

/** The word by which the log tells an error. */
export function wordOf(thrown: unknown): string {
  const { code, cause, error = 'Error' } = describeError(thrown);
  return code ?? cause ?? error;
}
