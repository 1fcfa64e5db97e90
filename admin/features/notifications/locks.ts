/**
 * Web Locks coordinate the tabs of one browser. A lock ends with its tab, even if that crashes, so
 * nothing needs to be refreshed or cleaned up.
 */

/** The used part of the browser's lock manager; null if there is none. */
export type Locks = Pick<LockManager, 'request' | 'query'> | null;

/** Requests a lock and calls `onHeld` once it is held. Returns a function that releases it. */
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
  // It rejects if it is released before it was held.
  locks.request(name, { mode, signal: waiting.signal }, hold).catch(() => undefined);
  return () => {
    waiting.abort();
    release();
  };
}

/** The names of all locks held in any tab. */
export async function heldLockNames(locks: Locks): Promise<Set<string>> {
  const { held = [] } = (await locks?.query()) ?? {};
  return new Set(held.map(({ name }) => name ?? ''));
}
