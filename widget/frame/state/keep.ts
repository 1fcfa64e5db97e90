/**
 * What was typed and not sent, kept across a reload (P9). The frame's storage may be denied, in
 * which case it lives as long as the page.
 */
const fallback = new Map<string, string>();

export function kept(name: string): string {
  try {
    return localStorage.getItem(`foyer:${name}`) ?? fallback.get(name) ?? '';
  } catch {
    return fallback.get(name) ?? '';
  }
}

/** Keeps a text, or forgets it when it is empty. */
export function keep(name: string, text: string): void {
  fallback.set(name, text);
  try {
    if (text) localStorage.setItem(`foyer:${name}`, text);
    else localStorage.removeItem(`foyer:${name}`);
  } catch {
    // Denied or full: the map has it.
  }
}
