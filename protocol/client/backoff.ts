/** The longest pause between two attempts, in milliseconds. */
const LONGEST = 30_000;

/**
 * Milliseconds to wait after so many failures in a row (0 for the first): 0.5 to 1 s at first,
 * doubling to 15 to 30 s. Jittered, so that a deploy does not bring everybody back at once.
 */
export function backoff(failures: number): number {
  const ceiling = Math.min(LONGEST, 1_000 * 2 ** Math.min(failures, 10));
  return ceiling * (1 - Math.random() / 2);
}
