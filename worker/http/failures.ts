import { isConstraint, isDatabaseError } from '../database/database.ts';
import { FoyerError } from '../kernel/errors.ts';
import { dueLine } from '../kernel/log/line-limit.ts';
import { log } from '../kernel/log/log.ts';
import type { LogFields, Service } from '../kernel/log/log-fields.ts';
import { type Memory, outages } from '../kernel/log/outages.ts';
import { toRefusal } from './refusal.ts';

/** What an error that a request ended with tells the log, and when. */

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
    const due = dueLine(`refused ${error.code}`);
    const { code, status } = error;
    if (due) log.warn('request_refused', { ...fields, ...due, refusal: code, status, error });
    return;
  }
  log.error('request_failed', { ...fields, refusal: refusal.code, status: refusal.status, error });
}
