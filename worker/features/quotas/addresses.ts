import { FoyerError } from '../../errors.ts';
import type { Quotas } from './quotas.ts';
import { Tally } from './tally.ts';

/**
 * What the visitors of one address do in one organization, counted by the organization's object in
 * memory. An address is a keyed hash (address-key.ts).
 *
 * A verdict is one of three:
 * - `fine`: nothing is held against the address;
 * - `suspected`: more than its quota, as of a large office too. Where a human check is configured,
 *   it is asked for before a conversation begins; else nothing happens.
 * - `refused`: so much more that it is refused where no human check is configured.
 */
export type Verdict = {
  state: 'fine' | 'suspected' | 'refused';
  /** Seconds after which it may be another one; 0 for `fine`. */
  retry_after: number;
};

export const FINE: Verdict = { state: 'fine', retry_after: 0 };

/** What a conversation tells with the change that it publishes anyway. */
export type Traffic = {
  /** The address that began the conversation, told once. */
  began?: string | undefined;
  /** Messages by address since the last report. */
  said: [address: string, messages: number][];
};

/** Addresses that wrote too much, and the milliseconds since the epoch until which they wait. */
export type Slow = { address: string; until: number }[];

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export class Addresses {
  readonly #quotas: Quotas;
  readonly #visitors = new Tally(HOUR);
  readonly #conversations = new Tally(HOUR);
  readonly #messages = new Tally(MINUTE);

  constructor(quotas: Quotas) {
    this.#quotas = quotas;
  }

  /** A visitor whom nobody knows opened a session. */
  arrived(address: string, now: number): Verdict {
    this.#visitors.add(address, now);
    return this.judge(address, now);
  }

  /** What is held against the address now. */
  judge(address: string, now: number): Verdict {
    const { address_visitors_per_hour, address_conversations_per_hour } = this.#quotas;
    const verdicts = [
      this.#weigh(this.#visitors, address, address_visitors_per_hour, now),
      this.#weigh(this.#conversations, address, address_conversations_per_hour, now),
    ];
    for (const state of ['refused', 'suspected']) {
      const verdict = verdicts.find((one) => one.state === state);
      if (verdict) return verdict;
    }
    return FINE;
  }

  /** Takes a conversation's report; answers the addresses in it that must wait. */
  heard({ began, said }: Traffic, now: number): Slow {
    if (began !== undefined) this.#conversations.add(began, now);
    for (const [address, messages] of said) this.#messages.add(address, now, messages);
    const named = new Set([...(began === undefined ? [] : [began]), ...said.map(([one]) => one)]);
    return [...named].flatMap((address): Slow => {
      const count = this.#messages.count(address, now);
      if (count <= this.#quotas.address_messages_per_minute) return [];
      return [{ address, until: this.#messages.ends(address, now) }];
    });
  }

  #weigh(tally: Tally, address: string, quota: number, now: number): Verdict {
    const count = tally.count(address, now);
    if (count <= quota) return FINE;
    const retry_after = Math.max(1, Math.ceil((tally.ends(address, now) - now) / 1_000));
    const refused = count > quota * this.#quotas.address_refusal_factor;
    return { state: refused ? 'refused' : 'suspected', retry_after };
  }
}

/** @throws FoyerError rate_limited for `refused` */
export function mustNotBeRefused({ state, retry_after }: Verdict): void {
  if (state !== 'refused') return;
  throw new FoyerError('rate_limited', {
    message: 'Too many people have come from this network within the hour. Try again later.',
    retryAfter: retry_after,
  });
}
