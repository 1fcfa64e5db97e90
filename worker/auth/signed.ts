import { keyBytes } from '../kernel/secret.ts';

/**
 * Links that prove who they were given to: what they are about, and a signature over it. Nothing is
 * stored for them; each purpose has a key of its own, so that none passes for another.
 */
export type Purpose =
  /** An invitation that the dashboard showed: proves nothing about who opens it. */
  | 'invitation'
  /** An invitation that was mailed to the invited address, and shown to nobody else. */
  | 'mailed_invitation'
  | 'password'
  | 'address'
  /** A browser in which an account was opened (features/accounts/guesses/known-browser.ts). */
  | 'browser'
  /** Challenges that a passkey answers (features/passkeys/challenges.ts). */
  | 'passkey_sign_in'
  | 'passkey_registration'
  /** A link that signs in (features/sign-in-links). */
  | 'sign_in';

/**
 * @param parts what the link says openly: ids and numbers, without dots
 * @param bound what must still be so when the link is used, such as the password it replaces
 */
export async function signLink(
  secret: string,
  purpose: Purpose,
  parts: readonly string[],
  bound = '',
): Promise<string> {
  return [...parts, await mac(secret, purpose, parts, bound)].join('.');
}

/** What a link says; null for one that was not made by `signLink`. Whether it holds, `isSigned` says. */
export function readLink(token: string): { parts: string[]; signature: string } | null {
  const parts = token.split('.');
  const signature = parts.pop();
  return signature && parts.length > 0 ? { parts, signature } : null;
}

export async function isSigned(
  secret: string,
  purpose: Purpose,
  { parts, signature }: { parts: readonly string[]; signature: string },
  bound = '',
): Promise<boolean> {
  const digest = (text: string) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const expected = await mac(secret, purpose, parts, bound);
  return crypto.subtle.timingSafeEqual(await digest(signature), await digest(expected));
}

async function mac(secret: string, purpose: Purpose, parts: readonly string[], bound: string) {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey(
    'raw',
    keyBytes(secret, `link:${purpose}`),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const text = JSON.stringify([parts, bound]);
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
