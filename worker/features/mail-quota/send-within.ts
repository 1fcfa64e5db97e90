import type { Database } from '../../database/database.ts';
import type { Mail } from '../../email/document.ts';
import { sendMail } from '../../email/send.ts';
import type { Env } from '../../env.ts';
import type { LogFields } from '../../kernel/log/log-fields.ts';
import { countMail, type MailQuota, mailboxOf } from './mail-quota.ts';

const HOUR = 60 * 60_000;

/** Links to a new password. One works for an hour, so the mailbox holds a link that works. */
export const RESETS_OF_ACCOUNT: MailQuota = { name: 'reset_of', most: 5, period: HOUR };

/** Links that sign in. One works for 15 minutes. */
export const SIGN_IN_LINKS_OF_ACCOUNT: MailQuota = { name: 'sign_in_of', most: 10, period: HOUR };

/** Invitations to one address, from all organizations together. */
export const INVITATIONS_OF_RECIPIENT: MailQuota = {
  name: 'invitation_to',
  most: 5,
  period: 24 * HOUR,
};

/** Links that confirm an address or change it to another one. One works for a day. */
export const CONFIRMATIONS_OF_RECIPIENT: MailQuota = {
  name: 'confirmation_to',
  most: 5,
  period: 24 * HOUR,
};

/** `over_quota`: with the seconds until the next period. */
export type Outcome =
  | { outcome: 'sent' | 'failed' }
  | { outcome: 'over_quota'; retryAfter: number };

/**
 * Sends a mail that somebody other than its recipient can cause, as often as the quota allows for the
 * recipient's mailbox. A mail that the mail service does not take is not counted.
 *
 * @param to the address that it counts for
 * @param mail null where there is nobody to write to: it counts the same, so that what the database
 *   does for an unknown address is what it does for a known one
 */
export async function sendWithin(
  env: Env,
  db: Database,
  quota: MailQuota,
  { to, mail, whose = {} }: { to: string; mail: Mail | null; whose?: Pick<LogFields, 'user'> },
): Promise<Outcome> {
  const counted = [{ quota, subject: mailboxOf(to) }];
  const permit = await countMail(db, env.FOYER_SECRET, counted, Date.now());
  if (!permit.ok) return { outcome: 'over_quota', retryAfter: permit.retryAfter };
  if (!mail || (await sendMail(env, mail, whose))) return { outcome: 'sent' };
  await permit.undo();
  return { outcome: 'failed' };
}
