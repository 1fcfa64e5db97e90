import { hashPassword } from 'better-auth/crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { authDeps } from '../../../auth/deps.ts';
import { mayResetAccess } from '../../../auth/permissions.ts';
import { isSigned, readLink } from '../../../auth/signed.ts';
import { openDatabase } from '../../../database/database.ts';
import { canMailLinks } from '../../../email/links.ts';
import { passwordMail } from '../../../email/mails.ts';
import type { Env } from '../../../env.ts';
import { afterwards } from '../../../http/afterwards.ts';
import { databaseOf, networkOfRequest } from '../../../http/context.ts';
import { described } from '../../../http/description/describe.ts';
import { limitAttempts, limitGuesses } from '../../../http/guards.ts';
import { accountEmail } from '../../../http/input/fields.ts';
import { validated } from '../../../http/input/validated.ts';
import { FoyerError } from '../../../kernel/errors.ts';
import { note } from '../../../kernel/log/log.ts';
import { organizationObject } from '../../../organization/address.ts';
import { setProven } from '../../addresses/store.ts';
import { RESETS_OF_ACCOUNT, sendWithin } from '../../mail-quota/send-within.ts';
import { tellPerson } from '../../notices/notices.ts';
import { hasPasskey } from '../../passkeys/store.ts';
import { countMemberships, endSessionsEverywhere, findRole } from '../../team/store.ts';
import { knownBrowserCookie } from '../guesses/known-browser.ts';
import { releaseBrake } from '../guesses/tries.ts';
import { findPerson, organizationNames, replacePassword } from '../people-store.ts';
import { checkPassword, newPassword } from './new-password.ts';
import { PASSWORD_LINK_MINUTES, signPasswordLink } from './password-link.ts';

const forgotRequest = z.object({ email: accountEmail });
/** Whose password, until when (milliseconds since 1970); of a colleague's link: where, and whose. */
const linkParts = z.union([
  z.tuple([z.uuid(), z.coerce.number()]),
  z.tuple([z.uuid(), z.coerce.number(), z.uuid(), z.uuid()]),
]);

const resetRequest = z.object({ token: z.string().max(500), password: newPassword });

/** New passwords for agents who forgot theirs. */
export const password = new Hono<{ Bindings: Env }>()
  .post(
    '/forgot',
    described(
      'Mails a reset link if the address has an account. The answer does not reveal whether it has one.',
      {
        202: z.object({ minutes: z.number() }),
      },
    ),
    validated('json', forgotRequest),
    async (context) => {
      const { email } = context.req.valid('json');
      if (!canMailLinks(context.env, context.req.raw)) {
        throw new FoyerError('unavailable', {
          message:
            "This installation doesn't send e-mail. Ask an owner or admin of your team for a link.",
        });
      }
      await limitAttempts(context.env, `forgot:${networkOfRequest(context.req.raw)}`);
      await limitAttempts(context.env, `forgot:${email}`);
      const person = await findPerson(databaseOf(context), { email });
      // Signed for an unknown address, too, and mailed after the answer: its time must not tell.
      const link = await signPasswordLink(context, person ?? NOBODY);
      if (person?.password) note({ user: person.id });
      const mail = person?.password ? passwordMail(email, link, PASSWORD_LINK_MINUTES) : null;
      const { env } = context;
      // The request's own database is closed by then.
      const sent = sendWithin(env, openDatabase(env), RESETS_OF_ACCOUNT, { to: email, mail });
      afterwards(context, sent);
      return context.json({ minutes: PASSWORD_LINK_MINUTES }, 202);
    },
  )
  .post(
    '/reset',
    described('Sets a new password with a reset link, which works once. Ends all sessions.', {
      204: null,
    }),
    validated('json', resetRequest),
    async (context) => {
      await limitGuesses(context, 'reset');
      const { token, password } = context.req.valid('json');
      const link = readLink(token);
      const parts = linkParts.safeParse(link?.parts);
      if (!link || !parts.success) throw spent();
      const [id, until, organizationId, makerId] = parts.data;
      const db = databaseOf(context);
      const person = await findPerson(db, { id });
      // Bound to the password that it replaces, and so of use once.
      if (!person?.password || until < Date.now()) throw spent();
      if (!(await isSigned(context.env.FOYER_SECRET, 'password', link, person.password))) {
        throw spent();
      }
      // A colleague's link holds as long as they could make it still.
      if (organizationId && makerId) {
        const [maker, memberships] = await Promise.all([
          findRole(db, organizationId, makerId),
          findRole(db, organizationId, id),
        ]);
        if (!maker || !memberships || !mayResetAccess(maker, memberships)) throw spent();
        // Colleagues cannot reset the access of somebody who has joined another organization since.
        if ((await countMemberships(db, id)) > 1) throw spent();
      }
      const organizations = await organizationNames(db, id);
      checkPassword(password, { ...person, organizations }, 'password');
      // Whoever uses a colleague's link was not shown to read the address's mail. Before the
      // password: no account counts as proven with a password that somebody else may have set.
      if (makerId && person.proven) await setProven(db, id, false);
      if (
        !(await replacePassword(
          db,
          person,
          person.password,
          await hashPassword(password),
          'password.reset',
        ))
      ) {
        throw spent();
      }
      // The link was mailed to the address. A second factor or a passkey may be somebody else's: then
      // the account is not wholly in the hands of whoever has its mail.
      if (!makerId && !person.proven && !person.two_factor && !(await hasPasskey(db, id))) {
        await setProven(db, id, true);
      }
      tellPerson(context, id, { kind: 'password_changed' });
      const access = authDeps(context);
      await releaseBrake(access, person);
      for (const { organization_id } of await endSessionsEverywhere(db, id)) {
        if (organization_id) {
          await organizationObject(context.env, organization_id).revoke(
            organization_id,
            id,
            null,
            true,
          );
        }
      }
      // Somebody may go on guessing at the account: whoever had the link is not held up by that.
      context.header('set-cookie', await knownBrowserCookie(access, person.id));
      return context.body(null, 204);
    },
  );

/** Stands for the account that an unknown address does not have. */
const NOBODY = { id: '00000000-0000-0000-0000-000000000000', password: '' };

function spent(): FoyerError {
  return new FoyerError('not_found', {
    message: 'This link no longer works. Ask for a new one.',
  });
}
