/**
 * What the tabs of one browser agree on. A Web Lock ends with the tab that holds it, however that
 * ends, so that nothing has to be kept alive or cleaned up.
 */

/** The part of the browser's lock manager that is used; null where there is none. */
export type Locks = Pick<LockManager, 'request' | 'query'> | null;

/** Holds a lock once it can be had, and says so; what comes back lets it go. */
export function holdLock(
  locks: Locks,
  name: string,
  mode: LockMode,
  onHeld: () => void = () => undefined,
): () => void {
  const waiting = new AbortController();
  let release = () => {};
  const released = new Promise<void>((done) => {
    release = done;
  });
  if (locks === null) {
    onHeld();
    return release;
  }
  const hold = () => {
    onHeld();
    return released;
  };
  // It rejects when it is let go before it was held.
  locks.request(name, { mode, signal: waiting.signal }, hold).catch(() => undefined);
  return () => {
    waiting.abort();
    release();
  };
}

/** The names of all that is held in any tab. */
export async function heldLockNames(locks: Locks): Promise<Set<string>> {
  const { held = [] } = (await locks?.query()) ?? {};
  return new Set(held.map(({ name }) => name ?? ''));
}
