import { z } from 'zod';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../../../protocol/limits.ts';
import { FoyerError } from '../../../kernel/errors.ts';
import { type PasswordOwner, passwordProblem } from './passwords.ts';

/** A new password in a request; whether its owner may choose it, `checkPassword` says. */
export const newPassword = z
  .string()
  .min(MIN_PASSWORD_LENGTH, `At least ${MIN_PASSWORD_LENGTH} characters.`)
  .max(MAX_PASSWORD_LENGTH, `At most ${MAX_PASSWORD_LENGTH} characters.`);

/**
 * @param field where the request has the password: `owner.password`
 * @throws FoyerError validation_failed with the reason at that field
 */
export function checkPassword(password: string, owner: PasswordOwner, field: string): void {
  const problem = passwordProblem(password, owner);
  if (problem) throw new FoyerError('validation_failed', { fields: { [field]: problem } });
}
