const name = (key: string) => `foyer:${key}`;

/** The visitor token kept in this page's storage, null where there is none or storage is denied. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(name(key));
  } catch {
    return null;
  }
}

/** Keeps the visitor token, if storage lets it: without it the next visit is a new visitor's. */
export function remember(key: string, visitorToken: string): void {
  try {
    localStorage.setItem(name(key), visitorToken);
  } catch {
    // Denied or full; the chat works all the same.
  }
}
