import { Hono } from 'hono';
import { z } from 'zod';
import { member, memberRole } from '../../../protocol/resources.ts';
import { type AdminEnv, databaseOf } from '../../context.ts';
import { described, pageOf } from '../../describe.ts';
import { permit } from '../../guards.ts';
import { listMembers } from '../../store/organizations.ts';

const me = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  organization: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
  role: memberRole,
});

/** The agent's own organization: who is in it. */
export const organization = new Hono<AdminEnv>()
  .get('/me', described('Who is signed in.', { 200: me }), (context) => {
    const { user, organization, role } = context.var.signedIn;
    return context.json({ user, organization, role }, 200);
  })
  .get(
    '/members',
    permit('members.read'),
    described('The people of the organization.', { 200: pageOf(member) }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const items = await listMembers(databaseOf(context), organization_id);
      return context.json({ items, next_cursor: null }, 200);
    },
  );
