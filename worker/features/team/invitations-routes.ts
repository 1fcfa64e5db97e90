import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_DEPARTMENTS, MAX_INVITED_AT_ONCE } from '../../../protocol/limits.ts';
import { changeVersion } from '../../../protocol/resources/live.ts';
import { memberRole } from '../../../protocol/resources/member.ts';
import {
  type InviteOutcome,
  invitation,
  invited,
  inviteOutcome,
} from '../../../protocol/resources/team.ts';
import { mayManage } from '../../auth/permissions.ts';
import { canMailLinks } from '../../email/links.ts';
import { invitationMail } from '../../email/mails.ts';
import { checkLimit } from '../../http/admin-parts.ts';
import { type AdminContext, type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { limitAttempts, permit } from '../../http/guards.ts';
import { accountEmail } from '../../http/input/fields.ts';
import { idParam, uuid } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { dashboardsOf } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import {
  findInvitation,
  type InvitationRow,
  invite,
  listInvitations,
  MAX_INVITATIONS,
  prolong,
  revokeInvitation,
} from '../joining/store.ts';
import { INVITATIONS_OF_RECIPIENT, sendWithin } from '../mail-quota/send-within.ts';
import { listMembers } from '../settings/store.ts';
import {
  toInvitation as invitationFor,
  joinLink,
  publishInvitations,
} from './publish-invitations.ts';

/** Days for which an invitation can be accepted. */
const DAYS = 7;

const request = z.object({
  email: accountEmail,
  role: memberRole,
  /** The departments that they serve once they have joined. */
  departmentIds: z.array(uuid).max(MAX_DEPARTMENTS).default([]),
});

const severalRequest = request.omit({ email: true }).extend({
  /** Each is judged by itself, so that a wrong one is named beside those that were invited. */
  emails: z.array(z.string()).min(1, 'Required').max(MAX_INVITED_AT_ONCE),
});

const answer = invited.extend({ version: changeVersion });

/** Pending invitations. The links are for owners and admins to pass on. */
export const invitations = new Hono<AdminEnv>()
  .use(permit('members.manage'))
  .get('/', described('The pending invitations.', { 200: pageOf(invitation) }), async (context) => {
    const { organization_id } = context.var.agent;
    const rows = await listInvitations(databaseOf(context), organization_id);
    const items = await Promise.all(rows.map((row) => toInvitation(context, row)));
    return context.json({ items, next_cursor: null }, 200);
  })
  .post(
    '/',
    described('Invites somebody, by e-mail if e-mail can be sent.', { 201: answer }),
    validated('json', request),
    async (context) => {
      const { agent, signedIn } = context.var;
      const { email, role, departmentIds } = context.req.valid('json');
      if (!mayManage(signedIn.role, role)) throw new FoyerError('forbidden');
      await limitAttempts(context.env, `invite:${agent.id}`);
      const db = databaseOf(context);
      const [members, pending] = await Promise.all([
        listMembers(db, agent.organization_id),
        listInvitations(db, agent.organization_id),
      ]);
      if (members.some((member) => member.email === email)) {
        const message = 'Somebody with this address is already a member.';
        throw new FoyerError('conflict', { message, fields: { email: message } });
      }
      const now = new Date();
      const waiting = pending.filter(({ expires_at }) => expires_at > now);
      checkLimit(waiting.length, MAX_INVITATIONS, 'invitations');
      const id = await invite(
        db,
        agent.organization_id,
        {
          email,
          role,
          department_ids: departmentIds,
          inviter_id: agent.id,
          expires_at: inDays(),
        },
        byOf(context),
      );
      const before = pending.map((row) => row.id);
      return context.json(await send(context, id, before), 201);
    },
  )
  .post(
    '/several',
    described('Invites several people at once, and says what became of each address.', {
      200: z.object({ items: z.array(inviteOutcome) }),
    }),
    validated('json', severalRequest),
    async (context) => {
      const { agent, signedIn } = context.var;
      const { emails, role, departmentIds } = context.req.valid('json');
      if (!mayManage(signedIn.role, role)) throw new FoyerError('forbidden');
      await limitAttempts(context.env, `invite:${agent.id}`);
      const db = databaseOf(context);
      const [members, pending] = await Promise.all([
        listMembers(db, agent.organization_id),
        listInvitations(db, agent.organization_id),
      ]);
      const taken = new Set(members.map(({ email }) => email));
      const now = new Date();
      const waiting = new Set(
        pending.filter(({ expires_at }) => expires_at > now).map(({ email }) => email),
      );
      const items: InviteOutcome[] = [];
      const ids: string[] = [];
      // One after the other: each is a write and a mail of its own.
      for (const given of emails) {
        const none = (outcome: InviteOutcome['outcome']) =>
          items.push({ email: given, outcome, link: null });
        const parsed = accountEmail.safeParse(given);
        const email = parsed.data;
        if (email === undefined) none('invalid');
        else if (taken.has(email)) none('member');
        else if (!waiting.has(email) && waiting.size >= MAX_INVITATIONS) none('too_many');
        else {
          const wanted = {
            email,
            role,
            department_ids: departmentIds,
            inviter_id: agent.id,
            expires_at: inDays(),
          };
          const id = await invite(db, agent.organization_id, wanted, byOf(context));
          waiting.add(email);
          ids.push(id);
          const row = {
            ...wanted,
            id,
            organization: signedIn.organization,
            status: 'pending',
            inviter: agent.name,
            inviter_role: signedIn.role,
          };
          const { link } = await toInvitation(context, row);
          const sent = link !== null && (await mailInvitation(context, row));
          items.push({ email: given, outcome: sent ? 'invited' : 'not_mailed', link });
        }
      }
      const before = [...pending.map((row) => row.id), ...ids];
      await publishInvitations(dashboardsOf(context), context.req.raw, before, ids);
      return context.json({ items }, 200);
    },
  )
  .post(
    '/:id/resend',
    described('Renews an invitation and sends it again.', { 200: answer }),
    validated('param', idParam),
    async (context) => {
      const { agent } = context.var;
      const { id } = context.req.valid('param');
      await owned(context, id);
      await limitAttempts(context.env, `invite:${agent.id}`);
      const again = { expiresAt: inDays(), inviterId: agent.id };
      if (!(await prolong(databaseOf(context), agent.organization_id, id, again, byOf(context)))) {
        throw new FoyerError('not_found');
      }
      return context.json(await send(context, id, []), 200);
    },
  )
  .delete(
    '/:id',
    described('Withdraws an invitation. Its link no longer works.', { 204: null }),
    validated('param', idParam),
    async (context) => {
      const { organization_id } = context.var.agent;
      const { id } = context.req.valid('param');
      await owned(context, id);
      if (!(await revokeInvitation(databaseOf(context), organization_id, id, byOf(context)))) {
        throw new FoyerError('not_found');
      }
      await publishInvitations(dashboardsOf(context), context.req.raw, [id]);
      return context.body(null, 204);
    },
  );

/** @throws FoyerError not_found; forbidden for a role that one may not give */
async function owned(context: AdminContext, id: string): Promise<InvitationRow> {
  const invitation = await findInvitation(databaseOf(context), id);
  if (!invitation || invitation.organization.id !== context.var.agent.organization_id) {
    throw new FoyerError('not_found');
  }
  if (!mayManage(context.var.signedIn.role, invitation.role)) throw new FoyerError('forbidden');
  return invitation;
}

/** @param before the ids of the invitations that were pending before it was made */
async function send(
  context: AdminContext,
  id: string,
  before: readonly string[],
): Promise<z.infer<typeof answer>> {
  const row = await owned(context, id);
  const made = await toInvitation(context, row);
  const sent = made.link !== null && (await mailInvitation(context, row));
  const dashboards = dashboardsOf(context);
  const version = await publishInvitations(dashboards, context.req.raw, before, [id]);
  return { invitation: made, sent, version };
}

/** Whether the mail went out: where it did not, the dashboard offers the link to pass on. */
async function mailInvitation(context: AdminContext, row: InvitationRow): Promise<boolean> {
  const { env, req } = context;
  if (!canMailLinks(env, req.raw)) return false;
  const mail = invitationMail(row.email, {
    organization: row.organization.name,
    inviter: context.var.agent.name,
    // Not the link that is shown: this one proves that its reader has the address.
    link: await joinLink({ env, request: req.raw }, 'mailed_invitation', row.id),
    days: DAYS,
  });
  const sent = { to: row.email, mail };
  const { outcome } = await sendWithin(env, databaseOf(context), INVITATIONS_OF_RECIPIENT, sent);
  return outcome === 'sent';
}

/** As the caller sees it. */
function toInvitation({ env, req, var: { signedIn } }: AdminContext, row: InvitationRow) {
  return invitationFor({ env, request: req.raw }, signedIn.role, row);
}

function inDays(): Date {
  return new Date(Date.now() + DAYS * 24 * 60 * 60_000);
}
