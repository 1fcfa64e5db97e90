import { symmetricDecrypt } from 'better-auth/crypto';
import type { Database } from '../../database/database.ts';
import { useStep } from './store.ts';

/** Seconds for which an authenticator app shows a code (RFC 6238, 4.1). */
const STEP = 30;

/**
 * Whether a code is right, and used for the first time; afterwards it is used up (RFC 6238, 5.2). The
 * step that is over counts still, for the time that it takes to type; the next one does not, so that
 * nobody can use a code that was not shown yet.
 *
 * @param secret the second factor's, as better-auth encrypts it
 * @param key what better-auth encrypts with
 */
export async function useCode(
  db: Database,
  { secret, key, code }: { secret: string; key: string; code: string },
  now: number,
): Promise<boolean> {
  const plain = await symmetricDecrypt({ key, data: secret });
  const current = Math.floor(now / 1000 / STEP);
  for (const step of [current, current - 1]) {
    if (isSame(code, await codeOf(plain, step))) return useStep(db, secret, step);
  }
  return false;
}

/** The six digits of a step (RFC 4226, 5.3), as better-auth makes them of its secret. */
async function codeOf(secret: string, step: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const hmac = { name: 'HMAC', hash: 'SHA-1' };
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey('raw', bytes, hmac, false, ['sign']);
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const offset = mac.getUint8(mac.byteLength - 1) & 0xf;
  return `${(mac.getUint32(offset) & 0x7fffffff) % 1_000_000}`.padStart(6, '0');
}

/** Compares two codes in a time that does not depend on where they differ. */
function isSame(entered: string, expected: string): boolean {
  const encoder = new TextEncoder();
  const [a, b] = [encoder.encode(entered), encoder.encode(expected)];
  return a.byteLength === b.byteLength && crypto.subtle.timingSafeEqual(a, b);
}
