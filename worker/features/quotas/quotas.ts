import { z } from 'zod';
import type { Rate } from '../../kernel/bucket.ts';
import { isWithin, parseRange } from '../../kernel/ip.ts';

/**
 * How much one person, one address and one organization may do. FOYER_QUOTAS changes the numbers:
 * JSON with those that differ, or `off` for benches. docs/security.md explains each to an operator.
 *
 * Quotas by person are hard. Quotas by address are a suspicion: an office, a school or a mobile
 * carrier may be behind one address, so that only `address_refusal_factor` times the number refuses.
 */

const MEGABYTE = 1_000_000;

const count = z.int().min(1);

const range = z
  .string()
  .max(64)
  .transform((text, context) => {
    const parsed = parseRange(text);
    if (parsed) return parsed;
    context.addIssue({ code: 'custom', message: 'Not an address or a CIDR range.' });
    return z.NEVER;
  });

const schema = z.strictObject({
  /**
   * Frames a second of one socket, and how many at once. A person types a few messages in ten
   * seconds, and each takes some frames of typing and reading; a browser that was offline for an
   * hour sends all that it has kept.
   */
  frames_per_second: count.default(10),
  frames_burst: count.default(100),
  /** Bytes of a customer's fields together, names and values: fifty answers of 300 letters fit. */
  customer_bytes: count.default(16_384),
  /**
   * Messages of one visitor in one conversation. Nobody types one a second for a minute; what a
   * browser kept during an outage passes at once.
   */
  visitor_messages_per_minute: count.default(60),
  visitor_messages_burst: count.default(100),
  /** Messages of one address in a minute: a hundred people behind it who each write every ten seconds. */
  address_messages_per_minute: count.default(600),
  /** Messages of one address in an hour: as many conversations as are not refused, ten in each. */
  address_messages_per_hour: count.default(10_000),
  /**
   * Bytes of text of one address in an hour, in messages, comments and customers' fields: those
   * conversations again, with 1,500 letters each. An attack of a minute stays below 3 MB with it.
   */
  address_bytes_per_hour: count.default(1_500_000),
  /** Bytes of files of one address in an hour: a hundred people who each send ten photographs. */
  address_file_bytes_per_hour: count.default(1_000 * MEGABYTE),
  /** Conversations that one visitor begins in an hour: a person who tries each department twice. */
  visitor_conversations_per_hour: count.default(20),
  /** New visitors of one address in an hour: a school class or an office that opens the same page. */
  address_visitors_per_hour: count.default(100),
  /** Conversations that one address begins in an hour. */
  address_conversations_per_hour: count.default(200),
  /** How many times a number by address is refused, where no human check is configured. */
  address_refusal_factor: count.default(5),
  /** Bytes of files of one visitor in a day (UTC): ten photographs of a phone, or a scanned contract. */
  visitor_file_bytes_per_day: count.default(100 * MEGABYTE),
  /** Bytes of files of all visitors of one organization in a day: a hundred such visitors. */
  organization_file_bytes_per_day: count.default(10_000 * MEGABYTE),
  /** Times that a visitor may rate one conversation: they may change their mind. */
  conversation_ratings: count.default(5),
  /** Addresses and CIDR ranges that no quota by address applies to, such as an office or a proxy. */
  trusted_addresses: z.array(range).max(100).default([]),
});

type Parsed = z.infer<typeof schema>;
export type Quotas = Readonly<Parsed>;

export const DEFAULT_QUOTAS: Quotas = schema.parse({});

const NUMBERS = z.record(z.string(), z.unknown()).parse(DEFAULT_QUOTAS);

/** No quota refuses anything: a number that nothing reaches. */
const OFF: Quotas = schema.parse(
  Object.fromEntries(
    Object.keys(NUMBERS)
      .filter((name) => name !== 'trusted_addresses')
      .map((name) => [name, 1_000_000_000_000]),
  ),
);

/** What FOYER_QUOTAS says; `valid` is false where it says nothing that is understood. */
type Configured = { quotas: Quotas; valid: boolean };

function read(value: string | undefined): Configured {
  if (value === undefined || value.trim() === '') return { quotas: DEFAULT_QUOTAS, valid: true };
  if (value.trim() === 'off') return { quotas: OFF, valid: true };
  const parsed = schema.safeParse(jsonOf(value));
  return parsed.success
    ? { quotas: parsed.data, valid: true }
    : { quotas: DEFAULT_QUOTAS, valid: false };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value of the deployment, read once per isolate. */
let last: { value: string | undefined; configured: Configured } | undefined;

function configured({ FOYER_QUOTAS: value }: Configurable): Configured {
  if (!last || last.value !== value) {
    last = { value, configured: read(value) };
  }
  return last.configured;
}

type Configurable = { FOYER_QUOTAS?: string };

/** The quotas of this deployment. A value that is not understood counts as none: the defaults hold. */
export function quotasOf(env: Configurable): Quotas {
  return configured(env).quotas;
}

/** Whether FOYER_QUOTAS is understood; health and the log say so where it is not. */
export function areQuotasValid(env: Configurable): boolean {
  return configured(env).valid;
}

/** Whether the operator has exempted this address from the quotas by address. */
export function isTrusted(quotas: Quotas, address: string): boolean {
  return isWithin(address, quotas.trusted_addresses);
}

/** How fast one socket may send frames. */
export function framesOf({ frames_per_second, frames_burst }: Quotas): Rate {
  return { perSecond: frames_per_second, burst: frames_burst };
}

/** How fast one visitor may write in one conversation. */
export function visitorMessagesOf(quotas: Quotas): Rate {
  const { visitor_messages_per_minute, visitor_messages_burst } = quotas;
  return { perSecond: visitor_messages_per_minute / 60, burst: visitor_messages_burst };
}
