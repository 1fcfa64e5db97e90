/**
 * The brake on guesses at one account: a number of free tries, then a pause after each that grows. It
 * counts by account and not by address, so that guesses from many addresses do not pass it, and it
 * counts an attempt before it is made, so that a thousand at once count as a thousand.
 */

/** Tries without a pause: somebody who tries all passwords that they remember. */
export const FREE_TRIES = 10;

/** Milliseconds of the first pause. Each next one is twice as long. */
const FIRST_PAUSE = 30_000;

/**
 * Milliseconds of the longest pause: with it, an attacker makes 24 guesses a day. NIST SP 800-63B-4,
 * 3.2.2 allows at most 100 in a row.
 */
const LONGEST_PAUSE = 60 * 60_000;

/** Doublings before a pause would be longer than the longest. */
const DOUBLINGS = Math.ceil(Math.log2(LONGEST_PAUSE / FIRST_PAUSE));

/** Milliseconds without a try after which all earlier ones are forgotten. */
export const FORGOTTEN_AFTER = 24 * 60 * 60_000;

/** Milliseconds to wait before the next attempt, by the number of attempts so far. */
export function pauseAfter(tries: number): number {
  if (tries < FREE_TRIES) return 0;
  return Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (tries - FREE_TRIES));
}

/** `pauseAfter` as SQL, in what both databases know. */
export function pauseInSql(tries: string): string {
  return `CASE WHEN ${tries} < ${FREE_TRIES} THEN 0
    WHEN ${tries} >= ${FREE_TRIES + DOUBLINGS} THEN ${LONGEST_PAUSE}
    ELSE ${FIRST_PAUSE} << (${tries} - ${FREE_TRIES}) END`;
}

/**
 * Wrong guesses from one address, whatever the account, and the milliseconds within which they are
 * counted: a list of stolen passwords is tried once on each of many accounts. The right ones do not
 * count, so that an office of hundreds signs in at nine o'clock and most of its mistakes pass, too.
 */
export const WRONG_GUESSES = 100;
export const WRONG_GUESSES_WITHIN = 10 * 60_000;
