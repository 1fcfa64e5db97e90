/** Milliseconds since the epoch that the last id says; no two say the same. */
let last = 0;

/**
 * A UUID of version 7 (RFC 9562, 5.7): ids made in one tab sort in the order of their making, also
 * within a millisecond and when the clock steps back, since each says a later time than the one
 * before (6.2). Unlike `crypto.randomUUID` it works on plain http pages as well.
 */
export function uuidv7(): string {
  last = Math.max(Date.now(), last + 1);
  const random = Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  // Milliseconds have eleven digits in hex until the year 2527.
  return `0${last.toString(16)}7${random.slice(0, 3)}8${random.slice(3)}`.replace(
    /(.{8})(.{4})(.{4})(.{4})/,
    '$1-$2-$3-$4-',
  );
}
