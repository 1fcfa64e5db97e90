/** Writes a page's mistake to the console. Commands never throw. */
export function warn(text: string): void {
  console.warn(`Foyer: ${text}`);
}
