import type { Context } from 'hono';
import { signLink } from '../../auth/signed.ts';
import { canMailLinks } from '../../email/links.ts';
import { addressMail, newAddressMail } from '../../email/mails.ts';
import type { Env } from '../../env.ts';
import { databaseOf } from '../../http/context.ts';
import { linkFor } from '../../http/headers/public-url.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { CONFIRMATIONS_OF_RECIPIENT, sendWithin } from '../mail-quota/send-within.ts';

const HOURS = 24;

/**
 * Mails a link that confirms a person's address or, with `wanted`, changes it to that one.
 *
 * @throws FoyerError unavailable where no mail can be sent, or this one was not; rate_limited
 */
export async function sendAddressLink(
  context: Pick<Context<{ Bindings: Env }>, 'env' | 'req'>,
  { id, name, email }: { id: string; name: string; email: string },
  wanted?: string,
): Promise<void> {
  const { env, req } = context;
  if (!canMailLinks(env, req.raw)) {
    throw new FoyerError('unavailable', { message: "This installation doesn't send e-mail." });
  }
  const until = `${Date.now() + HOURS * 60 * 60_000}`;
  const linkParts = wanted === undefined ? [id, until] : [id, until, encoded(wanted)];
  const token = await signLink(env.FOYER_SECRET, 'address', linkParts, email);
  const link = linkFor(env, req.raw, `/admin/confirm-address#${token}`);
  const mail =
    wanted === undefined
      ? addressMail(email, link, HOURS)
      : newAddressMail(wanted, { name, before: email, link, hours: HOURS });
  const sent = await sendWithin(env, databaseOf(context), CONFIRMATIONS_OF_RECIPIENT, {
    to: wanted ?? email,
    mail,
    whose: { user: id },
  });
  if (sent.outcome === 'over_quota') {
    throw new FoyerError('rate_limited', {
      message:
        'Several of these e-mails were sent to this address today. Use the link in one of them.',
      retryAfter: sent.retryAfter,
    });
  }
  if (sent.outcome === 'failed') {
    throw new FoyerError('unavailable', {
      message: 'The e-mail could not be sent. Try again later.',
    });
  }
}

/** A part of a link has no dots. */
const encoded = (email: string) => encodeURIComponent(email).replaceAll('.', '%2E');
