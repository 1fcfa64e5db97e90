import { Hono } from 'hono';
import { z } from 'zod';
import { department, member, memberRole, widgetSettings } from '../../../protocol/resources.ts';
import { type AdminEnv, databaseOf } from '../../context.ts';
import { described, pageOf } from '../../describe.ts';
import { FoyerError } from '../../errors.ts';
import { permit } from '../../guards.ts';
import { listDepartments, listMembers, readSettings } from '../../store/organizations.ts';

const me = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  organization: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
  role: memberRole,
});

const departmentRow = department.extend({
  position: z.number(),
  visible: z.boolean(),
  archived_at: z.iso.datetime().nullable(),
});

const settings = widgetSettings.extend({
  public_key: z.string(),
  allowed_origins: z.array(z.string()),
});

/** The agent's own organization: who is in it and how it is set up. */
export const organization = new Hono<AdminEnv>()
  .get('/me', described('Who is signed in.', { 200: me }), (context) => {
    const { user, organization, role } = context.var.signedIn;
    return context.json({ user, organization, role }, 200);
  })
  .get(
    '/departments',
    permit('departments.read'),
    described('All departments, archived ones too.', { 200: pageOf(departmentRow) }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const items = await listDepartments(databaseOf(context), organization_id);
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .get(
    '/members',
    permit('members.read'),
    described('The people of the organization.', { 200: pageOf(member) }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const items = await listMembers(databaseOf(context), organization_id);
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .get(
    '/settings',
    permit('settings.read'),
    described("The widget's settings.", { 200: z.object({ settings }) }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const found = await readSettings(databaseOf(context), organization_id);
      if (!found) throw new FoyerError('not_found');
      return context.json({ settings: found }, 200);
    },
  );
