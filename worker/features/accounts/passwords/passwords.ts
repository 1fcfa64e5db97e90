import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../../../protocol/limits.ts';
import { fold } from '../../../../protocol/text/fold.ts';
import { lengthOf } from '../../../../protocol/text/text.ts';
import { has } from './bloom.ts';
import { COMMON_PASSWORDS } from './common-passwords-data.ts';

/** Whom a password is for. All of it can be guessed by anybody who knows the person. */
export type PasswordOwner = { name: string; email: string; organizations: readonly string[] };

/** The word that everybody sees who signs in. */
const PRODUCT = 'foyer';

/** Shorter parts of a name occur in too many other words. */
const MIN_WORD = 3;

/**
 * Why a person may not choose this password, as a sentence for the form; null when they may. It
 * refuses what an attacker tries first: short passwords, the commonest of all, and the person's own
 * data.
 *
 * What is left of a password without its owner's own words must be long enough by itself: `olive2027`
 * is refused for Olive, and `olive counts nine boats` is not.
 */
export function passwordProblem(password: string, owner: PasswordOwner): string | null {
  const length = lengthOf(password);
  if (length < MIN_PASSWORD_LENGTH) return `At least ${MIN_PASSWORD_LENGTH} characters.`;
  if (length > MAX_PASSWORD_LENGTH) return `At most ${MAX_PASSWORD_LENGTH} characters.`;
  if (isCommon(password)) {
    return 'This is one of the most common passwords. Choose one that is harder to guess.';
  }
  if (isOwn(password, owner)) {
    return 'This is too close to your name, your address or your organization. Choose another.';
  }
  return null;
}

/** Whether the password is one of the commonest, in whatever case. */
function isCommon(password: string): boolean {
  filter ??= Uint8Array.from(atob(COMMON_PASSWORDS), (byte) => byte.charCodeAt(0));
  return has(filter, password.toLowerCase());
}

let filter: Uint8Array | undefined;

/** Whether too little is left of the password without its owner's own words. */
function isOwn(password: string, owner: PasswordOwner): boolean {
  const typed = lettersAndDigits(password);
  const rest = ownWords(owner).reduce((left, word) => left.replaceAll(word, ''), typed);
  return rest !== typed && lengthOf(rest) < MIN_PASSWORD_LENGTH;
}

/** The words that stand for a person, the longest first, so that none hides in another. */
function ownWords({ name, email, organizations }: PasswordOwner): string[] {
  const [domain = '', ...local] = email.split('@').reverse();
  // Of `acme.co.example`, `acme` and `co`: the last part is no name of anybody.
  const hosts = domain.split('.').slice(0, -1);
  const texts = [name, ...organizations, ...local, ...hosts];
  const parts = texts.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u));
  return [...new Set([email, ...texts, ...parts, PRODUCT].map(lettersAndDigits))]
    .filter((word) => lengthOf(word) >= MIN_WORD)
    .sort((a, b) => b.length - a.length);
}

const lettersAndDigits = (text: string) => fold(text).replace(/[^\p{L}\p{N}]+/gu, '');
