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
