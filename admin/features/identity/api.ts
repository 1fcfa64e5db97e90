import type { IdentitySecretRecord } from '../../../protocol/resources/identity-secret.ts';
import { api, callAsAgent } from '../../api/http.ts';

/** The secrets with which a site's server signs the identity of its users. */

const secrets = api.admin['identity-secrets'];

/** The active secrets, oldest first: only their ids. */
export async function listIdentitySecrets(): Promise<IdentitySecretRecord[]> {
  const { items } = await callAsAgent((options) => secrets.$get({}, options));
  return items;
}

/** Creates a secret and returns it once. 409 if two are active. */
export function makeIdentitySecret() {
  return callAsAgent((options) => secrets.$post({}, options));
}

/** Revokes a secret. Tokens signed with it are no longer accepted. */
export async function retireIdentitySecret(id: string): Promise<void> {
  await callAsAgent((options) => secrets[':id'].$delete({ param: { id } }, options));
}
