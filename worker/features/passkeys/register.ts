import type { Database } from '../../database/database.ts';
import { FoyerError } from '../../kernel/errors.ts';
import type { SentCredential } from './bodies.ts';
import { isChallenge, useChallenge } from './challenges.ts';
import { challengeIn, type NewCredential, readRegistration } from './webauthn.ts';

/**
 * The credential that a browser has just made for somebody, once everything about it is right. Its
 * challenge is used up.
 *
 * @param userId whose challenge it must answer
 * @throws FoyerError validation_failed, at the field `clientDataJSON`
 */
export async function registeredCredential(
  access: { database: Database; secret: string; origin: string },
  userId: string,
  sent: SentCredential,
): Promise<NewCredential> {
  const refused = new FoyerError('validation_failed', {
    message: 'The passkey could not be added. Start again.',
    fields: { clientDataJSON: 'This does not answer a challenge for this account.' },
  });
  const { database, secret } = access;
  const challenge = challengeIn(sent.clientDataJSON);
  if (!(await isChallenge(secret, 'passkey_registration', challenge, userId))) throw refused;
  const credential = await readRegistration(access, sent);
  if (!credential || challenge === null) throw refused;
  if (!(await useChallenge(database, challenge))) throw refused;
  return credential;
}
