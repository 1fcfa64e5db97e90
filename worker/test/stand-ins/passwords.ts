/**
 * In the Worker tests this stands in for better-auth's hashing of passwords (vitest.config.ts). A hash looks
 * like a real one, but takes no time: those take 57 ms each, by design, and the tests make and compare
 * thousands. The browser tests sign in with real ones.
 */

export async function hashPassword(password: string): Promise<string> {
  const salt = hex(crypto.getRandomValues(new Uint8Array(16)));
  return `${salt}:${await derived(password, salt)}`;
}

/** @throws Error where the hash has another form, as the real one does */
export async function verifyPassword(hash: string, password: string): Promise<boolean> {
  const [salt, key] = hash.split(':');
  if (!salt || !key) throw new Error('Invalid password hash');
  return (await derived(password, salt)) === key;
}

/** 64 bytes, as scrypt is asked for. */
async function derived(password: string, salt: string): Promise<string> {
  const bytes = new TextEncoder().encode(`${salt}:${password.normalize('NFKC')}`);
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-512', bytes)));
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
