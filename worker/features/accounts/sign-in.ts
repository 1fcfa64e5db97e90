import { verifyPassword } from 'better-auth/crypto';
import { type AddressAccount, findAccountsOf } from '../addresses/store.ts';
import { knownBrowser } from './guesses/known-browser.ts';
import { type Access, tryInBrowser, tryPassword } from './guesses/tries.ts';

/** The hash of a password that nobody has: what is compared where an address has no account. */
const NO_PASSWORD =
  '392cef31e930353a70999bc04f76f0a4:5d7de79756437dbc8258dc5cdff8aa8a8290797ac53e3a2c7ab3bbe993ac466cc58fe232e5785f268c92c776117b6ce5e83c106c32101202cc64e0aef98ac993';

/** An account whose password was given. */
export type Proven = {
  /** What better-auth finds the account by. */
  key: string;
  /** The hash that the password fits. */
  hash: string;
};

type Verify = typeof verifyPassword;

/**
 * The account that has or names this address and has this password; null for a wrong pair. Several
 * accounts may name one address: the password says which of them is meant.
 *
 * A browser in which one of them was opened before tries that one first, with a count of its own. An
 * unknown address takes the statements and the hash that an address with one account takes, so that
 * the time tells nothing.
 *
 * @param verify compares a password with a hash
 * @throws FoyerError rate_limited
 */
export async function provePassword(
  access: Access,
  request: Request,
  { email, password }: { email: string; password: string },
  verify: Verify = verifyPassword,
): Promise<Proven | null> {
  const all = await findAccountsOf(access.database, email);
  const browser = await knownBrowser(access, request.headers);
  const own = all.filter(({ user_id }) => user_id === browser?.userId);
  if (browser && own.length > 0) {
    const attempt = await tryInBrowser(access, browser.id);
    const right = await fitting(own, password, verify);
    if (right) await attempt.right();
    if (right || own.length === all.length) return right;
  }
  const attempt = await tryPassword(access, request, email);
  const others = all.filter((account) => !own.includes(account));
  const right = await fitting(others, password, verify);
  if (right) await attempt.right(right.key);
  else await attempt.wrong();
  return right;
}

/** The first account that the password fits. Those of no organization come last: they open nothing. */
async function fitting(
  accounts: AddressAccount[],
  password: string,
  verify: Verify,
): Promise<Proven | null> {
  const usable = [...accounts].sort(
    (a, b) => Number(b.memberships > 0) - Number(a.memberships > 0),
  );
  let compared = false;
  for (const { key, password: hash } of usable) {
    if (!hash) continue;
    compared = true;
    if (await verify({ hash, password })) return { key, hash };
  }
  if (!compared) await verify({ hash: NO_PASSWORD, password });
  return null;
}
