import { Hono } from 'hono';
import { member } from '../../../protocol/resources.ts';
import { type AdminEnv, databaseOf } from '../../context.ts';
import { described, pageOf } from '../../describe.ts';
import { permit } from '../../guards.ts';
import { listMembers } from '../../store/organizations.ts';

/** The agent's own organization: who is in it. */
export const organization = new Hono<AdminEnv>().get(
  '/members',
  permit('members.read'),
  described('The people of the organization.', { 200: pageOf(member) }),
  async (context) => {
    const { organization_id } = context.var.agent;
    const items = await listMembers(databaseOf(context), organization_id);
    return context.json({ items, next_cursor: null }, 200);
  },
);
