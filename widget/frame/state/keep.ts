/**
 * Stores texts that were typed and not sent, so that they survive a reload (P9). Where the frame's
 * storage is denied, they last until the page is closed.
 */
const fallback = new Map<string, string>();

export function kept(name: string): string {
  try {
    return localStorage.getItem(`foyer:${name}`) ?? fallback.get(name) ?? '';
  } catch {
    return fallback.get(name) ?? '';
  }
}

/** Stores a text, or deletes it when it is empty. */
export function keep(name: string, text: string): void {
  fallback.set(name, text);
  try {
    if (text) localStorage.setItem(`foyer:${name}`, text);
    else localStorage.removeItem(`foyer:${name}`);
  } catch {
    // Denied or full; the map has the text.
  }
}
