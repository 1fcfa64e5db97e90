import { EmailMessage } from 'cloudflare:email';
import type { Env } from '../env.ts';
import { noteOutcome } from '../features/health/outcomes.ts';
import { log } from '../kernel/log/log.ts';
import type { LogFields } from '../kernel/log/log-fields.ts';
import type { Mail } from './document.ts';
import { mailAddress, toMime } from './mime.ts';
import { toHtml, toText } from './render.ts';

/**
 * Whether mails can be sent: the binding EMAIL is there and FOYER_EMAIL_FROM says from which address
 * (docs/deploy.md).
 */
export function canSendMail(env: Env): boolean {
  return env.EMAIL !== undefined && Boolean(env.FOYER_EMAIL_FROM);
}

/**
 * Sends a mail from the installation's address.
 *
 * @param whose whom it is for, by id, for the log
 * @returns whether it was handed over; a failure is logged, and what it says of the address or of
 *   the mail's service goes no further
 */
export async function sendMail(
  env: Env,
  { kind, to, subject, blocks }: Mail,
  whose: Pick<LogFields, 'user' | 'organization'> = {},
): Promise<boolean> {
  const { EMAIL, FOYER_EMAIL_FROM: from } = env;
  if (!EMAIL || !from) return false;
  const began = Date.now();
  try {
    const raw = toMime({
      from: { name: 'Foyer', email: from },
      to: { email: to },
      subject,
      text: toText(blocks),
      html: toHtml(subject, blocks),
      date: new Date(),
      id: crypto.randomUUID(),
    });
    await EMAIL.send(new EmailMessage(from, mailAddress(to), raw));
    log.info('mail_sent', {
      ...whose,
      mail: kind,
      duration_ms: Date.now() - began,
      outcome: 'done',
    });
    await noteOutcome(env, 'mail');
    return true;
  } catch (error) {
    const duration_ms = Date.now() - began;
    log.error('mail_failed', { ...whose, mail: kind, duration_ms, outcome: 'failed', error });
    await noteOutcome(env, 'mail', { error });
    return false;
  }
}
