import type { Database } from '../../../database/database.ts';
import { networkOfRequest } from '../../../http/context.ts';
import { FoyerError } from '../../../kernel/errors.ts';
import { keyBytes } from '../../../kernel/secret.ts';
import { countTry, countWrongGuess, forgetTries, readWrongGuesses } from '../store.ts';
import { WRONG_GUESSES, WRONG_GUESSES_WITHIN } from './brake.ts';

/** What it takes to count tries. `origin` is the dashboard's own. */
export type Access = { database: Database; secret: string; origin: string };

/** A try that was counted and may be made. Exactly one of the two is called once it was. */
export type Try = { right(): Promise<void>; wrong(): Promise<void> };

/** Tries that an ordinary day leaves behind: up to here a right one writes nothing more. */
const ORDINARY_TRIES = 2;

const TOO_MANY =
  'Too many failed attempts for this account. Wait a few minutes, or reset your password by e-mail, which works at once.';
const TOO_MANY_FROM_HERE =
  'Too many failed attempts from your network. Wait a few minutes and try again.';

/** A try at the password of an address. Exactly one of the two is called once it was made. */
type PasswordTry = {
  /** @param key what better-auth finds the account by that it was right for */
  right(key: string): Promise<void>;
  wrong(): Promise<void>;
};

/**
 * A try at the password of an address, by whoever knows it. The answer says nothing of whether it has
 * an account.
 *
 * Only the account that holds the address ends the count: one that merely names it could otherwise
 * sign in between two guesses at the holder's password.
 *
 * @throws FoyerError rate_limited, with the seconds to wait
 */
export async function tryPassword(
  access: Access,
  request: Request,
  email: string,
): Promise<PasswordTry> {
  const { right, wrong } = await tryOnce(access, request, await passwordKey(access, email));
  return { wrong, right: async (key) => (key === email ? right() : undefined) };
}

/**
 * A try in a browser in which the account was opened before. What others do behind the same address is
 * no reason to refuse it.
 */
export function tryInBrowser(access: Access, browserId: string): Promise<Try> {
  return countOnce(access, `browser:${browserId}`, async () => {});
}

/** A try at the second factor of somebody who gave the right password. */
export function tryCode(access: Access, request: Request, userId: string): Promise<Try> {
  return tryOnce(access, request, codeKey(userId));
}

/** A try of somebody who is signed in at their own password, or at the code that confirms a factor. */
export function tryOwn(access: Access, request: Request, userId: string): Promise<Try> {
  return tryOnce(access, request, `own:${userId}`);
}

/** Ends the counts of an account whose password was just set with a link. */
export async function releaseBrake(
  access: Access,
  { id, email, key }: { id: string; email: string; key: string },
): Promise<void> {
  const holder = key === email ? [await passwordKey(access, email)] : [];
  await forgetTries(access.database, codeKey(id), ...holder);
}

async function tryOnce(access: Access, request: Request, key: string): Promise<Try> {
  const { database } = access;
  const now = Date.now();
  const address = await hashed(access.secret, 'address', networkOfRequest(request));
  const guesses = await readWrongGuesses(database, address, now);
  if (guesses && guesses.count >= WRONG_GUESSES) {
    throw tooMany(TOO_MANY_FROM_HERE, guesses.since + WRONG_GUESSES_WITHIN - now);
  }
  return countOnce(access, key, () => countWrongGuess(database, address, now));
}

async function countOnce(
  { database }: Access,
  key: string,
  wrong: () => Promise<void>,
): Promise<Try> {
  const counted = await countTry(database, key, Date.now());
  if ('wait' in counted) throw tooMany(TOO_MANY, counted.wait);
  return {
    wrong,
    async right() {
      if (counted.tries > ORDINARY_TRIES) await forgetTries(database, key);
    },
  };
}

function tooMany(message: string, wait: number): FoyerError {
  return new FoyerError('rate_limited', { message, retryAfter: Math.ceil(wait / 1000) });
}

const codeKey = (userId: string) => `code:${userId}`;

const passwordKey = ({ secret }: Access, email: string) => hashed(secret, 'password', email);

/** A key that does not tell whose it is: the table of tries holds no addresses. */
async function hashed(secret: string, kind: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', keyBytes(secret, 'tries'), hmac, false, [
    'sign',
  ]);
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));
  return `${kind}:${btoa(String.fromCharCode(...bytes.subarray(0, 16)))}`;
}
