import { parse } from 'hono/utils/cookie';
import { agentCookies } from '../../../auth/agents-session.ts';
import { isSigned, readLink, signLink } from '../../../auth/signed.ts';

/**
 * A browser in which an account was opened before. Its tries are counted apart, so that somebody who
 * guesses at the account from elsewhere, and so keeps its brake on, does not shut its owner out
 * (OWASP calls it a device cookie). It opens nothing, and is worth nothing for
 * another account, one that names the same address included.
 */

/** Seconds for which a browser is known: the longest that browsers keep a cookie (RFC 6265bis, 5.5). */
const KNOWN_SECONDS = 400 * 24 * 60 * 60;

type Access = { secret: string; origin: string };

const cookieName = (access: Access) => `${agentCookies(access).prefix}.browser`;

/** The browser that sends a request, and the account that was opened in it last; null elsewhere. */
export async function knownBrowser(
  access: Access,
  headers: Headers,
): Promise<{ id: string; userId: string } | null> {
  const name = cookieName(access);
  const token = parse(headers.get('cookie') ?? '', name)[name];
  const link = token ? readLink(token) : null;
  const [id, userId, until] = link?.parts ?? [];
  if (!link || !id || !userId || !(Number(until) > Date.now())) return null;
  return (await isSigned(access.secret, 'browser', link)) ? { id, userId } : null;
}

/** The cookie by which a browser is known to an account from now on. */
export async function knownBrowserCookie(access: Access, userId: string): Promise<string> {
  const until = `${Date.now() + KNOWN_SECONDS * 1000}`;
  const token = await signLink(access.secret, 'browser', [crypto.randomUUID(), userId, until]);
  const secure = agentCookies(access).secure ? '; Secure' : '';
  return `${cookieName(access)}=${token}; Path=/; Max-Age=${KNOWN_SECONDS}; HttpOnly; SameSite=Lax${secure}`;
}
