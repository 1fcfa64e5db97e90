import type { BetterAuthPlugin } from 'better-auth';
import { APIError, createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';

/** Seconds that somebody has for the code of their second factor, as after a password. */
const HALFWAY_SECONDS = 600;

const proven = z.object({
  userId: z.string(),
  /** Whether the account's second factor is still to be asked for. */
  asksForCode: z.boolean(),
});

/**
 * Signs in somebody who has shown in another way than by a password who they are. It has no path: only
 * our own code reaches it, through `api`.
 */
export const provenSignIn = {
  id: 'proven-sign-in',
  endpoints: {
    signInProven: createAuthEndpoint({ method: 'POST', body: proven }, async (context) => {
      const { userId, asksForCode } = context.body;
      const { internalAdapter, secret, createAuthCookie } = context.context;
      const user = await internalAdapter.findUserById(userId);
      if (!user) throw new APIError('UNAUTHORIZED');
      if (asksForCode && 'twoFactorEnabled' in user && user.twoFactorEnabled === true) {
        // As better-auth's plugin for second factors does it after a password.
        const cookie = createAuthCookie('two_factor', { maxAge: HALFWAY_SECONDS });
        const identifier = `2fa-${crypto.randomUUID()}`;
        const expiresAt = new Date(Date.now() + HALFWAY_SECONDS * 1000);
        await internalAdapter.createVerificationValue({ value: userId, identifier, expiresAt });
        await internalAdapter.createVerificationValue({
          value: '0',
          identifier: `2fa-attempts-${identifier}`,
          expiresAt,
        });
        await context.setSignedCookie(cookie.name, identifier, secret, cookie.attributes);
        return context.json({ twoFactorRedirect: true });
      }
      const session = await internalAdapter.createSession(userId);
      await setSessionCookie(context, { session, user });
      return context.json({ twoFactorRedirect: false });
    }),
  },
} satisfies BetterAuthPlugin;
