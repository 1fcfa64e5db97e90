/** Characters; 32 random bytes in hex or base64 have more. */
export const MIN_SECRET_LENGTH = 32;

/** Whether a text is a secret that tokens, cookies and links can be signed with. */
export function isSecret(text: unknown): text is string {
  return typeof text === 'string' && text.length >= MIN_SECRET_LENGTH;
}
