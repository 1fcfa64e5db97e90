/** Writes one of our errors to the console. The page never sees it otherwise. */
export function tellError(error: unknown): undefined {
  console.warn('Foyer:', error);
}

/** Wraps a function so that its errors go to the console and not to the page. */
export function quietly<Args extends unknown[]>(
  work: (...args: Args) => void,
): (...args: Args) => void {
  return (...args) => {
    try {
      work(...args);
    } catch (error) {
      tellError(error);
    }
  };
}
