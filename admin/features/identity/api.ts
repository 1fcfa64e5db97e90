import type { IdentitySecretRecord } from '../../../protocol/resources/identity-secret.ts';
import { api, callAsAgent } from '../../api/http.ts';

/** The secrets with which a site's own server vouches for whom it has signed in. */

const secrets = api.admin['identity-secrets'];

/** The active ones, the oldest first, by their ids alone. */
export async function listIdentitySecrets(): Promise<IdentitySecretRecord[]> {
  const { items } = await callAsAgent((options) => secrets.$get({}, options));
  return items;
}

/** Makes one and answers it, this once. 409 where two are active. */
export async function makeIdentitySecret(): Promise<{ id: string; secret: string }> {
  const { identity_secret, secret } = await callAsAgent((options) => secrets.$post({}, options));
  return { id: identity_secret.id, secret };
}

/** What it signed is worth nothing from now on. */
export async function retireIdentitySecret(id: string): Promise<void> {
  await callAsAgent((options) => secrets[':id'].$delete({ param: { id } }, options));
}
