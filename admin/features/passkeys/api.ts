import type { InferRequestType } from 'hono/client';
import type { Passkey, PasskeyCreation } from '../../../protocol/resources/team.ts';
import { api, call, callAsAgent, describeError } from '../../api/http.ts';

/** Passkeys: the calls to the browser's authenticators and to the Worker. */

const { passkeys } = api.admin.me;

/** Milliseconds that a person has to unlock a device. The challenge is valid for ten minutes. */
const TIMEOUT = 5 * 60_000;

/** Whether this browser supports passkeys on this page. IP addresses do not support them. */
export function canUsePasskeys(): boolean {
  return 'PublicKeyCredential' in globalThis && !/^[\d.]+$|^\[/.test(location.hostname);
}

/** A sentence that says why creating or using a passkey failed. */
export function describePasskeyError(error: unknown): string {
  if (!(error instanceof DOMException)) return describeError(error);
  switch (error.name) {
    case 'InvalidStateError':
      return 'This device already has a passkey for your account.';
    case 'SecurityError':
      return 'Passkeys don’t work at this address.';
    default:
      return 'No passkey was used. It took too long or was cancelled.';
  }
}

export async function listPasskeys(): Promise<Passkey[]> {
  const { items } = await callAsAgent((options) => passkeys.$get({}, options));
  return items;
}

/**
 * Creates a passkey in the browser and adds it to the account. Rejects with a RequestError of
 * status 403 if the password is needed.
 */
export async function addPasskey(name: string, password?: string): Promise<void> {
  const challenge = await callAsAgent((options) =>
    passkeys.challenge.$post({ json: { ...(password !== undefined && { password }) } }, options),
  );
  const json = { name, ...(await create(challenge)) };
  await callAsAgent((options) => passkeys.$post({ json }, options));
}

export async function renamePasskey(id: string, name: string): Promise<void> {
  await callAsAgent((options) =>
    passkeys[':id'].$patch({ param: { id }, json: { name } }, options),
  );
}

/** Rejects with a RequestError of status 403 if the password is needed. */
export async function removePasskey(id: string, password?: string): Promise<void> {
  const json = { ...(password !== undefined && { password }) };
  await callAsAgent((options) => passkeys[':id'].remove.$post({ param: { id }, json }, options));
}

/** Signs in with a passkey of this page. */
export async function signInWithPasskey(): Promise<void> {
  const { passkey } = api.auth;
  const { challenge, host } = await call((options) => passkey.challenge.$post({}, options));
  const credential = await navigator.credentials.get({
    publicKey: {
      challenge: bytesOf(challenge),
      rpId: host,
      userVerification: 'required',
      timeout: TIMEOUT,
    },
  });
  const json = answered(credential);
  await call((options) => passkey['sign-in'].$post({ json }, options));
}

type Bootstrap = InferRequestType<typeof api.setup.$post>['json'];

/**
 * Creates the first organization with an owner who has a passkey and no password, and signs them
 * in.
 */
export async function createOrganizationWithPasskey(
  {
    code,
    organization,
    owner,
  }: Pick<Bootstrap, 'code' | 'organization'> & {
    owner: { name: string; email: string };
  },
  called: string,
): Promise<void> {
  const challenge = await call((options) => api.setup.passkey.$post({ json: { code } }, options));
  const { id } = challenge.user;
  const passkey = {
    userId: id,
    name: called,
    ...(await create({ ...challenge, user: { id, ...owner } })),
  };
  const json = { code, organization, owner: { ...owner, passkey } };
  await call((options) => api.setup.$post({ json }, options));
}

/** Joins with a new account with a passkey and no password, and signs in. */
export async function joinWithPasskey(
  { token, name, email }: { token: string; name: string; email: string },
  called: string,
): Promise<void> {
  const challenge = await call((options) =>
    api.invitations.passkey.$post({ json: { token } }, options),
  );
  const { id } = challenge.user;
  const passkey = {
    userId: id,
    name: called,
    ...(await create({ ...challenge, user: { id, name, email } })),
  };
  await call((options) =>
    api.invitations.accept.$post({ json: { token, name, passkey } }, options),
  );
}

/** Creates a passkey in the browser. Returns it as the Worker takes it. */
async function create({ challenge, host, user, algorithms, existing }: PasskeyCreation) {
  const credential = await navigator.credentials.create({
    publicKey: {
      challenge: bytesOf(challenge),
      rp: { id: host, name: 'Foyer' },
      user: { id: bytesOf(user.id), name: user.email, displayName: user.name },
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: existing.map((id) => ({ type: 'public-key', id: fromBase64url(id) })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      attestation: 'none',
      timeout: TIMEOUT,
    },
  });
  return created(credential);
}

function created(credential: Credential | null) {
  if (
    !(credential instanceof PublicKeyCredential) ||
    !(credential.response instanceof AuthenticatorAttestationResponse)
  ) {
    throw new DOMException('No passkey was made.', 'NotAllowedError');
  }
  const { response } = credential;
  const publicKey = response.getPublicKey();
  // Neither the browser nor Foyer knows this type of key.
  if (!publicKey) throw new DOMException('This key is of an unknown kind.', 'NotSupportedError');
  return {
    credentialId: toBase64url(credential.rawId),
    publicKey: toBase64url(publicKey),
    algorithm: response.getPublicKeyAlgorithm(),
    authenticatorData: toBase64url(response.getAuthenticatorData()),
    clientDataJSON: toBase64url(response.clientDataJSON),
  };
}

/** The response to a challenge, as the Worker takes it. */
function answered(credential: Credential | null) {
  if (
    !(credential instanceof PublicKeyCredential) ||
    !(credential.response instanceof AuthenticatorAssertionResponse)
  ) {
    throw new DOMException('No passkey was used.', 'NotAllowedError');
  }
  const { response } = credential;
  return {
    credentialId: toBase64url(credential.rawId),
    authenticatorData: toBase64url(response.authenticatorData),
    clientDataJSON: toBase64url(response.clientDataJSON),
    signature: toBase64url(response.signature),
  };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toBase64url(buffer: ArrayBuffer): string {
  const characters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
  const base64 = btoa(characters.join(''));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
