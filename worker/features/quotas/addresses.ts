import { FoyerError } from '../../kernel/errors.ts';
import { Allowances } from './allowances.ts';
import type { Quotas } from './quotas.ts';
import { Tally } from './tally.ts';

/**
 * What the visitors of one address do in one organization, counted by the organization's object in
 * memory. An address is a keyed hash (address-key.ts).
 *
 * Conversations tell what they took with calls that they make anyway. So that nothing passes a quota
 * meanwhile, only the first few conversations of an address take messages before they tell (`calm`);
 * the others ask first. Invariants:
 *
 * 1. What was asked for and allowed is counted at once, and never more than the quota.
 * 2. What was not asked for is at most CALM_CONVERSATIONS times what a calm conversation takes before
 *    it asks (conversation/traffic/traffic.ts).
 *
 * A verdict is one of three:
 * - `fine`: nothing is held against the address;
 * - `suspected`: more than its quota, as of a large office too. Where a human check is configured,
 *   it is asked for before a conversation begins; otherwise nothing happens.
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
  /** Bytes of the fields that it began with, where they were not counted before. */
  fields?: number | undefined;
  /** Messages by address since the last report, and the bytes of their texts. */
  said: [address: string, messages: number, bytes: number][];
};

/** What an address may do in a conversation that named it. */
export type Standing = {
  address: string;
  /** Milliseconds since the epoch until which it waits; 0 where it need not. */
  until: number;
  /** Until when it waits for bytes, where it does: no human check lifts what it may store. */
  full_until?: number;
  /** Whether the conversation may take messages before it reports them. */
  calm: boolean;
};

/**
 * Conversations of an address in an hour that tell afterwards: what a household or a small office has.
 * Those of a crowd ask before each message, which costs a call each.
 */
export const CALM_CONVERSATIONS = 8;

/** Conversations that are remembered of an address: enough to know the calm ones. */
type Calm = { ends: number; ids: Set<string> };

