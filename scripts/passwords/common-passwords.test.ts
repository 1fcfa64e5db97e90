import { expect, test } from 'vitest';
import { COMMON_PASSWORDS } from '../../worker/features/accounts/passwords/common-passwords-data.ts';
import { passwordProblem } from '../../worker/features/accounts/passwords/passwords.ts';
import { commonPasswords, commonPasswordsSource } from './common-passwords.ts';

test('S6: the 10,000 commonest passwords are refused, each of them', () => {
  expect(commonPasswords.length).toBeGreaterThan(10_000);
  const nobody = { name: '', email: '', organizations: [] };
  const accepted = commonPasswords.filter((password) => passwordProblem(password, nobody) === null);
  expect(accepted).toEqual([]);
});

test('the filter of common passwords is the one that the script writes', () => {
  expect(commonPasswordsSource()).toContain(`'${COMMON_PASSWORDS}'`);
});
