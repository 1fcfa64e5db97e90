import { log } from './log.ts';
import type { LogFields, Service } from './log-fields.ts';

/**
 * Outages of what Foyer depends on, as the log tells them: a line where one begins, a line an hour
 * while it lasts, a line where it ends. What fails meanwhile is counted and not told: a day without a
 * database is two dozen lines, whatever the number of requests and of conversations that retry.
 *
 * Counted for each isolate, in memory. Work that outlives its isolate (a conversation that sleeps
 * between two tries) hands in a `Memory`, so that each try does not look like the first.
 */

/** Milliseconds between two lines of one outage. */
const TELL_EVERY = 60 * 60_000;

/**
 * Milliseconds after the end of one outage in which the next failure belongs to it: a database that
 * answers every other time makes two lines a minute at most.
 */
export const SETTLE = 60_000;

export type Outage = {
  /** Milliseconds since the epoch. */
  since: number;
  failures: number;
  toldAt: number;
  /** When it ended; null while it lasts. */
  endedAt: number | null;
  /** When an end of it was told last: it may come back. */
  endToldAt: number | null;
};

/** Where an outage is kept beyond this isolate: one row at its start, one an hour, one at its end. */
export type Memory = { read(): Outage | null; write(outage: Outage | null): void };

export class Outages {
  readonly #now: () => number;
  readonly #known = new Map<Service, Outage>();

  constructor(now: () => number = () => Date.now()) {
    this.#now = now;
  }

  /** Something failed because the service is away. `fields` say whose work it was that noticed. */
  failed(service: Service, error: unknown, fields: LogFields = {}, memory?: Memory): void {
    const now = this.#now();
    const current = this.#known.get(service) ?? memory?.read() ?? null;
    const isNew = !current || (current.endedAt !== null && now - current.endedAt > SETTLE);
    const outage = isNew
      ? { since: now, failures: 0, toldAt: now, endedAt: null, endToldAt: null }
      : current;
    outage.failures += 1;
    outage.endedAt = null;
    this.#known.set(service, outage);
    if (isNew) {
      log.error('outage_began', { ...fields, service, error });
      memory?.write(outage);
    } else if (now - outage.toldAt >= TELL_EVERY) {
      outage.toldAt = now;
      log.error('outage_continues', { ...fields, service, error, ...measured(outage, now) });
      memory?.write(outage);
    } else if (memory && !memory.read()) memory.write(outage);
  }

  /** The service answered: where it was away, that is over. Cheap where it was not. */
  worked(service: Service, fields: LogFields = {}, memory?: Memory): void {
    const stored = memory?.read() ?? null;
    if (stored) memory?.write(null);
    const outage = this.#known.get(service) ?? stored;
    if (!outage) return;
    const now = this.#now();
    if (outage.endedAt !== null) {
      if (now - outage.endedAt > SETTLE) this.#known.delete(service);
      return;
    }
    this.#known.set(service, outage);
    // It came back a moment after its end was told: its next end waits to be seen.
    if (outage.endToldAt !== null && now - outage.endToldAt < SETTLE) return;
    outage.endedAt = now;
    outage.endToldAt = now;
    log.warn('outage_ended', { ...fields, service, ...measured(outage, now) });
  }
}

/** Those of this isolate. */
export const outages = new Outages();

function measured({ since, failures }: Outage, now: number) {
  return { failures, seconds: Math.round((now - since) / 1000) };
}