/** Addresses whose calm conversations are remembered; beyond them the oldest are forgotten. */
const MOST_ADDRESSES = 20_000;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export class Addresses {
  readonly #quotas: Quotas;
  readonly #visitors = new Tally(HOUR);
  readonly #conversations = new Tally(HOUR);
  readonly #messages = new Tally(MINUTE);
  readonly #entries: Allowances;
  readonly #bytes: Allowances;
  readonly #files: Allowances;
  readonly #calm = new Map<string, Calm>();

  constructor(quotas: Quotas) {
    this.#quotas = quotas;
    this.#entries = new Allowances(quotas.address_messages_per_hour, HOUR);
    this.#bytes = new Allowances(quotas.address_bytes_per_hour, HOUR);
    this.#files = new Allowances(quotas.address_file_bytes_per_hour, HOUR);
  }

  /** A visitor whom nobody knows opened a session. */
  arrived(address: string, now: number): Verdict {
    this.#visitors.add(address, now);
    return this.judge(address, 0, now);
  }

  /**
   * What is held against the address now.
   *
   * @param bytes of fields that it wants to store; counted unless it is refused
   */
  judge(address: string, bytes: number, now: number): Verdict {
    const { address_visitors_per_hour, address_conversations_per_hour } = this.#quotas;
    const verdicts = [
      this.#weigh(this.#visitors, address, address_visitors_per_hour, now),
      this.#weigh(this.#conversations, address, address_conversations_per_hour, now),
    ];
    const refused = verdicts.find(({ state }) => state === 'refused');
    if (refused) return refused;
    const wait = bytes > 0 ? this.#bytes.take(address, bytes, now) : 0;
    if (wait > 0) return { state: 'refused', retry_after: Math.ceil(wait / 1_000) };
    return verdicts.find(({ state }) => state === 'suspected') ?? FINE;
  }

  /** Takes a conversation's report; answers what each address in it may do there. */
  heard(
    conversation: string,
    { began, fields = 0, said: messages }: Traffic,
    now: number,
  ): Standing[] {
    if (began !== undefined) {
      this.#conversations.add(began, now);
      this.#bytes.add(began, fields, now);
    }
    for (const [address, count, bytes] of messages) {
      this.#messages.add(address, now, count);
      this.#entries.add(address, count, now);
      this.#bytes.add(address, bytes, now);
    }
    const named = new Set([
      ...(began === undefined ? [] : [began]),
      ...messages.map(([address]) => address),
    ]);
    return [...named].map((address) => ({
      address,
      until: this.#until(address, now),
      ...fullUntil(this.#bytes.wait(address, 0, now), now),
      calm: this.#isCalm(address, conversation, now),
    }));
  }

  /**
   * Whether an address may write one more message, which is counted unless it must wait.
   *
   * @param bytes of the message's text
   */
  ask(conversation: string, address: string, bytes: number, now: number): Standing {
    const calm = this.#isCalm(address, conversation, now);
    const { address_messages_per_minute } = this.#quotas;
    const full = this.#messages.count(address, now) >= address_messages_per_minute;
    const forBytes = this.#bytes.wait(address, bytes, now);
    const waits = [
      full ? this.#messages.ends(address, now) - now : 0,
      this.#entries.wait(address, 1, now),
      forBytes,
    ];
    const wait = Math.max(...waits);
    if (wait > 0) return { address, until: now + wait, ...fullUntil(forBytes, now), calm };
    this.#messages.add(address, now);
    this.#entries.add(address, 1, now);
    this.#bytes.add(address, bytes, now);
    return { address, until: 0, calm };
  }

  /** Counts a file before its bytes come; returns the seconds to wait if it is too much, or null. */
  takeFile(address: string, bytes: number, now: number): number | null {
    const wait = this.#files.take(address, bytes, now);
    return wait > 0 ? Math.ceil(wait / 1_000) : null;
  }

  /** Until when an address waits that has passed a quota: milliseconds since the epoch, or 0. */
  #until(address: string, now: number): number {
    const passed = this.#messages.count(address, now) > this.#quotas.address_messages_per_minute;
    const wait = Math.max(
      passed ? this.#messages.ends(address, now) - now : 0,
      this.#entries.wait(address, 0, now),
      this.#bytes.wait(address, 0, now),
    );
    return wait > 0 ? now + wait : 0;
  }

  #isCalm(address: string, conversation: string, now: number): boolean {
    let calm = this.#calm.get(address);
    if (!calm || calm.ends <= now) {
      calm = { ends: now + HOUR, ids: new Set() };
      // Set again, so that the map's order is the order in which the hours began.
      this.#calm.delete(address);
      this.#calm.set(address, calm);
      const [oldest] = this.#calm.keys();
      if (this.#calm.size > MOST_ADDRESSES && oldest !== undefined) this.#calm.delete(oldest);
    }
    if (calm.ids.size < CALM_CONVERSATIONS) calm.ids.add(conversation);
    return calm.ids.has(conversation);
  }

  #weigh(tally: Tally, address: string, quota: number, now: number): Verdict {
    const count = tally.count(address, now);
    if (count <= quota) return FINE;
    const retry_after = Math.max(1, Math.ceil((tally.ends(address, now) - now) / 1_000));
    const refused = count > quota * this.#quotas.address_refusal_factor;
    return { state: refused ? 'refused' : 'suspected', retry_after };
  }
}

const fullUntil = (wait: number, now: number) => (wait > 0 ? { full_until: now + wait } : {});

/** @throws FoyerError rate_limited for `refused` */
export function mustNotBeRefused({ state, retry_after }: Verdict): void {
  if (state !== 'refused') return;
  throw new FoyerError('rate_limited', {
    message:
      'Too many people have opened this chat from your network in the last hour. Try again later.',
    retryAfter: retry_after,
  });
}
