/** An error of ours is ours: it is told on the console and stays there. */
export function tellError(error: unknown): undefined {
  console.warn('Foyer:', error);
}

/** The same work, without errors for the page. */
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
