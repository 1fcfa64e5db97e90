import type { ConversationStatus } from './conversation-fields.ts';

/** When an answer is late: one definition for the rows, the counts and what a visitor is told. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Seconds within which an answer is expected where a department has answered too few to say. */
export const EXPECTED_SECONDS = HOUR;

/**
 * The time within which a department usually answers, as visitors are told it: in whole minutes,
 * hours or days, rounded up.
 *
 * @param replySeconds as measured; null where too few were answered
 * @returns seconds
 */
export function expectedSeconds(replySeconds: number | null): number {
  if (replySeconds === null) return EXPECTED_SECONDS;
  const unit = unitOf(replySeconds);
  return Math.max(1, Math.ceil(replySeconds / unit)) * unit;
}

/** The unit in which a time is told, in seconds. */
export function unitOf(seconds: number): number {
  if (seconds >= DAY) return DAY;
  return seconds >= HOUR ? HOUR : MINUTE;
}

type Waiting = { status: ConversationStatus; waiting_since: string | null };

/**
 * When the answer to an open conversation becomes late, in milliseconds since 1970; null where no
 * visitor waits: it was answered, snoozed or closed.
 *
 * @param expected seconds, of its department
 */
export function lateAt({ status, waiting_since }: Waiting, expected: number): number | null {
  if (waiting_since === null || status === 'closed' || status === 'snoozed') return null;
  return Date.parse(waiting_since) + expected * 1_000;
}
