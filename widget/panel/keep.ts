/**
 * Stores the visitor token in the page's first-party storage. Where that is full or denied, it stays
 * in memory until the page is closed.
 */
export function createKeep(key: string) {
  const name = `foyer:${key}`;
  /** The token, where the storage did not take it. */
  let token: string | null = null;

  function read(): string | null {
    if (token) return token;
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  return {
    read,
    write(newToken: string): void {
      token = newToken;
      try {
        localStorage.setItem(name, newToken);
        // Some browsers refuse without an error.
        if (localStorage.getItem(name) === newToken) token = null;
      } catch {
        // Denied or full; the chat works all the same.
      }
    },
  };
}
