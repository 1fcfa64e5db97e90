import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { isSigned, readLink, signLink } from '../auth/signed.ts';
import { addressOf, databaseOf, originOf } from '../context.ts';
import { described } from '../describe.ts';
import { addressMail } from '../email/mails.ts';
import { canSendMail, sendMail } from '../email/send.ts';
import type { Env } from '../env.ts';
import { FoyerError } from '../errors.ts';
import { limitAttempts } from '../guards.ts';
import { confirmAddress, findPerson } from '../store/people.ts';
import { validated } from '../validated.ts';

const HOURS = 24;

/** Confirms that an agent's address is theirs: who has the link reads its mail. */
export const address = new Hono<{ Bindings: Env }>().post(
  '/confirm',
  described('Confirms an address with the link that was mailed to it.', { 204: null }),
  validated('json', z.object({ token: z.string().max(500) })),
  async (context) => {
    await limitAttempts(context.env, `address:${addressOf(context.req.raw)}`);
    const link = readLink(context.req.valid('json').token);
    const parts = z.tuple([z.uuid(), z.coerce.number()]).safeParse(link?.parts);
    const spent = new FoyerError('not_found', {
      message: 'This link works no longer. Your profile can send a new one.',
    });
    if (!link || !parts.success || parts.data[1] < Date.now()) throw spent;
    const db = databaseOf(context);
    const person = await findPerson(db, { id: parts.data[0] });
    const right =
      person && (await isSigned(context.env.FOYER_SECRET, 'address', link, person.email));
    if (!right) throw spent;
    await confirmAddress(db, person.id);
    return context.body(null, 204);
  },
);

/** @throws FoyerError unavailable where no mail can be sent, or this one was not */
export async function sendAddressLink(
  context: Pick<Context<{ Bindings: Env }>, 'env' | 'req'>,
  { id, email }: { id: string; email: string },
): Promise<void> {
  const { env, req } = context;
  if (!canSendMail(env)) {
    throw new FoyerError('unavailable', { message: 'This installation sends no mails.' });
  }
  const parts = [id, `${Date.now() + HOURS * 60 * 60_000}`];
  const token = await signLink(env.FOYER_SECRET, 'address', parts, email);
  const link = `${originOf(req.raw)}/admin/confirm-address#${token}`;
  if (!(await sendMail(env, addressMail(email, link, HOURS)))) {
    throw new FoyerError('unavailable', {
      message: 'The mail could not be sent. Try again later.',
    });
  }
}
