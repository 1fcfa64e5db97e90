import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { checkOrigin, signInProven } from '../../auth/agent-auth.ts';
import { authDeps } from '../../auth/deps.ts';
import { isSigned, readLink, signLink } from '../../auth/signed.ts';
import { openDatabase } from '../../database/database.ts';
import { canMailLinks } from '../../email/links.ts';
import { signInMail } from '../../email/mails.ts';
import type { Env } from '../../env.ts';
import { afterwards } from '../../http/afterwards.ts';
import { databaseOf, networkOfRequest } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { limitAttempts, limitGuesses } from '../../http/guards.ts';
import { linkFor } from '../../http/headers/public-url.ts';
import { accountEmail } from '../../http/input/fields.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { note } from '../../kernel/log/log.ts';
import { findPerson, type Person } from '../accounts/people-store.ts';
import { SIGN_IN_LINKS_OF_ACCOUNT, sendWithin } from '../mail-quota/send-within.ts';
import { meetBrowser } from '../notices/new-sign-in.ts';
import { useUp } from '../once/store.ts';

/** Minutes for which a link signs in. */
const LINK_MINUTES = 15;

/** Whose, until when (milliseconds since 1970), a random name, and the address for the page to show. */
const linkParts = z.tuple([z.uuid(), z.coerce.number(), z.uuid(), z.string()]);

/**
 * `/api/auth/link`: signs in with a link that was mailed. Only an account that has proven its address
 * gets one. An address that an account holds or names without proof may be a stranger's, who would get
 * that account with the link.
 */
export const signInLinks = new Hono<{ Bindings: Env }>()
  .post(
    '/send',
    described('Mails a link that signs in, if the address has an account that has confirmed it.', {
      202: z.object({ minutes: z.number() }),
    }),
    validated('json', z.object({ email: accountEmail })),
    async (context) => {
      checkOrigin(context.req.raw, authDeps(context));
      const { env, req } = context;
      const { email } = context.req.valid('json');
      if (!canMailLinks(env, req.raw)) {
        throw new FoyerError('unavailable', { message: "This installation doesn't send e-mail." });
      }
      await limitAttempts(env, `sign_in_link:${networkOfRequest(req.raw)}`);
      await limitAttempts(env, `sign_in_link:${email}`);
      const person = await findPerson(databaseOf(context), { email });
      const isProven = person?.proven === true && person.key === email;
      if (isProven) note({ user: person.id });
      // Signed for everybody, and mailed after the answer: its time must not tell.
      const link = await makeLink(context, isProven ? person : NOBODY, email);
      const mail = isProven ? signInMail(email, link, LINK_MINUTES) : null;
      // The request's own database is closed by then.
      const sent = sendWithin(env, openDatabase(env), SIGN_IN_LINKS_OF_ACCOUNT, {
        to: email,
        mail,
      });
      afterwards(context, sent);
      return context.json({ minutes: LINK_MINUTES }, 202);
    },
  )
  .post(
    '/sign-in',
    described(
      'Signs in with a link, which works once. If the account has a second factor, its code must follow.',
      { 200: z.object({ second_factor: z.boolean() }) },
    ),
    validated('json', z.object({ token: z.string().max(2_000) })),
    async (context) => {
      const deps = authDeps(context);
      checkOrigin(context.req.raw, deps);
      await limitGuesses(context, 'sign_in_link');
      const link = readLink(context.req.valid('json').token);
      const parts = linkParts.safeParse(link?.parts);
      if (!link || !parts.success) throw spent();
      const [id, until, name] = parts.data;
      const person = until < Date.now() ? null : await findPerson(deps.database, { id });
      if (!person?.proven) throw spent();
      if (!(await isSigned(context.env.FOYER_SECRET, 'sign_in', link, boundTo(person)))) {
        throw spent();
      }
      if (!(await useUp(deps.database, `sign_in:${name}`, Date.now()))) throw spent();
      const { halfway, cookies } = await signInProven(deps, context.req.raw, id, 'link');
      // Halfway nobody is in; the code's request meets the browser then.
      const browser = halfway ? null : await meetBrowser(context, id);
      for (const cookie of [...cookies, ...(browser ? [browser] : [])]) {
        context.header('set-cookie', cookie, { append: true });
      }
      return context.json({ second_factor: halfway }, 200);
    },
  );

/** Stands for the account that an unknown address does not have. */
const NOBODY = { id: '00000000-0000-0000-0000-000000000000', key: '', password: '' };

/** What must still be so when a link is used: a new address or a new password ends it. */
const boundTo = ({ key, password }: Pick<Person, 'key' | 'password'>) =>
  `${key}\n${password ?? ''}`;

async function makeLink(
  { env, req }: Context<{ Bindings: Env }>,
  person: Pick<Person, 'id' | 'key' | 'password'>,
  email: string,
): Promise<string> {
  const until = `${Date.now() + LINK_MINUTES * 60_000}`;
  // Without dots, which part the parts.
  const shown = encodeURIComponent(email).replaceAll('.', '%2E');
  const parts = [person.id, until, crypto.randomUUID(), shown];
  const token = await signLink(env.FOYER_SECRET, 'sign_in', parts, boundTo(person));
  return linkFor(env, req.raw, `/admin/sign-in-link#${token}`);
}

function spent(): FoyerError {
  return new FoyerError('not_found', {
    message: 'This link no longer works. Ask for a new one.',
  });
}
