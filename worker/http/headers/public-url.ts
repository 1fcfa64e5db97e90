import type { Env } from '../../env.ts';

/**
 * Foyer's own address. Whoever sends a request writes its Host header, and whoever can have a mail
 * sent would choose where its link leads: so links in mails begin with FOYER_PUBLIC_URL and with
 * nothing else. On a loopback address, where nobody else is, the request's own origin will do.
 */

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** The configured origin, as `https://chat.example.com`; null without one, or where it is not right. */
export function configuredOrigin({ FOYER_PUBLIC_URL: text }: Env): string | null {
  if (!text || !URL.canParse(text)) return null;
  const { protocol, hostname, origin, pathname, search, hash, username, password } = new URL(text);
  if (pathname !== '/' || search || hash || username || password) return null;
  const safe = protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
  return safe ? origin : null;
}

/** Whether a request came to this machine itself, where nobody else is. */
export function isLoopback(request: Request): boolean {
  return LOOPBACK.test(new URL(request.url).hostname);
}

/** The origin that mailed links begin with; null where none is known, and no link may be mailed. */
export function publicOrigin(env: Env, request: Request): string | null {
  if (env.FOYER_PUBLIC_URL) return configuredOrigin(env);
  return isLoopback(request) ? new URL(request.url).origin : null;
}

/** The origin that our own pages come from, which requests of the dashboard must bear. */
export function dashboardOrigin(env: Env, request: Request): string {
  return configuredOrigin(env) ?? new URL(request.url).origin;
}

/**
 * A link for whoever is signed in, who reads it on our own page: whole where the address is known,
 * else the path, which a page resolves against its own address.
 *
 * @param path begins with a slash
 */
export function linkFor(env: Env, request: Request, path: string): string {
  return `${publicOrigin(env, request) ?? ''}${path}`;
}
