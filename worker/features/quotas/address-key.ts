import type { Env } from '../../env.ts';
import { addressOf } from '../../http/context.ts';
import { networkOf } from '../../kernel/ip.ts';
import { keyBytes } from '../../kernel/secret.ts';
import { isTrusted, quotasOf } from './quotas.ts';

/** Bytes of the hash that are kept: enough that two addresses do not share one by accident. */
const LENGTH = 9;

/**
 * The name by which an organization's object counts the address of a request: a keyed hash, so that
 * no object holds an address, and each organization knows another one. Undefined for an address that
 * the operator trusts: it is not counted.
 */
export async function addressKey(
  env: Env,
  organizationId: string,
  request: Request,
): Promise<string | undefined> {
  const address = addressOf(request);
  if (isTrusted(quotasOf(env), address)) return undefined;
  const text = new TextEncoder().encode(`${organizationId}/${networkOf(address)}`);
  const mac = await crypto.subtle.sign('HMAC', await keyOf(env.FOYER_SECRET), text);
  return btoa(String.fromCharCode(...new Uint8Array(mac).subarray(0, LENGTH)));
}

/** The key of the secret, imported once per isolate. */
let imported: { secret: string; key: Promise<CryptoKey> } | undefined;

function keyOf(secret: string): Promise<CryptoKey> {
  if (imported?.secret !== secret) {
    const bytes = keyBytes(secret, 'addresses');
    const algorithm = { name: 'HMAC', hash: 'SHA-256' };
    imported = { secret, key: crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign']) };
  }
  return imported.key;
}
