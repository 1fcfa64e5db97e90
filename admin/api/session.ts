import { request } from '../../protocol/client/http.ts';
import type { MemberRole } from '../../protocol/resources.ts';
import { ask } from './http.ts';

/** Who is signed in, and for which organization. */
export type Me = {
  user: { id: string; name: string; email: string };
  organization: { id: string; name: string; slug: string };
  role: MemberRole;
};

export function getMe(): Promise<Me> {
  return ask('me');
}

/** Sets the session's cookie. 401 for a wrong pair, 429 after too many attempts. */
export async function signIn(email: string, password: string): Promise<void> {
  await request('/api/auth/sign-in/email', { method: 'POST', body: { email, password } });
}

export async function signOut(): Promise<void> {
  await request('/api/auth/sign-out', { method: 'POST', body: {} });
}

export type Setup = {
  code: string;
  organization: { name: string; slug: string };
  owner: { name: string; email: string; password: string };
};

/** Makes the first organization and its owner; the refusal's fields are named `owner.email`. */
export async function setUp(setup: Setup): Promise<void> {
  await request('/api/setup', { method: 'POST', body: setup });
}
