/** The base path of the router. */
const BASE = '/admin';

/** The URL of the sign-in page that returns to the given path and query. */
export function signInPath(pathname: string, search: string): string {
  const path = pathname.startsWith(BASE) ? pathname.slice(BASE.length) : pathname;
  return path.length > 1 ? `/sign-in?return=${encodeURIComponent(path + search)}` : '/sign-in';
}

/** The path to open after signing in. A URL outside of the dashboard is ignored. */
export function returnPath(value: unknown): string {
  const usual = '/inbox/unassigned';
  if (typeof value !== 'string' || !/^\/[^/\\]/.test(value)) return usual;
  return value.startsWith('/sign-in') || value.startsWith('/setup') ? usual : value;
}
