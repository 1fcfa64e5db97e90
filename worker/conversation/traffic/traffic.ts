import type { Traffic as Report, Standing } from '../../features/quotas/addresses.ts';
import type { Quotas } from '../../features/quotas/quotas.ts';
import { FoyerError } from '../../kernel/errors.ts';

type Amount = { messages: number; bytes: number };

/**
 * What a calm address may write in a conversation before the organization's object is asked: what
 * somebody types in a few seconds. The next message asks, and starts a new amount.
 */
export const FREE_AMOUNT: Readonly<Amount> = { messages: 20, bytes: 8_192 };

/** The same where an operator allows an address more than the defaults: a fixed share of it. */
export function freeAmountOf(quotas: Quotas): Readonly<Amount> {
  const { address_messages_per_minute, address_bytes_per_hour } = quotas;
  return {
    messages: Math.max(FREE_AMOUNT.messages, Math.floor(address_messages_per_minute / 30)),
    bytes: Math.max(FREE_AMOUNT.bytes, Math.floor(address_bytes_per_hour / 200)),
  };
}

/** Milliseconds for which nothing is asked after the organization's object did not answer. */
const PAUSE_AFTER_FAILURE = 10_000;

type Deps = {
  /** What a calm address may write before it asks. */
  free: Readonly<Amount>;
  /**
   * Asks the organization's object for one more message, and tells it what was said since the last
   * report. The answers are those of `Addresses.heard` and, last, of `Addresses.ask`.
   */
  ask: (report: Report, address: string, bytes: number) => Promise<Standing[]>;
  /** Whether a socket remembers that the address is calm: the object may have slept since. */
  isCalm: (address: string) => boolean;
  /** The address is calm, or is not any more. */
  remember: (address: string, calm: boolean) => void;
};

/**
 * What the visitor's addresses write in this conversation, between two calls to the organization's
 * object, and what that object answered about them. In memory only, except for what sockets remember.
 */
export class Traffic {
  readonly #deps: Deps;
  #began: string | undefined;
  #fields = 0;
  readonly #counted = new Map<string, Amount>();
  readonly #until = new Map<string, number>();
  /** The part of it that no human check shortens. */
  readonly #full = new Map<string, number>();
  readonly #calm = new Map<string, boolean>();
  /** What the organization's object has allowed and counted, and was not written yet. */
  readonly #allowed = new Map<string, Amount>();
  #pausedUntil = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The conversation begins, from this address, with so many bytes of fields that nobody counted. */
  begin(address: string | undefined, fields: number): void {
    this.#began = address;
    this.#fields = fields;
  }

  /**
   * To be awaited before a message of an address is taken; null where it may be taken now, which is
   * the ordinary case. It never fails: where the organization's object is away, the chat goes on.
   *
   * @param bytes of its text
   * @param now milliseconds
   */
  ready(address: string | undefined, bytes: number, now: number): Promise<void> | null {
    if (address === undefined || now < this.#pausedUntil || this.isSlow(address, now)) return null;
    if (isWithin(this.#allowed.get(address), bytes)) return null;
    const calm = this.#calm.get(address) ?? this.#deps.isCalm(address);
    const { messages, bytes: counted } = this.#counted.get(address) ?? NOTHING;
    const { free } = this.#deps;
    if (calm && messages < free.messages && counted + bytes <= free.bytes) return null;
    return this.#ask(address, bytes, now);
  }

  /**
   * Counts a message of an address; one that is not counted has none.
   *
   * @param bytes of its text
   * @param now milliseconds
   * @param isPerson whether the visitor has passed a human check, and need not wait
   * @throws FoyerError rate_limited while the address must wait
   */
  count(address: string | undefined, bytes: number, now: number, isPerson = false): void {
    if (address === undefined) return;
    if (this.isFull(address, now) || (!isPerson && this.isSlow(address, now))) {
      const milliseconds = (this.#until.get(address) ?? now) - now;
      throw new FoyerError('rate_limited', { retryAfter: Math.ceil(milliseconds / 1_000) });
    }
    if (isWithin(this.#allowed.get(address), bytes)) {
      add(this.#allowed, address, { messages: -1, bytes: -bytes });
    } else add(this.#counted, address, { messages: 1, bytes });
  }

  /** Whether an address must wait now. */
  isSlow(address: string | undefined, now: number): boolean {
    return address !== undefined && (this.#until.get(address) ?? 0) > now;
  }

  /** Whether it must wait because it stored too much; a human check does not help. */
  isFull(address: string | undefined, now: number): boolean {
    return address !== undefined && (this.#full.get(address) ?? 0) > now;
  }

  /** Takes the report for the next call: the counts begin again. */
  take(): Report {
    const report: Report = {
      began: this.#began,
      ...(this.#fields > 0 && { fields: this.#fields }),
      said: [...this.#counted].map(([address, { messages, bytes }]) => [address, messages, bytes]),
    };
    this.#began = undefined;
    this.#fields = 0;
    this.#counted.clear();
    return report;
  }

  /** Adds back the report of a call that failed. */
  giveBack({ began, fields = 0, said: amounts }: Report): void {
    this.#began ??= began;
    this.#fields += fields;
    for (const [address, messages, bytes] of amounts)
      add(this.#counted, address, { messages, bytes });
  }

  /** Stores what the organization's object answered about the addresses. */
  learn(standings: readonly Standing[]): void {
    for (const { address, until, full_until = 0, calm } of standings) {
      this.#until.set(address, until);
      this.#full.set(address, full_until);
      if (this.#calm.get(address) === calm) continue;
      this.#calm.set(address, calm);
      this.#deps.remember(address, calm);
    }
  }

  /** Whether the address is known to be calm. */
  isCalm(address: string | undefined): boolean {
    return address !== undefined && (this.#calm.get(address) ?? false);
  }

  async #ask(address: string, bytes: number, now: number): Promise<void> {
    const report = this.take();
    try {
      const standings = await this.#deps.ask(report, address, bytes);
      this.learn(standings);
      if (standings.at(-1)?.until === 0) add(this.#allowed, address, { messages: 1, bytes });
    } catch {
      this.giveBack(report);
      this.#pausedUntil = now + PAUSE_AFTER_FAILURE;
    }
  }
}

const NOTHING: Amount = { messages: 0, bytes: 0 };

function isWithin(allowed: Amount | undefined, bytes: number): boolean {
  return allowed !== undefined && allowed.messages > 0 && bytes <= allowed.bytes;
}

function add(to: Map<string, Amount>, address: string, { messages, bytes }: Amount): void {
  const before = to.get(address) ?? NOTHING;
  to.set(address, { messages: before.messages + messages, bytes: before.bytes + bytes });
}
