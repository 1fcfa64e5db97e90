import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { MAX_PASSWORD_LENGTH } from '../../protocol/limits.ts';
import { openInvitation } from '../../protocol/team.ts';
import { afterwards } from '../afterwards.ts';
import { mayManage } from '../auth/permissions.ts';
import { isSigned, readLink } from '../auth/signed.ts';
import { databaseOf } from '../context.ts';
import { described } from '../describe.ts';
import type { Env } from '../env.ts';
import { FoyerError } from '../errors.ts';
import { passwordProblem } from '../features/accounts/passwords.ts';
import { nameOrNothing } from '../fields.ts';
import { limitGuesses } from '../guards.ts';
import { inboxOf } from '../inbox/address.ts';
import { isDuplicate } from '../store/database.ts';
import {
  findAccount,
  findInvitation,
  giveBack,
  type InvitationRow,
  join,
  useUp,
} from '../store/invitations.ts';
import { validated } from '../validated.ts';

const lookRequest = z.object({ token: z.string().max(500) });

const acceptRequest = lookRequest.extend({
  /** Needed of who has no account yet. */
  name: nameOrNothing.optional(),
  /** A new one, or that of the account that the address has. */
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH),
});

/**
 * Invitations as those see them who were invited. The link proves it; it comes in the body, so that
 * no log has it. One sign-in later they are in.
 */
export const invitations = new Hono<{ Bindings: Env }>()
  .post(
    '/look',
    described('What an invitation’s link is about; 404 when it works no longer.', {
      200: openInvitation,
    }),
    validated('json', lookRequest),
    async (context) => {
      const found = await valid(context, context.req.valid('json').token);
      const { organization, email, role, inviter } = found;
      const account = await findAccount(databaseOf(context), email);
      return context.json(
        {
          organization: organization.name,
          email,
          role,
          invited_by: inviter,
          has_account: account !== null,
        },
        200,
      );
    },
  )
  .post(
    '/accept',
    described('Joins, with a new account or the one that the address has.', {
      200: z.object({ email: z.string() }),
    }),
    validated('json', acceptRequest),
    async (context) => {
      const { token, name, password } = context.req.valid('json');
      const found = await valid(context, token);
      const db = databaseOf(context);
      const who = await person(context, found, name, password);
      if (!(await useUp(db, found.id, new Date()))) throw gone();
      try {
        await join(db, found.organization.id, found.role, who);
      } catch (error) {
        if (!isDuplicate(error)) {
          await giveBack(db, found.id);
          throw error;
        }
        // A member already, or an account was made at the same time: signing in says which.
      }
      const inbox = inboxOf(context.env, found.organization.id);
      afterwards(context, inbox.announce('members'));
      return context.json({ email: found.email }, 200);
    },
  );

type Asked = Context<{ Bindings: Env }>;

/** @throws FoyerError not_found for a link that is not right, was used, or is past its time */
async function valid(context: Asked, token: string): Promise<InvitationRow> {
  await limitGuesses(context, 'invitation');
  const link = readLink(token);
  const id = z.tuple([z.uuid()]).safeParse(link?.parts);
  if (!link || !id.success) throw gone();
  if (!(await isSigned(context.env.FOYER_SECRET, 'invitation', link))) throw gone();
  const found = await findInvitation(databaseOf(context), id.data[0]);
  if (found?.status !== 'pending' || found.expires_at <= new Date()) throw gone();
  // It holds as long as who sent it could send it still.
  const { inviter_role, role } = found;
  if (!inviter_role || !mayManage(inviter_role, role)) throw gone();
  return found;
}

async function person(
  context: Asked,
  { email, organization }: InvitationRow,
  name: string | undefined,
  password: string,
) {
  const account = await findAccount(databaseOf(context), email);
  if (account) {
    const right =
      account.password !== null && (await verifyPassword({ hash: account.password, password }));
    if (!right) {
      throw new FoyerError('unauthorized', { message: 'The password is not right.' });
    }
    return { user_id: account.user_id };
  }
  const fields: Record<string, string> = {};
  if (!name) fields.name = 'This is needed.';
  const owner = { name: name ?? '', email, organizations: [organization.name] };
  const problem = passwordProblem(password, owner);
  if (problem) fields.password = problem;
  if (!name || fields.password) throw new FoyerError('validation_failed', { fields });
  return { name, email, password: await hashPassword(password) };
}

function gone(): FoyerError {
  return new FoyerError('not_found', {
    message: 'This invitation works no longer. Ask for a new one.',
  });
}
