import { z } from 'zod';
import { MAX_PASSWORD_LENGTH } from '../../protocol/limits.ts';
import { memberRole } from '../../protocol/resources/member.ts';
import { accountEmail } from '../http/input/fields.ts';

/** What `/api/auth/*` takes and answers. */

/** The body of sign-in/email. */
export const credentials = z.object({
  email: accountEmail,
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH),
});

/** The body of two-factor/verify-totp and two-factor/verify-backup-code. */
export const code = z.object({ code: z.string().trim().min(1).max(20) });

/** The person who signed in. */
export const signedIn = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
});

/** The password was right and a code has to follow. */
export const secondFactor = z.object({ second_factor: z.literal(true) });

export const done = z.object({ success: z.literal(true) });

/** The agent of get-session, as `readAgent` reads them; null where nobody is signed in. */
export const currentAgent = z
  .object({
    user: z.object({
      id: z.string(),
      name: z.string(),
      email: z.string(),
      email_verified: z.boolean(),
      image: z.string().nullable(),
      two_factor: z.boolean(),
    }),
    session: z.object({ id: z.string(), expires_at: z.iso.datetime() }),
    organization: z.object({
      id: z.string(),
      name: z.string(),
      slug: z.string(),
      restrict_agents: z.boolean(),
    }),
    role: memberRole,
    departments: z.array(z.string()).optional(),
  })
  .nullable();
