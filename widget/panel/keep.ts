/**
 * The visitor token in the page's first-party storage; where that is full or denied, in memory for
 * the page's life.
 */
export function createKeep(key: string) {
  const name = `foyer:${key}`;
  /** What the storage would not take. */
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
    write(added: string): void {
      token = added;
      try {
        localStorage.setItem(name, added);
        // Some refuse without a word.
        if (localStorage.getItem(name) === added) token = null;
      } catch {
        // Denied or full; the chat works all the same.
      }
    },
  };
}
