import { describe, expect, it } from 'vitest';
import { decideJoin, formOf, type JoinAccount, passwordsOf } from './rules.ts';

const proven = { user_id: 'proven', proven: true, memberships: 1 };
const here = { user_id: 'here', proven: false, memberships: 1 };
const gone = { user_id: 'gone', proven: false, memberships: 0 };

/** What happens when a link is opened, by the accounts of its address and what is entered. */
function joining(
  mailed: boolean,
  accounts: JoinAccount[],
  gives: { named: boolean; passwordOf?: JoinAccount },
): string {
  const passwords = passwordsOf(accounts, { mailed, named: gives.named });
  const right = passwords.find((account) => account === gives.passwordOf) ?? null;
  const decision = decideJoin(accounts, { mailed, named: gives.named, right });
  if (decision.kind === 'refused') return decision.reason;
  if (decision.kind === 'new_account') return decision.proven ? 'new, proven' : 'new, unproven';
  return `${decision.user_id} joins${decision.proves ? ', and is proven' : ''}`;
}

const named = { named: true };
const password = (account?: JoinAccount) => ({
  named: false,
  ...(account && { passwordOf: account }),
});
const MAILED = true;
const SHOWN = false;

describe('S7: joining', () => {
  it.each([
    // A link that was mailed proves the address.
    [MAILED, [], named, 'new, proven'],
    [MAILED, [], password(), 'name_needed'],
    [MAILED, [proven], password(proven), 'proven joins'],
    [MAILED, [proven], password(), 'wrong_password'],
    [MAILED, [proven], named, 'wrong_password'],
    [MAILED, [proven], { ...named, passwordOf: proven }, 'proven joins'],
    [MAILED, [proven, here], password(here), 'wrong_password'],
    [MAILED, [here], password(here), 'here joins, and is proven'],
    [MAILED, [here], password(), 'wrong_password'],
    [MAILED, [here], named, 'new, proven'],
    [MAILED, [here], { ...named, passwordOf: here }, 'new, proven'],
    [MAILED, [gone], password(gone), 'gone joins, and is proven'],
    // A link that was shown proves nothing.
    [SHOWN, [], named, 'new, unproven'],
    [SHOWN, [], password(), 'wrong_password'],
    [SHOWN, [proven], named, 'new, unproven'],
    [SHOWN, [proven], password(proven), 'proven joins'],
    [SHOWN, [proven], password(), 'wrong_password'],
    [SHOWN, [proven, here], password(here), 'unproven_elsewhere'],
    [SHOWN, [here], named, 'new, unproven'],
    [SHOWN, [here], password(here), 'unproven_elsewhere'],
    [SHOWN, [gone], password(gone), 'gone joins'],
    [SHOWN, [here], password(), 'wrong_password'],
  ] as const)('mailed %s, accounts %j, given %j: %s', (mailed, accounts, gives, outcome) => {
    expect(joining(mailed, [...accounts], gives)).toBe(outcome);
  });

  it('a shown link tells nothing about the address', () => {
    for (const accounts of [[], [proven], [here], [proven, here]]) {
      expect(formOf(accounts, SHOWN)).toEqual({ has_account: false, choice: true });
    }
  });

  it('a mailed link says what there is, and lets an unproven account be left', () => {
    expect(formOf([], MAILED)).toEqual({ has_account: false, choice: false });
    expect(formOf([proven], MAILED)).toEqual({ has_account: true, choice: false });
    expect(formOf([here], MAILED)).toEqual({ has_account: true, choice: true });
  });
});
