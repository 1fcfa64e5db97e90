/** Milliseconds after which a revocation is forgotten: no request takes so long to open a socket. */
const KEPT = 10 * 60_000;

/**
 * Whose sessions, role or departments changed lately, in memory alone: what a socket that opens
 * meanwhile must know.
 *
 * Invariant: in the last `untouched` milliseconds before a call, no revocation of the agent was heard
 * here. What came before this object was made is not known, and never counted as quiet.
 */
export class Revocations {
  readonly #since: number;
  readonly #last = new Map<string, number>();

  /** @param now milliseconds since 1970, as everywhere here */
  constructor(now: number) {
    this.#since = now;
  }

  note(userId: string, now: number): void {
    for (const [id, at] of this.#last) if (at < now - KEPT) this.#last.delete(id);
    this.#last.set(userId, now);
  }

  /** Milliseconds for which nothing of the agent's was revoked. */
  untouched(userId: string, now: number): number {
    return Math.min(KEPT, now - Math.max(this.#since, this.#last.get(userId) ?? 0));
  }
}
