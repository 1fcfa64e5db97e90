import { hashPassword } from 'better-auth/crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { secondFactor } from '../../../protocol/resources/team.ts';
import { recordOwnNow } from '../../activity/record-store.ts';
import { createAgentAuth } from '../../auth/agents.ts';
import { agentCookies } from '../../auth/agents-session.ts';
import { authDeps } from '../../auth/deps.ts';
import { type AdminContext, type AdminEnv, databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { tellPerson } from '../notices/notices.ts';
import { endOthers } from './end-others.ts';
import { tryOwn } from './guesses/tries.ts';
import { checkPassword, newPassword } from './passwords/new-password.ts';
import { findPerson, organizationNames, replacePassword } from './people-store.ts';
import { currentPassword, proven } from './proof.ts';
import { findFactor } from './store.ts';
import { tellEverywhere } from './tell-everywhere.ts';
import { useCode } from './totp.ts';

const passwordRequest = z.object({ current: currentPassword, next: newPassword });
const proof = z.object({ password: currentPassword });
const code = z.object({ code: z.string().trim().min(1, 'Required').max(20) });

const WRONG_CODE = 'The code is wrong or was already used. A new code appears every 30 seconds.';

/** Routes for the caller's own password and second factor. */
export const security = new Hono<AdminEnv>()
  .post(
    '/password',
    described('Changes your password and ends your other sessions.', { 204: null }),
    validated('json', passwordRequest),
    async (context) => {
      const { current, next } = context.req.valid('json');
      const before = await proven(context, current, 'current');
      const { user } = context.var.signedIn;
      const { id } = user;
      const db = databaseOf(context);
      const organizations = await organizationNames(db, id);
      checkPassword(next, { ...user, organizations }, 'next');
      if (
        !(await replacePassword(db, user, before, await hashPassword(next), 'password.changed'))
      ) {
        throw new FoyerError('conflict', {
          message: 'Your password was changed somewhere else at the same time.',
        });
      }
      await endOthers(context);
      tellPerson(context, id, { kind: 'password_changed' });
      return context.body(null, 204);
    },
  )
  .post(
    '/two-factor',
    described('Begins to set up a second factor. It is active once the first code is confirmed.', {
      201: secondFactor,
    }),
    validated('json', proof),
    async (context) => {
      const { password } = context.req.valid('json');
      await proven(context, password, 'password');
      if (context.var.signedIn.user.two_factor) throw new FoyerError('conflict');
      const auth = createAgentAuth(authDeps(context));
      const { headers } = context.req.raw;
      const made = secondFactor.parse(
        await auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers }),
      );
      return context.json({ ...made, totpURI: await named(context, made.totpURI) }, 201);
    },
  )
  .post(
    '/two-factor/confirm',
    described('Confirms the first code. From then on signing in asks for a code.', { 204: null }),
    validated('json', code),
    async (context) => {
      const { id } = context.var.agent;
      const deps = authDeps(context, true);
      const { code } = context.req.valid('json');
      const attempt = await tryOwn(deps, context.req.raw, id);
      const secret = await findFactor(deps.database, id);
      const { key } = agentCookies(deps);
      if (!secret || !(await useCode(deps.database, { secret, key, code }, Date.now()))) {
        await attempt.wrong();
        throw new FoyerError('validation_failed', { fields: { code: WRONG_CODE } });
      }
      await attempt.right();
      await recordOwnNow(deps.database, context.var.agent, 'second_factor.added');
      const response = await createAgentAuth(deps).api.verifyTOTP({
        body: { code },
        headers: context.req.raw.headers,
        asResponse: true,
      });
      const answer = withCookies(response, 'code', WRONG_CODE);
      tellPerson(context, context.var.agent.id, { kind: 'factor_set_up' });
      await tellEverywhere(context);
      return answer;
    },
  )
  .post(
    '/two-factor/disable',
    described('Removes the second factor.', { 204: null }),
    validated('json', proof),
    async (context) => {
      const { password } = context.req.valid('json');
      await proven(context, password, 'password');
      if (context.var.signedIn.user.two_factor) {
        await recordOwnNow(databaseOf(context), context.var.agent, 'second_factor.removed');
      }
      const auth = createAgentAuth(authDeps(context, true));
      const response = await auth.api.disableTwoFactor({
        body: { password },
        headers: context.req.raw.headers,
        asResponse: true,
      });
      const answer = withCookies(response, 'password', 'The password is wrong.');
      tellPerson(context, context.var.agent.id, { kind: 'factor_switched_off' });
      await tellEverywhere(context);
      return answer;
    },
  );

/** The address of a second factor with what its person is called in place of a stand-in. */
async function named(context: AdminContext, uri: string): Promise<string> {
  const { user } = context.var.signedIn;
  const person = await findPerson(databaseOf(context), { id: user.id });
  if (!person || person.key === person.email) return uri;
  return uri.replace(encodeURIComponent(person.key), encodeURIComponent(person.email));
}

/** What better-auth did, as ours: nothing but its cookies, or the refusal at its field. */
function withCookies(response: Response, field: string, refusal: string): Response {
  if (response.status >= 500) throw new Error(`better-auth answered ${response.status}`);
  if (!response.ok) throw new FoyerError('validation_failed', { fields: { [field]: refusal } });
  const headers = new Headers();
  for (const cookie of response.headers.getSetCookie()) headers.append('set-cookie', cookie);
  return new Response(null, { status: 204, headers });
}
