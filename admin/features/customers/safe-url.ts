/**
 * The address when it is one that a link may open, else null. What a visitor's page reports is
 * untrusted: `javascript:` and its kin must never become a link.
 */
export function safeUrl(value: string | null): URL | null {
  if (!value || !URL.canParse(value)) return null;
  const url = new URL(value);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : null;
}
