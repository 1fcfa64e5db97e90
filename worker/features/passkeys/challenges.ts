import { isSigned, readLink, signLink } from '../../auth/signed.ts';
import type { Database } from '../../database/database.ts';
import { useUp } from '../once/store.ts';

/**
 * What an authenticator signs, so that an earlier answer is worth nothing. A challenge is signed and
 * kept nowhere: whoever asks for a thousand leaves no row. It is used up with the answer to it.
 */

/** Minutes in which a challenge must be answered: the longest that browsers wait for a person. */
const CHALLENGE_MINUTES = 10;

/** What a challenge is for. One for signing in does not register a passkey, nor the other way round. */
type Ceremony = 'passkey_sign_in' | 'passkey_registration';

/** @param userId whose passkey it registers; left out for signing in, where nobody is known yet */
export function makeChallenge(secret: string, ceremony: Ceremony, userId = ''): Promise<string> {
  const until = Date.now() + CHALLENGE_MINUTES * 60_000;
  return signLink(secret, ceremony, [crypto.randomUUID(), `${until}`], userId);
}

/** Whether a challenge is one of ours, for this, and not too old. `useChallenge` uses it up. */
export async function isChallenge(
  secret: string,
  ceremony: Ceremony,
  challenge: string | null,
  userId = '',
): Promise<boolean> {
  const link = challenge === null ? null : readLink(challenge);
  if (!link || !(Number(link.parts[1]) > Date.now())) return false;
  return isSigned(secret, ceremony, link, userId);
}

/** Uses a right challenge up; false where it was used before. */
export function useChallenge(db: Database, challenge: string): Promise<boolean> {
  return useUp(db, `challenge:${readLink(challenge)?.parts[0]}`, Date.now());
}
