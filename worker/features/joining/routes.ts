import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { MAX_PASSWORD_LENGTH } from '../../../protocol/limits.ts';
import { openInvitation, passkeyCreation } from '../../../protocol/resources/team.ts';
import { signInProven } from '../../auth/agent-auth.ts';
import { authDeps } from '../../auth/deps.ts';
import { mayManage } from '../../auth/permissions.ts';
import { isSigned, readLink } from '../../auth/signed.ts';
import { isDuplicate } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { limitGuesses } from '../../http/guards.ts';
import { nameOrNothing, personName } from '../../http/input/fields.ts';
import { validated } from '../../http/input/validated.ts';
import { publishRecords } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { knownBrowserCookie } from '../accounts/guesses/known-browser.ts';
import { tryPassword } from '../accounts/guesses/tries.ts';
import { passwordProblem } from '../accounts/passwords/passwords.ts';
import { type AddressAccount, findAccountsOf } from '../addresses/store.ts';
import { newCredential } from '../passkeys/bodies.ts';
import { newAccountCreation } from '../passkeys/creation.ts';
import { registeredCredential } from '../passkeys/register.ts';
import { publishInvitations } from '../team/publish-invitations.ts';
import { findRole } from '../team/store.ts';
import { decideJoin, formOf, passwordsOf } from './rules.ts';
import {
  findInvitation,
  giveBack,
  type InvitationRow,
  isMemberAddress,
  type Joiner,
  join,
  useUp,
} from './store.ts';

const lookRequest = z.object({ token: z.string().max(500) });

const acceptRequest = lookRequest.extend({
  /** For a new account; left out by who has one. */
  name: nameOrNothing.optional(),
  /** A new one, or that of an account that the address has. */
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH).optional(),
  /** For a new account, in place of a password: made for the challenge of `POST /passkey`. */
  passkey: newCredential.extend({ userId: z.uuid(), name: personName }).optional(),
});

/**
 * Invitations as those see them who were invited. The link comes in the body, so that no log has it.
 * One sign-in later they are in.
 */
export const invitations = new Hono<{ Bindings: Env }>()
  .post(
    '/look',
    described('The invitation behind a link; 404 when it no longer works.', {
      200: openInvitation,
    }),
    validated('json', lookRequest),
    async (context) => {
      const { mailed, ...invitation } = await valid(context, context.req.valid('json').token);
      const { organization, email, role, inviter } = invitation;
      const accounts = await findAccountsOf(databaseOf(context), email);
      return context.json(
        {
          organization: organization.name,
          email,
          role,
          invited_by: inviter,
          mailed,
          ...formOf(accounts, mailed),
        },
        200,
      );
    },
  )
  .post(
    '/passkey',
    described('What a browser needs to create the passkey of a new account.', {
      200: passkeyCreation,
    }),
    validated('json', lookRequest),
    async (context) => {
      const { token } = context.req.valid('json');
      // Counted apart: whoever joins with a passkey asks three times.
      const { email } = await valid(context, token, 'invitation_passkey');
      return context.json(await newAccountCreation(context, { name: '', email }), 200);
    },
  )
  .post(
    '/accept',
    described(
      'Joins with a new account or with the account of the address. With a passkey the person is signed in.',
      { 200: z.object({ email: z.string() }) },
    ),
    validated('json', acceptRequest),
    async (context) => {
      const { token, ...details } = context.req.valid('json');
      const invitation = await valid(context, token);
      const db = databaseOf(context);
      const joiner = await person(context, invitation, details);
      if (!(await useUp(db, invitation.id, new Date()))) throw gone();
      const organizationId = invitation.organization.id;
      let userId: string;
      try {
        const { role, department_ids } = invitation;
        userId = await join(db, organizationId, role, joiner, department_ids);
      } catch (error) {
        // A person who is already a member has used it up; anybody else may try again.
        if ('user_id' in joiner && isDuplicate(error)) {
          if (await findRole(db, organizationId, joiner.user_id)) {
            return context.json({ email: invitation.email }, 200);
          }
        }
        await giveBack(db, invitation.id);
        if (!isDuplicate(error)) throw error;
        throw new FoyerError('conflict', {
          message: 'An account was just created for this address. Open the link again.',
        });
      }
      const { env, executionCtx } = context;
      const dashboards = { env, db, organizationId, executionCtx };
      await publishRecords(dashboards, 'members', ({ user_id }) => user_id === userId);
      await publishInvitations(dashboards, context.req.raw, [invitation.id]);
      const served = invitation.department_ids;
      if (served.length > 0) {
        await publishRecords(dashboards, 'departments', ({ id }) => served.includes(id));
      }
      if ('passkey' in joiner && joiner.passkey) await signInNew(context, joiner.passkey.user_id);
      return context.json({ email: invitation.email }, 200);
    },
  );

type Asked = Context<{ Bindings: Env }>;

