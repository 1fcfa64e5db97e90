import { Hono } from 'hono';
import { z } from 'zod';
import { passkey, passkeyCreation } from '../../../protocol/resources/team.ts';
import { authDeps } from '../../auth/deps.ts';
import { isDuplicate } from '../../database/database.ts';
import { type AdminContext, type AdminEnv, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { personName } from '../../http/input/fields.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { currentPassword, proven } from '../accounts/proof.ts';
import { tellPerson } from '../notices/notices.ts';
import { newCredential } from './bodies.ts';
import { creationFor } from './creation.ts';
import { registeredCredential } from './register.ts';
import {
  addPasskey,
  beganAfter,
  listPasskeys,
  MAX_PASSKEYS,
  type Passkey,
  removePasskey,
  renamePasskey,
} from './store.ts';

/**
 * Minutes after signing in for which one's passkeys can be changed without the password. An open browser
 * that somebody finds later is not enough.
 */
const FRESH_MINUTES = 10;

const proof = z.object({ password: currentPassword.optional() });
const named = z.object({ name: personName });
const answer = z.object({ passkey });

/** `/api/admin/me/passkeys`: the caller's own passkeys. */
export const passkeys = new Hono<AdminEnv>()
  .get(
    '/',
    described('Your passkeys, oldest first.', { 200: pageOf(passkey) }),
    async (context) => {
      const rows = await listPasskeys(databaseOf(context), context.var.agent.id);
      return context.json({ items: rows.map(asShown), next_cursor: null }, 200);
    },
  )
  .post(
    '/challenge',
    described(
      'What a browser needs to create a passkey. Needs the password or a sign-in within the last ten minutes.',
      { 200: passkeyCreation },
    ),
    validated('json', proof),
    async (context) => {
      await mustProve(context, context.req.valid('json').password);
      const { user } = context.var.signedIn;
      const existing = await listPasskeys(databaseOf(context), user.id);
      checkCount(existing.length);
      const { id, name, email } = user;
      const ids = existing.map(({ credential_id }) => credential_id);
      return context.json(await creationFor(context, { id, name, email }, ids), 200);
    },
  )
  .post(
    '/',
    described('Adds the passkey that a browser created for a challenge.', { 201: answer }),
    validated('json', newCredential.extend(named.shape)),
    async (context) => {
      const { name, ...sent } = context.req.valid('json');
      const { id: userId } = context.var.agent;
      const deps = authDeps(context);
      const credential = await registeredCredential(deps, userId, sent);
      checkCount((await listPasskeys(deps.database, userId)).length);
      try {
        const added = await addPasskey(deps.database, context.var.agent, name, credential);
        tellPerson(context, userId, { kind: 'passkey_added' });
        return context.json({ passkey: asShown(added) }, 201);
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        throw new FoyerError('conflict', { message: 'This passkey is already registered.' });
      }
    },
  )
  .patch(
    '/:id',
    described('Renames a passkey.', { 200: answer }),
    validated('param', idParam),
    validated('json', named),
    async (context) => {
      const { id } = context.req.valid('param');
      const { name } = context.req.valid('json');
      const renamed = await renamePasskey(databaseOf(context), context.var.agent.id, id, name);
      if (!renamed) throw new FoyerError('not_found');
      return context.json({ passkey: asShown(renamed) }, 200);
    },
  )
  .post(
    '/:id/remove',
    described(
      'Removes a passkey. Needs the password or a sign-in within the last ten minutes; 409 for the last one of an account without a password.',
      { 204: null },
    ),
    validated('param', idParam),
    validated('json', proof),
    async (context) => {
      await mustProve(context, context.req.valid('json').password);
      const { id: userId } = context.var.agent;
      const { id } = context.req.valid('param');
      const outcome = await removePasskey(databaseOf(context), context.var.agent, id);
      if (outcome === 'missing') throw new FoyerError('not_found');
      if (outcome === 'last') {
        throw new FoyerError('conflict', {
          message: 'This is the only way into your account. Add another passkey first.',
        });
      }
      tellPerson(context, userId, { kind: 'passkey_removed' });
      return context.body(null, 204);
    },
  );

/** @throws FoyerError forbidden, and validation_failed for a wrong password */
async function mustProve(context: AdminContext, password: string | undefined): Promise<void> {
  if (password !== undefined) {
    await proven(context, password, 'password');
    return;
  }
  const since = new Date(Date.now() - FRESH_MINUTES * 60_000);
  if (await beganAfter(databaseOf(context), context.var.agent.session_id, since)) return;
  throw new FoyerError('forbidden', {
    message: `You signed in more than ${FRESH_MINUTES} minutes ago. Enter your password, or sign in again.`,
  });
}

function checkCount(count: number): void {
  if (count < MAX_PASSKEYS) return;
  throw new FoyerError('conflict', { message: `You have ${MAX_PASSKEYS} passkeys: remove one.` });
}

const asShown = ({ id, name, created_at, last_used_at }: Passkey) => ({
  id,
  name,
  created_at: created_at.toISOString(),
  last_used_at: last_used_at?.toISOString() ?? null,
});
