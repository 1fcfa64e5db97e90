/**
 * Cloudflare's list prices past the included allowances, in US dollars; one place, so that a change
 * of theirs is a change of one line. Read on 2026-11-22 from the project's own price list in its
 * design notes; the pages they stand on are named beside each.
 */
export const PRICES = {
  /** developers.cloudflare.com/durable-objects/platform/pricing, SQLite storage; an alarm set is one. */
  objectRowWritten: 1.0 / 1e6,
  objectRowRead: 0.001 / 1e6,
  /** An incoming WebSocket frame is a twentieth of a request. */
  objectRequest: 0.15 / 1e6,
  /** For each second that an object is active, at 128 MB. */
  objectSecond: (12.5 / 1e6) * 0.128,
  /** developers.cloudflare.com/d1/platform/pricing. */
  databaseRowWritten: 1.0 / 1e6,
  databaseRowRead: 0.001 / 1e6,
  /** developers.cloudflare.com/workers/platform/pricing. */
  workerRequest: 0.3 / 1e6,
  workerCpuMillisecond: 0.02 / 1e6,
};
