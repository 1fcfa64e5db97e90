import { z } from 'zod';
import { preferences } from './preferences.ts';
import { memberRole } from './resources.ts';

/** Who is signed in, for which organization, and what they chose for themselves. */
export const me = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    email_verified: z.boolean(),
    /** The address of their picture. */
    image: z.string().nullable(),
    /** Whether signing in asks for a second factor. */
    two_factor: z.boolean(),
  }),
  organization: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
  role: memberRole,
  preferences,
});
