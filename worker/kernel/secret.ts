/** Characters; 32 random bytes in hex or base64 have more. */
export const MIN_SECRET_LENGTH = 32;

/** Whether a text is a secret that tokens, cookies and links can be signed with. */
export function isSecret(text: unknown): text is string {
  return typeof text === 'string' && text.length >= MIN_SECRET_LENGTH;
}

/**
 * The bytes of a key for one purpose, so that nothing that is signed for one passes for another. Every
 * key is made here: one of no secret, or of a short one, would be known to everybody.
 *
 * @throws Error where the text is no secret
 */
export function keyBytes(secret: unknown, purpose: string): ReturnType<TextEncoder['encode']> {
  return new TextEncoder().encode(keyText(secret, purpose));
}

/** The same as a text. */
export function keyText(secret: unknown, purpose: string): string {
  if (isSecret(secret)) return `${secret}:${purpose}`;
  throw new Error(`FOYER_SECRET must have at least ${MIN_SECRET_LENGTH} characters`);
}
