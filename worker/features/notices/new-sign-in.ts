import type { Context } from 'hono';
import { handleAgentAuth } from '../../auth/agent-auth.ts';
import { agentCookies } from '../../auth/agents-session.ts';
import { authDeps } from '../../auth/deps.ts';
import type { Env } from '../../env.ts';
import { knownBrowser, knownBrowserCookie } from '../accounts/guesses/known-browser.ts';
import { tellPerson } from './notices.ts';

/**
 * Answers `/api/auth/*`, and tells people of a sign-in to their account in a browser that it was not
 * opened in before. It is decided where the session begins, since whoever stole a password need not
 * load the dashboard.
 */
export async function authenticate(context: Context<{ Bindings: Env }>): Promise<Response> {
  let started: string | null = null;
  const deps = {
    ...authDeps(context),
    onSessionStarted: (userId: string) => {
      started = userId;
    },
  };
  const response = await handleAgentAuth(context.req.raw, deps);
  // With a second factor the password alone begins a session that ends at once: no cookie is set.
  if (started !== null && setsSession(response, agentCookies(deps).name)) {
    const cookie = await meetBrowser(context, started);
    if (cookie) response.headers.append('set-cookie', cookie);
  }
  return response;
}

/**
 * Tells somebody of a sign-in in a browser that their account was not opened in before.
 *
 * @returns the cookie by which the browser is known from now on; null where it was known
 */
export async function meetBrowser(
  context: Context<{ Bindings: Env }>,
  userId: string,
): Promise<string | null> {
  const access = authDeps(context);
  const browser = await knownBrowser(access, context.req.raw.headers);
  if (browser?.userId === userId) return null;
  tellPerson(context, userId, { kind: 'signed_in', at: new Date() });
  return knownBrowserCookie(access, userId);
}

/** Whether a response gives its browser a session, and does not take one away. */
function setsSession(response: Response, name: string): boolean {
  return response.headers
    .getSetCookie()
    .some((cookie) => cookie.startsWith(`${name}=`) && !/^[^=]+=;|Max-Age=0/i.test(cookie));
}
