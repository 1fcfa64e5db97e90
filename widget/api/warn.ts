/** What a page did wrong is told to whoever looks at its console, and never thrown at it. */
export function warn(text: string): void {
  console.warn(`Foyer: ${text}`);
}