/** @throws FoyerError not_found for a link that is not right, was used, or is past its time */
async function valid(
  context: Asked,
  token: string,
  counted: 'invitation' | 'invitation_passkey' = 'invitation',
): Promise<InvitationRow & { mailed: boolean }> {
  await limitGuesses(context, counted);
  const link = readLink(token);
  const id = z.tuple([z.uuid()]).safeParse(link?.parts);
  if (!link || !id.success) throw gone();
  const { FOYER_SECRET } = context.env;
  const mailed = await isSigned(FOYER_SECRET, 'mailed_invitation', link);
  if (!mailed && !(await isSigned(FOYER_SECRET, 'invitation', link))) throw gone();
  const invitation = await findInvitation(databaseOf(context), id.data[0]);
  if (invitation?.status !== 'pending' || invitation.expires_at <= new Date()) throw gone();
  // It holds as long as who sent it could send it still.
  const { inviter_role, role } = invitation;
  if (!inviter_role || !mayManage(inviter_role, role)) throw gone();
  return { ...invitation, mailed };
}

/**
 * The person who joins, as worker/features/joining/rules.ts decides it.
 *
 * @throws FoyerError unauthorized for a wrong password; validation_failed for a new account that
 *   lacks something; conflict for an account or a member that stands in the way
 */
async function person(
  context: Asked,
  { email, mailed, organization }: InvitationRow & { mailed: boolean },
  { name, password, passkey }: Omit<z.infer<typeof acceptRequest>, 'token'>,
): Promise<Joiner> {
  const db = databaseOf(context);
  const accounts = await findAccountsOf(db, email);
  const named = name !== undefined;
  const isFree = async () => mailed || !(await isMemberAddress(db, organization.id, email));
  if (passkey !== undefined) {
    if (!name || password !== undefined) {
      const fields = name ? { password: 'Choose a password or a passkey.' } : { name: 'Required' };
      throw new FoyerError('validation_failed', { fields });
    }
    const decision = decideJoin(accounts, { mailed, named, right: null });
    if (decision.kind !== 'new_account') {
      throw new FoyerError('conflict', {
        message: 'This address already has an account. Join with its password.',
      });
    }
    if (!(await isFree())) throw memberAlready();
    const { userId: user_id, name: called, ...sent } = passkey;
    const credential = await registeredCredential(authDeps(context), user_id, sent);
    const made = { user_id, name: called, credential };
    return { name, email, password: null, proven: decision.proven, passkey: made };
  }
  if (password === undefined) {
    throw new FoyerError('validation_failed', { fields: { password: 'Required' } });
  }
  const passwords = passwordsOf(accounts, { mailed, named });
  // The same brake as where they sign in: an invitation is no way around it.
  const attempt =
    passwords.length > 0 ? await tryPassword(authDeps(context), context.req.raw, email) : null;
  let right: AddressAccount | null = null;
  for (const account of passwords) {
    if (account.password && (await verifyPassword({ hash: account.password, password }))) {
      right = account;
      break;
    }
  }
  await (right ? attempt?.right(right.key) : attempt?.wrong());
  // As long as for an account, so that the time says nothing about the address.
  if (!named && passwords.length === 0) await hashPassword(password);
  const decision = decideJoin(accounts, { mailed, named, right });
  switch (decision.kind) {
    case 'join':
      return {
        user_id: decision.user_id,
        ...(decision.proves && right && { proves: { key: right.key, email } }),
      };
    case 'new_account': {
      const fields = newAccountProblems(name, password, { email, organization: organization.name });
      if (!name || Object.keys(fields).length > 0) {
        throw new FoyerError('validation_failed', { fields });
      }
      if (!(await isFree())) throw memberAlready();
      return { name, email, password: await hashPassword(password), proven: decision.proven };
    }
    case 'refused':
      if (decision.reason === 'name_needed') {
        const fields = newAccountProblems(name, password, {
          email,
          organization: organization.name,
        });
        throw new FoyerError('validation_failed', { fields });
      }
      throw refusal(decision.reason);
  }
}

/** Signs in whoever has just joined with a passkey of a new account. */
async function signInNew(context: Asked, userId: string): Promise<void> {
  const deps = authDeps(context);
  const { cookies } = await signInProven(deps, context.req.raw, userId, 'invitation');
  for (const cookie of [...cookies, await knownBrowserCookie(deps, userId)]) {
    context.header('set-cookie', cookie, { append: true });
  }
}

function memberAlready(): FoyerError {
  return new FoyerError('conflict', {
    message: 'Somebody with this address is already a member.',
  });
}

/** What a new account lacks, by field. */
function newAccountProblems(
  name: string | undefined,
  password: string,
  about: { email: string; organization: string },
): Record<string, string> {
  const owner = { name: name ?? '', email: about.email, organizations: [about.organization] };
  const problem = passwordProblem(password, owner);
  return { ...(!name && { name: 'Required' }), ...(problem && { password: problem }) };
}

function refusal(reason: 'wrong_password' | 'unproven_elsewhere'): FoyerError {
  switch (reason) {
    case 'wrong_password':
      return new FoyerError('unauthorized', { message: 'The password is wrong.' });
    case 'unproven_elsewhere':
      return new FoyerError('conflict', {
        message:
          'This account has not confirmed its address. Confirm it in its profile first, or join with a new account.',
      });
  }
}

function gone(): FoyerError {
  return new FoyerError('not_found', {
    message: 'This invitation no longer works. Ask for a new one.',
  });
}
