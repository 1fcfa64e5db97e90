import type { PasskeyCreation } from '../../../protocol/resources/team.ts';
import type { Env } from '../../env.ts';
import { dashboardOrigin } from '../../http/headers/public-url.ts';
import { uuidv7 } from '../../kernel/ids.ts';
import { makeChallenge } from './challenges.ts';
import { ALGORITHMS } from './webauthn.ts';

type Asked = { env: Env; req: { raw: Request } };

/**
 * What a browser needs to make a passkey for somebody.
 *
 * @param existing the ids of the passkeys that they have
 */
export async function creationFor(
  { env, req }: Asked,
  user: { id: string; name: string; email: string },
  existing: string[],
): Promise<PasskeyCreation> {
  return {
    challenge: await makeChallenge(env.FOYER_SECRET, 'passkey_registration', user.id),
    host: new URL(dashboardOrigin(env, req.raw)).hostname,
    user,
    algorithms: [...ALGORITHMS],
    existing,
  };
}

/** The same for an account that is made with the passkey: it has its id from here. */
export function newAccountCreation(
  context: Asked,
  about: { name: string; email: string },
): Promise<PasskeyCreation> {
  return creationFor(context, { id: uuidv7(), ...about }, []);
}
