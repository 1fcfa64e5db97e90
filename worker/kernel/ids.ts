import { v7 } from 'uuid';

/**
 * Milliseconds by which a clock may step back without its ids following it. Within them ids go on
 * from the last one; beyond, they would carry a wrong time until the clock has caught up.
 */
const MAX_STEP_BACK = 1_000;

/** The milliseconds and the 32-bit counter (RFC 9562, 6.2) of the last id. */
let last = { msecs: Number.NEGATIVE_INFINITY, seq: 0 };

/** A new id: UUID v7, so that ids sort by when they were made, within a millisecond too. */
export function uuidv7(): string {
  const now = Date.now();
  const isLater = now > last.msecs || now < last.msecs - MAX_STEP_BACK;
  last = isLater ? { msecs: now, seq: firstOfMillisecond() } : { ...last, seq: last.seq + 1 };
  return v7(last);
}

/** 31 random bits, so that the counter has room for 2^31 ids more. */
function firstOfMillisecond(): number {
  const [bits = 0] = crypto.getRandomValues(new Uint32Array(1));
  return bits >>> 1;
}

/** The least UUID v7 of a time: what was made before has a smaller one, what is made from then on a larger. */
export function idAt(time: Date): string {
  const hex = Math.min(Math.max(0, time.getTime()), MAX_MSECS).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}

/** When a UUID v7 was made: its first 48 bits (RFC 9562, 5.7). */
export function timeOf(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** The last millisecond that fits into 48 bits. */
const MAX_MSECS = 2 ** 48 - 1;
