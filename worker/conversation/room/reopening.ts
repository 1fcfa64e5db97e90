import type { Principal } from '../../auth/principal.ts';
import { FoyerError } from '../../kernel/errors.ts';
import type { Journal } from './journal.ts';

/**
 * How a visitor's message reopens a conversation that closed by itself, where the organization wants
 * that (the state's `reopens`).
 *
 * A visitor has one open conversation in a department, which the database's unique index knows. So
 * its place is held there first, as when an agent reopens one. Whether it is still closed is looked at
 * again once that is answered.
 */
export class Reopening {
  readonly #journal: Journal;
  /** What the database answered about the place, and the closing for which it was asked. */
  #answer: { closed_at: string; place: 'reserved' | 'taken' | 'unknown' } | null = null;

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Whether a message by this principal is one that reopens it. */
  isBy({ role }: Principal): boolean {
    const { closed_at, reopens = false } = this.#journal.state;
    return role === 'visitor' && closed_at !== null && reopens;
  }

  /** To be awaited before a message of this principal is taken; null where no place is needed. */
  prepare(principal: Principal): Promise<void> | null {
    const { closed_at } = this.#journal.state;
    const { reservePlace } = this.#journal.deps;
    if (!this.isBy(principal) || closed_at === null || !reservePlace) return null;
    return reservePlace().then(
      (isReserved) => {
        this.#answer = { closed_at, place: isReserved ? 'reserved' : 'taken' };
      },
      () => {
        this.#answer = { closed_at, place: 'unknown' };
      },
    );
  }

  /**
   * Whether a message of this principal may be taken, once the conversation was reopened.
   *
   * @throws FoyerError unavailable where the database did not answer; conversation_closed for
   *   everybody else, and where the visitor has another conversation open in the department
   */
  mustBeReserved(principal: Principal): void {
    const place =
      this.isBy(principal) && this.#answer?.closed_at === this.#journal.state.closed_at
        ? this.#answer?.place
        : 'taken';
    if (place === 'unknown') throw new FoyerError('unavailable');
    if (place !== 'reserved') throw new FoyerError('conversation_closed');
  }

  /** The message was refused after all: the place is given back. */
  giveUp(): void {
    if (this.#answer?.place === 'reserved') this.#journal.deps.releasePlace?.();
    this.#answer = null;
  }
}
