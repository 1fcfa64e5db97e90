import { canonicalEmail } from '../../../protocol/text/email.ts';
import type { Database } from '../../database/database.ts';
import { keyBytes } from '../../kernel/secret.ts';
import { giveBack, takeNumber, takenIds } from './store.ts';

/** What a quota of mails is for, how many there may be, and in how long. */
export type MailQuota = {
  /** Keeps the counts of different quotas apart. */
  name: string;
  /** Mails in one period. */
  most: number;
  /** Milliseconds; periods follow each other without a gap, the first began in 1970. */
  period: number;
};

const DAY = 24 * 60 * 60_000;

/** A person who keeps copies of several conversations asks for a few a day. */
export const TRANSCRIPTS_OF_RECIPIENT: MailQuota = { name: 'transcript_to', most: 5, period: DAY };

/** One for each address that a person reads mail at. */
export const TRANSCRIPTS_OF_CONVERSATION: MailQuota = {
  name: 'transcript_of',
  most: 3,
  period: DAY,
};

/** What a mail counts against: an address, or the id of an account or a conversation. */
export type Counted = { quota: MailQuota; subject: string };

/** Whether a mail may be sent; `undo` gives it back where it could not be. */
export type Permit = { ok: true; undo(): Promise<void> } | { ok: false; retryAfter: number };

/**
 * Counts a mail against each quota: one row each, named by a keyed hash, so that the table tells no
 * address. Two requests at the same moment never pass a quota together: the row's key decides.
 *
 * @param now milliseconds since 1970
 * @returns `retryAfter` in seconds: when the period of the quota ends that refused it
 */
export async function countMail(
  db: Database,
  secret: string,
  counted: readonly Counted[],
  now: number,
): Promise<Permit> {
  const rows: string[] = [];
  const undo = () => giveBack(db, rows);
  for (const { quota, subject } of counted) {
    const begun = Math.floor(now / quota.period);
    const ends = (begun + 1) * quota.period;
    const key = await hashOf(secret, `${quota.name}\n${begun}\n${subject}`);
    const row = await take(db, key, quota.most, new Date(ends));
    if (row === null) {
      await undo();
      return { ok: false, retryAfter: Math.ceil((ends - now) / 1_000) };
    }
    rows.push(row);
  }
  return { ok: true, undo };
}

/** The row of the first number that is free; null where none is. */
async function take(db: Database, key: string, most: number, ends: Date): Promise<string | null> {
  const numbers = Array.from({ length: most }, (_, index) => `${key}.${index + 1}`);
  const used = await takenIds(db, numbers);
  for (const row of numbers) {
    if (!used.has(row) && (await takeNumber(db, row, ends))) return row;
  }
  return null;
}

/**
 * An address as one mailbox: in its canonical form, without what many providers let their users put behind a
 * plus sign, and without the dots that Gmail ignores. A quota must not be passed by spelling.
 */
export function mailboxOf(address: string): string {
  const canonical = canonicalEmail(address);
  const at = canonical.lastIndexOf('@');
  const domain = canonical.slice(at + 1);
  const name = canonical.slice(0, at).replace(/\+.*$/, '');
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com';
  return isGmail ? `${name.replaceAll('.', '')}@gmail.com` : `${name}@${domain}`;
}

async function hashOf(secret: string, text: string): Promise<string> {
  const bytes = (from: string) => new TextEncoder().encode(from);
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', keyBytes(secret, 'mail-quota'), hmac, false, [
    'sign',
  ]);
  const signature = new Uint8Array(await crypto.subtle.sign(hmac, key, bytes(text)));
  return Array.from(signature.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
}
