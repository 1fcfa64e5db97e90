/**
 * How somebody joins an organization with an invitation's link. The link that was mailed to the
 * invited address proves that whoever opens it reads its mail. The link that the dashboard showed
 * proves nothing: whoever passed it on may have opened it.
 *
 * | link   | accounts of the address | gives            | then                                      |
 * |--------|-------------------------|------------------|-------------------------------------------|
 * | mailed | none                    | name, password   | a new account, proven                     |
 * | mailed | one that proved it      | its password     | that account joins                        |
 * | mailed | unproven ones           | one's password   | that account joins, and is proven         |
 * | mailed | unproven ones           | name, password   | a new account, proven; the others lose the address |
 * | shown  | any                     | name, password   | a new account, unproven, here alone       |
 * | shown  | one that proved it      | its password     | that account joins                        |
 * | shown  | unproven, nowhere else  | its password     | that account joins, and stays unproven    |
 * | shown  | unproven, elsewhere     | its password     | refused: it must prove its address first  |
 *
 * A person who must give the password of a proven account may not make a new one with a mailed link:
 * an address has one proven account. What a shown link finds out about an address is nothing.
 */
export type JoinAccount = { user_id: string; proven: boolean; memberships: number };

export type JoinDecision =
  | { kind: 'join'; user_id: string; proves: boolean }
  | { kind: 'new_account'; proven: boolean }
  | { kind: 'refused'; reason: 'wrong_password' | 'name_needed' | 'unproven_elsewhere' };

/** Which accounts' password is asked for; the first whose password is right is the one meant. */
export function passwordsOf<Account extends JoinAccount>(
  accounts: readonly Account[],
  { mailed, named }: { mailed: boolean; named: boolean },
): Account[] {
  const proven = accounts.filter((account) => account.proven);
  if (mailed && proven.length > 0) return proven;
  return named ? [] : [...accounts];
}

/**
 * @param named whether a name was given, which says that a new account is wanted
 * @param right the account whose password was given; null where it was none's
 */
export function decideJoin(
  accounts: readonly JoinAccount[],
  { mailed, named, right }: { mailed: boolean; named: boolean; right: JoinAccount | null },
): JoinDecision {
  if (right) {
    if (mailed || right.proven || right.memberships === 0) {
      return { kind: 'join', user_id: right.user_id, proves: mailed && !right.proven };
    }
    return { kind: 'refused', reason: 'unproven_elsewhere' };
  }
  const hasProven = accounts.some(({ proven }) => proven);
  if (named && !(mailed && hasProven)) return { kind: 'new_account', proven: mailed };
  if (mailed && accounts.length === 0) return { kind: 'refused', reason: 'name_needed' };
  return { kind: 'refused', reason: 'wrong_password' };
}

/** What the page of the link shows: a shown link tells nothing about the address. */
export function formOf(
  accounts: readonly JoinAccount[],
  mailed: boolean,
): { has_account: boolean; choice: boolean } {
  if (!mailed) return { has_account: false, choice: true };
  const hasAccount = accounts.length > 0;
  return { has_account: hasAccount, choice: hasAccount && !accounts.some(({ proven }) => proven) };
}
