/** Where the router is mounted; its own paths start below. */
const BASE = '/admin';

/** The sign-in page that leads back to where somebody was, given the location's path and query. */
export function signInPath(pathname: string, search: string): string {
  const path = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : pathname;
  return path.length > 1 ? `/sign-in?return=${encodeURIComponent(path + search)}` : '/sign-in';
}

/** Where to go after signing in; an address that leads elsewhere than into the dashboard counts as none. */
export function returnPath(value: unknown): string {
  const usual = '/inbox/unassigned';
  if (typeof value !== 'string' || !/^\/[^/\\]/.test(value)) return usual;
  return value.startsWith('/sign-in') || value.startsWith('/setup') ? usual : value;
}
