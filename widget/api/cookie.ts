import type { WidgetOptions } from '../loader/widget.ts';
import { warn } from './warn.ts';

/**
 * One visitor on all subdomains: a first-party cookie on the domain that the embed names
 * (`data-cookie-domain`). Written when the visitor has opened the widget, and never before (P1).
 */

type Options = Pick<WidgetOptions, 'key' | 'cookieDomain'>;

/** Seconds; as long as the visitor token lives. */
const A_YEAR = 365 * 24 * 60 * 60;

const nameOf = ({ key }: Options) => `foyer_${key}`;

/** The visitor whom another subdomain knows already. */
export function readCookie(options: Options): { visitorToken?: string } {
  if (!options.cookieDomain) return {};
  try {
    const start = `${nameOf(options)}=`;
    const found = document.cookie.split('; ').find((pair) => pair.startsWith(start));
    if (found) {
      const visitorToken = found.slice(start.length);
      // Safari lets a script's cookie live for seven days at most.
      writeCookie(options, visitorToken);
      return { visitorToken };
    }
    // Known on this subdomain before the embed named a domain.
    const known = localStorage.getItem(`foyer:${options.key}`);
    if (known) writeCookie(options, known);
    return {};
  } catch {
    // A sandboxed page has no cookies, another no storage.
    return {};
  }
}

/** Keeps the visitor; without a token, forgets them. */
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
    // A sandboxed page has none.
  }
}
