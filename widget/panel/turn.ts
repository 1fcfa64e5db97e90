/** Milliseconds for one tab to open its session, after which the next goes ahead. */
const TURN_MS = 5_000;

/** Milliseconds after which what another tab wrote can be read here. */
export const SETTLED_MS = 100;

/**
 * Waits until no other tab of this site is making a visitor, so that tabs which a new visitor opens
 * at once are one visitor, in one conversation.
 *
 * @returns ends the turn; it ends by itself after 5 s
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
 * The same by a note in the page's storage: until when the turn lasts, and whose it is. Of tabs that
 * write at once the last one has it. Where there is no storage, it is our turn at once.
 */
async function claim(name: string): Promise<() => void> {
  const pause = () => new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
  try {
    const isTaken = () => Number.parseInt(localStorage.getItem(name) ?? '', 10) > Date.now();
    if (!isTaken()) {
      const mine = `${Date.now() + TURN_MS} ${Math.random()}`;
      localStorage.setItem(name, mine);
      await pause();
      if (localStorage.getItem(name) === mine) return () => localStorage.removeItem(name);
    }
    // Never longer than a turn, whatever a clock that was set back makes of the note.
    for (let waited = 0; waited < TURN_MS && isTaken(); waited += SETTLED_MS) await pause();
  } catch {
    // Denied.
  }
  return () => {};
}
