import { Hono } from 'hono';
import { z } from 'zod';
import { checkOrigin, signInProven } from '../../auth/agent-auth.ts';
import { done } from '../../auth/bodies.ts';
import { authDeps } from '../../auth/deps.ts';
import type { Env } from '../../env.ts';
import { described } from '../../http/description/describe.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { meetBrowser } from '../notices/new-sign-in.ts';
import { assertion } from './bodies.ts';
import { isChallenge, makeChallenge, useChallenge } from './challenges.ts';
import { findCredential, notePasskeyUse } from './store.ts';
import { challengeIn, readAssertion } from './webauthn.ts';

const REFUSED =
  "This passkey doesn't work here. Try again, or sign in another way and check your profile.";

/**
 * `/api/auth/passkey`: signs in with a passkey. The authenticator has verified its user, so that no
 * second factor is asked for. A guess is hopeless, so that nothing counts them.
 */
export const passkeySignIn = new Hono<{ Bindings: Env }>()
  .post(
    '/challenge',
    described('The challenge that a passkey signs. It works once, for ten minutes.', {
      200: z.object({ challenge: z.string(), host: z.string() }),
    }),
    async (context) => {
      const { secret, origin } = authDeps(context);
      checkOrigin(context.req.raw, { origin });
      const challenge = await makeChallenge(secret, 'passkey_sign_in');
      return context.json({ challenge, host: new URL(origin).hostname }, 200);
    },
  )
  .post(
    '/sign-in',
    described('Signs in with the answer of a passkey, and sets the cookie of the session.', {
      200: done,
    }),
    validated('json', assertion),
    async (context) => {
      const deps = authDeps(context);
      const { database, secret } = deps;
      checkOrigin(context.req.raw, deps);
      const sent = context.req.valid('json');
      const refused = new FoyerError('unauthorized', { message: REFUSED });
      const challenge = challengeIn(sent.clientDataJSON);
      if (challenge === null || !(await isChallenge(secret, 'passkey_sign_in', challenge))) {
        throw refused;
      }
      const passkey = await findCredential(database, sent.credentialId);
      if (!passkey) throw refused;
      const signCount = await readAssertion(deps, passkey, sent);
      if (signCount === null) throw refused;
      if (!(await useChallenge(database, challenge))) throw refused;
      if (!(await notePasskeyUse(database, passkey.id, signCount))) throw refused;
      const { cookies } = await signInProven(deps, context.req.raw, passkey.user_id, 'passkey');
      const browser = await meetBrowser(context, passkey.user_id);
      for (const cookie of [...cookies, ...(browser ? [browser] : [])]) {
        context.header('set-cookie', cookie, { append: true });
      }
      return context.json({ success: true as const }, 200);
    },
  );
