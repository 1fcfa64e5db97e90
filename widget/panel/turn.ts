/** Milliseconds for one tab to open its session, after which the next goes ahead. */
const TURN_MS = 5_000;

/**
 * Waits until no other tab of this site is making a visitor, so that tabs which a new visitor opens
 * at once are one visitor, in one conversation. Without locks (a page without HTTPS) it is our turn
 * at once.
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
    const alone = () => resolve(() => {});
    try {
      navigator.locks.request(name, { signal: AbortSignal.timeout(TURN_MS) }, hold).catch(alone);
    } catch {
      alone();
    }
  });
}
