import { request } from '../../../protocol/client/http.ts';
import { api, call } from '../../api/http.ts';

/** The calls for signing in. They load with the sign-in pages only. */

// Routes below /api/auth belong to better-auth. The API's type does not describe them.

/**
 * Sets the session's cookie, or says that a two-step code is needed. 401 for wrong credentials, 429
 * after too many attempts.
 */
export async function signIn(
  email: string,
  password: string,
): Promise<'signed-in' | 'second-factor'> {
  const body = { email, password };
  const answer: unknown = await request('/api/auth/sign-in/email', { method: 'POST', body });
  const needsCode = typeof answer === 'object' && answer !== null && 'second_factor' in answer;
  return needsCode ? 'second-factor' : 'signed-in';
}

/** The second step of signing in: a code from an app, or a backup code. 401 for a wrong one. */
export async function verifyCode(code: string): Promise<void> {
  const kind = /^\d{6}$/.test(code) ? 'verify-totp' : 'verify-backup-code';
  await request(`/api/auth/two-factor/${kind}`, { method: 'POST', body: { code } });
}

/** E-mails a sign-in link if the address has an account. Returns for how many minutes it works. */
export async function sendSignInLink(email: string): Promise<number> {
  const { minutes } = await call((options) =>
    api.auth.link.send.$post({ json: { email } }, options),
  );
  return minutes;
}

/** Signs in with such a link, or says that a two-step code is needed. 404 for an expired link. */
export async function followSignInLink(token: string): Promise<'signed-in' | 'second-factor'> {
  const { second_factor } = await call((options) =>
    api.auth.link['sign-in'].$post({ json: { token } }, options),
  );
  return second_factor ? 'second-factor' : 'signed-in';
}
