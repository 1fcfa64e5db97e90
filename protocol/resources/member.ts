import { z } from 'zod';

export const memberRole = z.enum(['owner', 'admin', 'agent']);
export type MemberRole = z.infer<typeof memberRole>;

export const member = z.object({
  id: z.string(),
  user_id: z.string(),
  name: z.string(),
  email: z.string(),
  role: memberRole,
});
export type Member = z.infer<typeof member>;
