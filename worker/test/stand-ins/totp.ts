/** An authenticator app: the codes of RFC 6238, as they are read from its QR code's address. */

/** Seconds for which a code holds, by the RFC. */
const STEP = 30;

/**
 * @param uri `otpauth://totp/…?secret=…`
 * @param at milliseconds since the epoch
 */
export async function totpCode(uri: string, at = Date.now()): Promise<string> {
  const secret = fromBase32(new URL(uri).searchParams.get('secret') ?? '');
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(at / 1_000 / STEP)));
  const hmac = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', secret, hmac, false, ['sign']);
  const mac = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  const offset = mac.getUint8(mac.byteLength - 1) & 0xf;
  return `${(mac.getUint32(offset) & 0x7fffffff) % 1_000_000}`.padStart(6, '0');
}

/** RFC 4648, 6. */
function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(text.replaceAll('=', ''), (character) =>
    alphabet.indexOf(character).toString(2).padStart(5, '0'),
  ).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
