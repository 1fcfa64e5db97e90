import type { LogReason } from '../../kernel/log/log-fields.ts';

/**
 * Whether a widget may be used where the request says it is.
 *
 * @param allowed the organization's origins; empty allows any
 * @param own Foyer's own origin, which the frame's requests come from
 * @param claims where the page is, as the frame says and as the browser says; addresses or origins
 */
export function isAllowedOrigin(
  allowed: readonly string[],
  own: string,
  claims: readonly (string | null | undefined)[],
): boolean {
  if (allowed.length === 0) return true;
  const [claimed, ...sent] = claims.map((claim) => toOrigin(claim));
  if (claimed === null || claimed === undefined || !allowed.includes(claimed)) return false;
  return sent.every((origin) => origin === null || origin === own || allowed.includes(origin));
}

/**
 * An origin as somebody typed it, the way browsers write it; null for what is none: a path, a
 * wildcard, another scheme. It goes into a content security policy, so that a host with a character
 * that means something there is none either, whatever URLs allow.
 */
export function readOrigin(text: string): string | null {
  const address = text.trim();
  if (!URL.canParse(address)) return null;
  const { origin, pathname, search, hash, username, password } = new URL(address);
  if (pathname !== '/' || search || hash || username || password) return null;
  return /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?$/.test(origin) ? origin : null;
}

/** The origin of an address; null for what has none. */
export function toOrigin(address: string | null | undefined): string | null {
  if (!address || !URL.canParse(address)) return null;
  const { origin } = new URL(address);
  return origin === 'null' ? null : origin;
}

/**
 * What an origin that was refused lacks beside the nearest one that is allowed: enough to mend the
 * list by, and not which website it is, which the log does not hold.
 */
export function differenceFrom(
  allowed: readonly string[],
  claims: readonly (string | null | undefined)[],
): LogReason {
  const claimed = claims.map((claim) => toOrigin(claim)).find((origin) => origin !== null);
  if (claimed === undefined) return 'no_origin';
  const { protocol, hostname, port } = new URL(claimed);
  const near = allowed.filter((origin) => URL.canParse(origin)).map((origin) => new URL(origin));
  const same = near.filter((entry) => entry.hostname === hostname);
  if (same.some((entry) => entry.protocol !== protocol)) return 'other_scheme';
  if (same.some((entry) => entry.port !== port)) return 'other_port';
  const isBelow = (a: string, b: string) => a.endsWith(`.${b}`);
  const related = near.some(
    (entry) => isBelow(hostname, entry.hostname) || isBelow(entry.hostname, hostname),
  );
  return related ? 'other_subdomain' : 'not_listed';
}
