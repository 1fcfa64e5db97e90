import { FoyerError } from './errors.ts';
import { log } from './kernel/log.ts';
import type { LogFields, Service } from './kernel/log-fields.ts';
import { type Memory, outages } from './kernel/outages.ts';
import { toRefusal } from './refusal.ts';
import { isConstraint, isDatabaseError } from './store/database.ts';

/** What an error that a request ended with tells the log, and when. */

/** Milliseconds between two lines of the same refusal that says that something is away. */
const REFUSALS_EVERY = 60_000;

const told = new Map<string, number>();

/**
 * The service that is away, where the error says that one is; null for a mistake, which another try
 * would repeat.
 */
export function lostService(error: unknown): Service | null {
  if (isDatabaseError(error)) return isConstraint(error) ? null : 'database';
  if (error instanceof FoyerError) return null;
  return toRefusal(error).code === 'unavailable' ? 'objects' : null;
}

/** Logs an error that a client is answered with 5xx for: an outage once, anything else each time. */
export function reportFailure(error: unknown, fields: LogFields = {}, memory?: Memory): void {
  const service = lostService(error);
  if (service) {
    outages.failed(service, error, fields, memory);
    return;
  }
  const refusal = toRefusal(error);
  if (error instanceof FoyerError) {
    // Thrown on purpose, and told by whoever knew why; a line a minute says that it goes on.
    const now = Date.now();
    if (now - (told.get(error.code) ?? Number.NEGATIVE_INFINITY) < REFUSALS_EVERY) return;
    told.set(error.code, now);
    log.warn('request_refused', { ...fields, refusal: error.code, status: error.status, error });
    return;
  }
  log.error('request_failed', { ...fields, refusal: refusal.code, status: refusal.status, error });
}
