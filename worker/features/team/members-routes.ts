import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_DEPARTMENTS } from '../../../protocol/limits.ts';
import { memberRole } from '../../../protocol/resources/member.ts';
import { passwordLink, teamMember } from '../../../protocol/resources/team.ts';
import { recordActivity, recorderOfChange, recordNow } from '../../activity/record-store.ts';
import { mayManage } from '../../auth/permissions.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam, uuid } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { dashboardsOf, publishRecords } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { organizationObject } from '../../organization/address.ts';
import { makePasswordLink, PASSWORD_LINK_MINUTES } from '../accounts/passwords/password-link.ts';
import { tellPersonAndOwners } from '../notices/notices.ts';
import { listMembers } from '../settings/store.ts';
import { publishIncomplete } from '../views/publish.ts';
import { managed, memberOf, resettable, subjectOf } from './managed-members.ts';
import { pendingIds, publishInvitations } from './publish-invitations.ts';
import {
  changeRole,
  countMemberships,
  departmentNames,
  endSessions,
  removeMember,
  serveDepartments,
} from './store.ts';

const changeRequest = z.object({
  role: memberRole.optional(),
  /** The departments that they serve. */
  departmentIds: z.array(uuid).max(MAX_DEPARTMENTS).optional(),
});

/** The members of the organization. */
export const members = new Hono<AdminEnv>()
  .get(
    '/',
    permit('members.read'),
    described('The members of the organization.', { 200: pageOf(teamMember) }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const items = await listMembers(databaseOf(context), organization_id);
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .patch(
    '/:id',
    permit('members.manage'),
    described('Changes a member’s role, or which departments they serve.', { 204: null }),
    validated('param', idParam),
    validated('json', changeRequest),
    async (context) => {
      const { organization_id } = context.var.agent;
      const { role, departmentIds } = context.req.valid('json');
      const member = await managed(context, context.req.valid('param').id);
      const db = databaseOf(context);
      const dashboards = dashboardsOf(context);
      const changesRole = role !== undefined && role !== member.role;
      // Invitations of theirs that the new role could not make end with it.
      const pending = changesRole ? await pendingIds(dashboards) : [];
      if (changesRole) {
        if (!mayManage(context.var.signedIn.role, role)) throw new FoyerError('forbidden');
        const ends = memberRole.options.filter((other) => !mayManage(role, other));
        const record = recorderOfChange(db, byOf(context), {
          kind: 'member.role_changed',
          subject: subjectOf(member),
          before: { role: member.role },
          after: { role },
        });
        if (!(await changeRole(db, organization_id, member, role, ends, record))) throw lastOwner();
      }
      if (departmentIds) {
        const { user_id } = member;
        const names = await departmentNames(db, organization_id, user_id, departmentIds);
        const record = recorderOfChange(db, byOf(context), {
          kind: 'member.departments_changed',
          subject: subjectOf(member),
          before: { departments: names.served },
          after: { departments: names.named },
        });
        await serveDepartments(db, organization_id, user_id, departmentIds, record);
        const ids = [...names.servedIds, ...departmentIds];
        await publishRecords(dashboards, 'departments', ({ id }) => ids.includes(id));
      }
      await organizationObject(context.env, organization_id).comeBack(organization_id, [
        member.user_id,
      ]);
      await publishRecords(dashboards, 'members', [member.id]);
      if (pending.length > 0) await publishInvitations(dashboards, context.req.raw, pending);
      return context.body(null, 204);
    },
  )
  .delete(
    '/:id',
    permit('members.read'),
    described('Removes a member or yourself. Their open conversations go back to the queue.', {
      204: null,
    }),
    validated('param', idParam),
    async (context) => {
      const { agent, signedIn } = context.var;
      const { organization_id } = agent;
      const db = databaseOf(context);
      const member = await memberOf(context, context.req.valid('param').id);
      const leaves = member.user_id === agent.id;
      if (!leaves && !mayManage(signedIn.role, member.role)) throw new FoyerError('forbidden');
      const record = recorderOfChange(db, byOf(context), {
        kind: leaves ? 'member.left' : 'member.removed',
        subject: subjectOf(member),
        before: { role: member.role },
      });
      const dashboards = dashboardsOf(context);
      const pending = await pendingIds(dashboards);
      const { servedIds } = await departmentNames(db, organization_id, member.user_id, []);
      if (!(await removeMember(db, organization_id, member, record))) throw lastOwner();
      const inbox = organizationObject(context.env, organization_id);
      await inbox.revoke(organization_id, member.user_id, null);
      await inbox.reassess(organization_id, member.user_id);
      await publishRecords(dashboards, 'members', [member.id]);
      await publishRecords(dashboards, 'departments', ({ id }) => servedIds.includes(id));
      await publishIncomplete(dashboards, { assignee: member.user_id });
      if (pending.length > 0) await publishInvitations(dashboards, context.req.raw, pending);
      return context.body(null, 204);
    },
  )
  .post(
    '/:id/sign-out',
    permit('members.manage'),
    described('Ends a member’s sessions everywhere.', { 204: null }),
    validated('param', idParam),
    async (context) => {
      const { organization_id } = context.var.agent;
      const member = await managed(context, context.req.valid('param').id);
      const db = databaseOf(context);
      const what = { kind: 'member.signed_out', subject: subjectOf(member) } as const;
      await endSessions(db, organization_id, member.user_id, () =>
        recordActivity(db, byOf(context), what),
      );
      await organizationObject(context.env, organization_id).revoke(
        organization_id,
        member.user_id,
        null,
      );
      return context.body(null, 204);
    },
  )
  .post(
    '/:id/password-link',
    permit('members.manage'),
    described(
      'A link with which a member sets a new password, for installations that send no e-mail. The member and the owners are told by e-mail.',
      {
        201: passwordLink,
      },
    ),
    validated('param', idParam),
    async (context) => {
      const { organization_id, id: maker } = context.var.agent;
      const member = await resettable(context, context.req.valid('param').id);
      const db = databaseOf(context);
      // A member of another organization as well would come under this organization's control.
      if ((await countMemberships(db, member.user_id)) > 1) {
        throw new FoyerError('conflict', {
          message:
            'This person also belongs to another organization, so they must reset their password themselves.',
        });
      }
      const link = await makePasswordLink(
        context,
        { id: member.user_id },
        { organization_id, id: maker },
      );
      if (!link) throw new FoyerError('not_found');
      // Before it is answered: nobody has a link that the log does not know.
      const what = { kind: 'password_link.made', subject: subjectOf(member) } as const;
      await recordNow(db, byOf(context), what);
      const { agent, signedIn } = context.var;
      tellPersonAndOwners(
        context,
        { organization: signedIn.organization, member: member.user_id, by: agent.id },
        { kind: 'password_link', by: agent.name, minutes: PASSWORD_LINK_MINUTES },
      );
      return context.json({ link, minutes: PASSWORD_LINK_MINUTES }, 201);
    },
  );

function lastOwner(): FoyerError {
  return new FoyerError('conflict', {
    message: 'An organization needs an owner. Make somebody else an owner first.',
  });
}
