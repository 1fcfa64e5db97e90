/**
 * The URL if it is an http(s) address, else null. URLs from visitors' pages are untrusted:
 * `javascript:` and similar must never become a link.
 */
export function safeUrl(value: string | null): URL | null {
  if (!value || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}
