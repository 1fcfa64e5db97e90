/** Milliseconds that a tab has to open its session before the next tab may. */
const TURN_MS = 5_000;

/** Milliseconds after which a value that another tab stored can be read here. */
export const SETTLED_MS = 100;

/**
 * Waits until no other tab of this site is creating a visitor, so that several tabs that a new visitor
 * opens at once become one visitor with one conversation.
 *
 * @returns a function that ends the turn; it ends by itself after 5 s
 */
export function takeTurn(name: string): Promise<() => void> {
  return new Promise((resolve) => {
    const hold = () =>
      new Promise<void>((release) => {
        resolve(release);
        setTimeout(release, TURN_MS);
      });
    try {
      navigator.locks
        .request(name, { signal: AbortSignal.timeout(TURN_MS) }, hold)
        .catch(() => resolve(() => {}));
    } catch {
      // A page without HTTPS has no locks.
      resolve(claim(`${name}:turn`));
    }
  });
}

/**
 * The same by a note in the page's storage, with the end of the turn and a number for the tab. Of tabs
 * that write at once the last one gets the turn. Without storage it is our turn at once.
 */
async function claim(name: string): Promise<() => void> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  try {
    const isTaken = () => Number.parseInt(localStorage.getItem(name) ?? '', 10) > Date.now();
    if (!isTaken()) {
      const note = `${Date.now() + TURN_MS} ${Math.random()}`;
      localStorage.setItem(name, note);
      await pause();
      if (localStorage.getItem(name) === note) return () => localStorage.removeItem(name);
    }
    // Never longer than a turn, also where a clock was set back.
    for (let waited = 0; waited < TURN_MS && isTaken(); waited += SETTLED_MS) await pause();
  } catch {
    // Denied.
  }
  return () => {};
}
