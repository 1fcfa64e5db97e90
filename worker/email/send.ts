import { EmailMessage } from 'cloudflare:email';
import type { Env } from '../env.ts';
import type { Mail } from './document.ts';
import { toMime } from './mime.ts';
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
 * @returns whether it was handed over; a failure is logged, and what it says of the address or of
 *   the mail's service goes no further
 */
export async function sendMail(env: Env, { to, subject, blocks }: Mail): Promise<boolean> {
  const { EMAIL, FOYER_EMAIL_FROM: from } = env;
  if (!EMAIL || !from) return false;
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
    await EMAIL.send(new EmailMessage(from, to, raw));
    return true;
  } catch (error) {
    console.error('A mail could not be sent.', error);
    return false;
  }
}
