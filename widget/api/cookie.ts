import type { WidgetOptions } from '../loader/widget.ts';
import { warn } from './warn.ts';

/**
 * One visitor on all subdomains: a first-party cookie on the domain in `data-cookie-domain`. It is
 * written when the visitor opens the widget, and never before (P1).
 */

type Options = Pick<WidgetOptions, 'key' | 'cookieDomain'>;

/** Seconds; the lifetime of the visitor token. */
const A_YEAR = 365 * 24 * 60 * 60;

const nameOf = ({ key }: Options) => `foyer_${key}`;

/** The visitor token of another subdomain, if there is one. */
export function readCookie(options: Options): { visitorToken?: string } {
  if (!options.cookieDomain) return {};
  try {
    const start = `${nameOf(options)}=`;
    const cookie = document.cookie.split('; ').find((pair) => pair.startsWith(start));
    if (cookie) {
      const visitorToken = cookie.slice(start.length);
      // Safari lets a script's cookie live for seven days at most.
      writeCookie(options, visitorToken);
      return { visitorToken };
    }
    // The visitor was here before the embed named a domain.
    const token = localStorage.getItem(`foyer:${options.key}`);
    if (token) writeCookie(options, token);
    return {};
  } catch {
    // A sandboxed page has no cookies, or the storage is denied.
    return {};
  }
}

/** Stores the visitor token; without one, deletes the cookie. */
export function writeCookie(options: Options, visitorToken?: string): void {
  const { cookieDomain } = options;
  if (!cookieDomain) return;
  if (!/^[a-z\d.-]+$/i.test(cookieDomain)) {
    warn(`data-cookie-domain is no domain: ${cookieDomain}`);
    return;
  }
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  const age = visitorToken ? A_YEAR : 0;
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = `${nameOf(options)}=${visitorToken ?? ''}; Domain=${cookieDomain}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
  } catch {
    // A sandboxed page has no cookies.
  }
}
