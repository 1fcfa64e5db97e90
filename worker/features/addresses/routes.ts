import { Hono } from 'hono';
import { z } from 'zod';
import { readAgent } from '../../auth/agents-session.ts';
import { isSigned, readLink } from '../../auth/signed.ts';
import { isDuplicate } from '../../database/database.ts';
import { oldAddressMail } from '../../email/mails.ts';
import { sendMail } from '../../email/send.ts';
import type { Env } from '../../env.ts';
import { afterwards } from '../../http/afterwards.ts';
import { databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { limitGuesses } from '../../http/guards.ts';
import { dashboardOrigin } from '../../http/headers/public-url.ts';
import { validated } from '../../http/input/validated.ts';
import { publishRecords } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { confirmAddress, findPerson, organizationsOf } from '../accounts/people-store.ts';

/** Whose, until when, and for which address, where it is a new one. */
const parts = z.tuple([z.uuid(), z.coerce.number()], z.string());

const confirmed = z.object({ email: z.string() });

/**
 * Confirms that an agent's address is theirs: who has the link reads its mail. It takes effect only
 * in a browser that is signed in to the account. Else somebody could name a stranger's address, and
 * the stranger, by opening the link, would give it to an account whose password is not theirs.
 */
export const address = new Hono<{ Bindings: Env }>().post(
  '/confirm',
  described('Confirms an address with the link that was mailed to it, as the account it is for.', {
    200: confirmed,
  }),
  validated('json', z.object({ token: z.string().max(1_000) })),
  async (context) => {
    await limitGuesses(context, 'address');
    const link = readLink(context.req.valid('json').token);
    const parsed = parts.safeParse(link?.parts);
    const spent = new FoyerError('not_found', {
      message: 'This link no longer works. You can send a new one from your profile.',
    });
    if (!link || !parsed.success) throw spent;
    const [id, until, wanted] = parsed.data;
    const db = databaseOf(context);
    const person = until < Date.now() ? null : await findPerson(db, { id });
    // Bound to the address that it is about or replaces, and so of use once where it changes one.
    const right =
      person && (await isSigned(context.env.FOYER_SECRET, 'address', link, person.email));
    if (!right) throw spent;
    const access = {
      database: db,
      secret: context.env.FOYER_SECRET,
      origin: dashboardOrigin(context.env, context.req.raw),
    };
    const agent = await readAgent(access, context.req.raw.headers);
    if (agent?.user.id !== id) {
      throw new FoyerError('unauthorized', {
        message: 'Sign in to your account in this browser first, then open the link again.',
      });
    }
    const email = wanted === undefined ? person.email : decodeURIComponent(wanted);
    try {
      if (!(await confirmAddress(db, id, person.key, email))) throw spent;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new FoyerError('conflict', { message: 'Another account has this address.' });
    }
    const { env, executionCtx } = context;
    for (const organizationId of await organizationsOf(db, id)) {
      const dashboards = { env, db, organizationId, executionCtx };
      await publishRecords(dashboards, 'members', ({ user_id }) => user_id === id);
    }
    // An address that was only claimed may be a stranger's, whom this does not concern.
    const tells = email !== person.email && person.key === person.email;
    const mail = oldAddressMail(person.email, email);
    if (tells) afterwards(context, sendMail(env, mail, { user: id }));
    return context.json({ email }, 200);
  },
);
