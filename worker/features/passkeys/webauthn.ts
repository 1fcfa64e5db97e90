import { z } from 'zod';

/**
 * The two ceremonies of WebAuthn (W3C Web Authentication Level 3, 7.1 and 7.2), as far as passkeys need
 * them. Nobody attests which make an authenticator is of: a key that its own person registers needs no
 * such proof, and so nothing here reads CBOR. Browsers hand over the public key as SPKI.
 *
 * An authenticator must have verified its user, by a PIN, a finger or a face. That makes a passkey two
 * factors: the device, and what unlocks it.
 */

/** COSE algorithms that are taken, the preferred one first: ES256, and RS256 for Windows Hello. */
export const ALGORITHMS = [-7, -257] as const;

/** The fewest bits of an RSA key (NIST SP 800-131A, revision 2). */
const MIN_RSA_BITS = 2_048;

/** Flags of authenticator data (6.1). */
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

/** Where the dashboard is: passkeys belong to its host, and work on its origin alone. */
export type Site = { origin: string };

/** A credential as it is registered, in base64url where it is bytes. */
export type NewCredential = {
  credential_id: string;
  public_key: string;
  algorithm: number;
  sign_count: number;
};

/** What the browser says of the ceremony (5.8.1). The challenge is text of ours. */
const clientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
});

/**
 * The challenge that a browser answers, before anything of the answer is checked.
 *
 * @returns null for what no browser sends
 */
export function challengeIn(clientDataJSON: string): string | null {
  const data = readClientData(clientDataJSON);
  const bytes = data && fromBase64url(data.challenge);
  return bytes ? new TextDecoder().decode(bytes) : null;
}

/**
 * A new credential, where what the browser sent is one of ours.
 *
 * @returns null where anything is wrong with it
 */
export async function readRegistration(
  site: Site,
  sent: {
    credentialId: string;
    publicKey: string;
    algorithm: number;
    authenticatorData: string;
    clientDataJSON: string;
  },
): Promise<NewCredential | null> {
  if (!isCeremony(site, 'webauthn.create', sent.clientDataJSON)) return null;
  const data = await readAuthenticatorData(site, sent.authenticatorData);
  if (!data || (data.flags & HAS_CREDENTIAL) === 0) return null;
  // After the AAGUID (16 bytes) come the id's length and the id (6.5.1).
  const { bytes } = data;
  if (bytes.length < 55) return null;
  const length = ((bytes[53] ?? 0) << 8) | (bytes[54] ?? 0);
  const credential_id = toBase64url(bytes.subarray(55, 55 + length));
  if (length === 0 || credential_id !== sent.credentialId) return null;
  const { publicKey: public_key, algorithm } = sent;
  if (!(await importKey(public_key, algorithm))) return null;
  return { credential_id, public_key, algorithm, sign_count: data.signCount };
}

/**
 * Checks an answer to a challenge with the public key of its credential.
 *
 * @returns the authenticator's count of signatures, 0 where it keeps none; null for a wrong answer
 */
export async function readAssertion(
  site: Site,
  { public_key, algorithm }: { public_key: string; algorithm: number },
  sent: { authenticatorData: string; clientDataJSON: string; signature: string },
): Promise<number | null> {
  if (!isCeremony(site, 'webauthn.get', sent.clientDataJSON)) return null;
  const data = await readAuthenticatorData(site, sent.authenticatorData);
  const clientBytes = fromBase64url(sent.clientDataJSON);
  const signature = fromBase64url(sent.signature);
  const key = await importKey(public_key, algorithm);
  if (!data || !clientBytes || !signature || !key) return null;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', clientBytes));
  const signed = new Uint8Array([...data.bytes, ...hash]);
  const isElliptic = algorithm === -7;
  const raw = isElliptic ? rawSignature(signature) : signature;
  if (!raw) return null;
  const how = isElliptic ? { name: 'ECDSA', hash: 'SHA-256' } : { name: 'RSASSA-PKCS1-v1_5' };
  return (await crypto.subtle.verify(how, key, raw, signed)) ? data.signCount : null;
}

/** Whether the browser says that it did this ceremony, on a page of ours and in no frame of others. */
function isCeremony({ origin }: Site, type: string, clientDataJSON: string): boolean {
  const data = readClientData(clientDataJSON);
  return data?.type === type && data.origin === origin && data.crossOrigin !== true;
}

function readClientData(text: string): z.infer<typeof clientData> | null {
  const bytes = fromBase64url(text);
  if (!bytes) return null;
  try {
    return clientData.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}

/** Authenticator data (6.1) for our host, of a user who was there and verified; null otherwise. */
async function readAuthenticatorData({ origin }: Site, text: string) {
  const bytes = fromBase64url(text);
  if (!bytes || bytes.length < 37) return null;
  const host = new TextEncoder().encode(new URL(origin).hostname);
  const hostHash = new Uint8Array(await crypto.subtle.digest('SHA-256', host));
  if (!hostHash.every((byte, index) => byte === bytes[index])) return null;
  const flags = bytes[32] ?? 0;
  if ((flags & USER_PRESENT) === 0 || (flags & USER_VERIFIED) === 0) return null;
  const signCount = new DataView(bytes.buffer, bytes.byteOffset).getUint32(33);
  return { bytes, flags, signCount };
}

/** The key of an algorithm that is taken; null for any other, for a weak one, and for no key. */
async function importKey(spki: string, algorithm: number): Promise<CryptoKey | null> {
  const bytes = fromBase64url(spki);
  if (!bytes) return null;
  try {
    if (algorithm === -7) {
      const curve = { name: 'ECDSA', namedCurve: 'P-256' };
      return await crypto.subtle.importKey('spki', bytes, curve, false, ['verify']);
    }
    if (algorithm !== -257) return null;
    const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('spki', bytes, rsa, false, ['verify']);
    const bits = z.object({ modulusLength: z.number() }).parse(key.algorithm).modulusLength;
    return bits >= MIN_RSA_BITS ? key : null;
  } catch {
    return null;
  }
}

/**
 * An ECDSA signature as WebCrypto takes it, r and s of 32 bytes each, from the DER of WebAuthn: a
 * sequence (0x30) of two integers (0x02), with a zero before those that would be negative.
 */
function rawSignature(der: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const raw = new Uint8Array(64);
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return null;
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1] ?? 0;
    if (der[at] !== 0x02 || length === 0 || length > 33) return null;
    let value = der.subarray(at + 2, at + 2 + length);
    if (value.length !== length) return null;
    if (value.length === 33) {
      if (value[0] !== 0) return null;
      value = value.subarray(1);
    }
    raw.set(value, end - value.length);
    at += 2 + length;
  }
  return at === der.length ? raw : null;
}

export function toBase64url(bytes: Uint8Array): string {
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]+$/.test(text)) return null;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
