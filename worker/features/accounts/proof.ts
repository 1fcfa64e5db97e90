import { verifyPassword } from 'better-auth/crypto';
import { z } from 'zod';
import { MAX_PASSWORD_LENGTH } from '../../../protocol/limits.ts';
import { authDeps } from '../../auth/deps.ts';
import { type AdminContext, databaseOf } from '../../http/context.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { tryOwn } from './guesses/tries.ts';
import { findPerson } from './people-store.ts';

/** The password that proves a change of the caller's own account. */
export const currentPassword = z.string().min(1, 'Required').max(MAX_PASSWORD_LENGTH);

/** The hash of the caller's password. Throws if the given password is wrong. */
export async function proven(
  context: AdminContext,
  password: string,
  field: string,
): Promise<string> {
  const { id } = context.var.agent;
  const attempt = await tryOwn(authDeps(context), context.req.raw, id);
  const person = await findPerson(databaseOf(context), { id });
  const hash = person?.password;
  if (!hash || !(await verifyPassword({ hash, password }))) {
    await attempt.wrong();
    throw new FoyerError('validation_failed', {
      fields: { [field]: 'The password is wrong.' },
    });
  }
  await attempt.right();
  return hash;
}
