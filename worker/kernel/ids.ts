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

/**
 * The UUID v7 of the entry of that number in something that has an id: the same each time it is asked
 * for. Within a millisecond the ids are in the order of the numbers; the rest of them is SHA-256.
 */
export async function idOfEntry(time: Date, ofId: string, number: number): Promise<string> {
  const name = new TextEncoder().encode(`${ofId}/${number}`);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', name));
  const [high = 0, low = 0] = digest;
  // 20 bits of the number, then 12 of the digest; `random` gives 42 bits more.
  const seq = (number % 2 ** 20) * 2 ** 12 + (((high << 8) | low) >> 4);
  return v7({ msecs: time.getTime(), seq, random: digest.slice(2, 18) });
}

/** When a UUID v7 was made: its first 48 bits (RFC 9562, 5.7). */
export function timeOf(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** The last millisecond that fits into 48 bits. */
const MAX_MSECS = 2 ** 48 - 1;
