import { request } from '../../../protocol/client/http.ts';
import { api, call } from '../../api/http.ts';

/** Signing in: nobody who is signed in needs it. */

// What is below /api/auth is better-auth's: one route of ours, of which the API's type knows no more.

/**
 * Sets the session's cookie, or says that the account asks for a code first. 401 for a wrong pair,
 * 429 after too many attempts.
 */
export async function signIn(
  email: string,
  password: string,
): Promise<'signed-in' | 'second-factor'> {
  const body = { email, password };
  const answer: unknown = await request('/api/auth/sign-in/email', { method: 'POST', body });
  const asked = typeof answer === 'object' && answer !== null && 'second_factor' in answer;
  return asked ? 'second-factor' : 'signed-in';
}

/** The second step of signing in: an app's six digits, or a backup code. 401 for a wrong one. */
export async function verifyCode(code: string): Promise<void> {
  const kind = /^\d{6}$/.test(code) ? 'verify-totp' : 'verify-backup-code';
  await request(`/api/auth/two-factor/${kind}`, { method: 'POST', body: { code } });
}

/** Mails a link that signs in, where the address has an account; answers for how many minutes it works. */
export async function sendSignInLink(email: string): Promise<number> {
  const { minutes } = await call((options) =>
    api.auth.link.send.$post({ json: { email } }, options),
  );
  return minutes;
}

/** Signs in with such a link, or says that a code must follow. 404 for one that works no longer. */
export async function followSignInLink(token: string): Promise<'signed-in' | 'second-factor'> {
  const { second_factor } = await call((options) =>
    api.auth.link['sign-in'].$post({ json: { token } }, options),
  );
  return second_factor ? 'second-factor' : 'signed-in';
}
