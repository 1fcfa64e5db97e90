import { FoyerError } from '../errors.ts';
import type { Traffic as Report, Slow } from '../features/quotas/addresses.ts';

/**
 * What the visitor's addresses say in this conversation, between two calls to the organization's
 * object, and which of them it has told to wait. In memory alone.
 */
export class Traffic {
  #began: string | undefined;
  #said = new Map<string, number>();
  #slow = new Map<string, number>();

  /** The conversation begins, from this address. */
  begin(address: string | undefined): void {
    this.#began = address;
  }

  /**
   * Counts a message of an address; one that is not counted has none.
   *
   * @param now milliseconds
   * @param isPerson whether the visitor has passed a human check, and need not wait
   * @throws FoyerError rate_limited while the address must wait
   */
  count(address: string | undefined, now: number, isPerson = false): void {
    if (address === undefined) return;
    const until = this.#slow.get(address) ?? 0;
    if (until <= now) this.#slow.delete(address);
    else if (!isPerson) {
      throw new FoyerError('rate_limited', { retryAfter: Math.ceil((until - now) / 1_000) });
    }
    this.#said.set(address, (this.#said.get(address) ?? 0) + 1);
  }

  /** Whether an address must wait now. */
  isSlow(address: string | undefined, now: number): boolean {
    return address !== undefined && (this.#slow.get(address) ?? 0) > now;
  }

  /** What is to be told; nothing of it is told again. */
  take(): Report {
    const report = { began: this.#began, said: [...this.#said] };
    this.#began = undefined;
    this.#said.clear();
    return report;
  }

  /** What the call that failed did not tell. */
  giveBack({ began, said }: Report): void {
    this.#began ??= began;
    for (const [address, messages] of said) {
      this.#said.set(address, (this.#said.get(address) ?? 0) + messages);
    }
  }

  /** The addresses that must wait. */
  slow(addresses: Slow): void {
    for (const { address, until } of addresses) this.#slow.set(address, until);
  }
}
