/**
 * A Bloom filter: a set that takes little room, never denies what it holds, and rarely confirms what
 * it does not.
 *
 * With 2^18 bits, ten of them for each text, and the 17,950 texts that common-passwords-data.ts
 * holds, it confirms about one other text in 1,000: (1 - e^(-10 * 17950 / 2^18))^10.
 */

/** Bytes of the filter: 2^18 bits. */
export const FILTER_BYTES = 2 ** 15;
const BITS = FILTER_BYTES * 8;
const BITS_OF_A_TEXT = 10;

/** Adds a text to the filter. */
export function add(filter: Uint8Array, text: string): void {
  for (const bit of bitsOf(text)) filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7));
}

/** Whether the filter holds the text; about once in 1,000 also where it does not. */
export function has(filter: Uint8Array, text: string): boolean {
  return bitsOf(text).every((bit) => ((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0);
}

/** Kirsch and Mitzenmacher, "Less Hashing, Same Performance" (2006): two hashes make all others. */
function bitsOf(text: string): number[] {
  const first = fnv1a(text, 0x811c9dc5);
  // Odd, so that no two of its multiples meet within the filter.
  const second = fnv1a(text, 0x01234567) | 1;
  return Array.from(
    { length: BITS_OF_A_TEXT },
    (_, index) => (first + Math.imul(index, second)) >>> 0,
  ).map((hash) => hash % BITS);
}

/** FNV-1a of 32 bits over UTF-16 units, then mixed so that short texts differ in every bit. */
function fnv1a(text: string, seed: number): number {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
