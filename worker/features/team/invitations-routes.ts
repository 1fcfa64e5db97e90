import { Hono } from 'hono';
import { z } from 'zod';
import { memberRole } from '../../../protocol/resources/member.ts';
import { invitation, invited } from '../../../protocol/resources/team.ts';
import { mayManage } from '../../auth/permissions.ts';
import { signLink } from '../../auth/signed.ts';
import { canMailLinks } from '../../email/links.ts';
import { invitationMail } from '../../email/mails.ts';
import { announce, checkLimit } from '../../http/admin-parts.ts';
import { type AdminContext, type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { limitAttempts, permit } from '../../http/guards.ts';
import { linkFor } from '../../http/headers/public-url.ts';
import { accountEmail } from '../../http/input/fields.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
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

/** Days for which an invitation can be accepted. */
const DAYS = 7;

const request = z.object({ email: accountEmail, role: memberRole });

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
    described('Invites somebody, by e-mail if e-mail can be sent.', { 201: invited }),
    validated('json', request),
    async (context) => {
      const { agent, signedIn } = context.var;
      const { email, role } = context.req.valid('json');
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
          inviter_id: agent.id,
          expires_at: inDays(),
        },
        byOf(context),
      );
      return context.json(await send(context, id), 201);
    },
  )
  .post(
    '/:id/resend',
    described('Renews an invitation and sends it again.', { 200: invited }),
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
      return context.json(await send(context, id), 200);
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
      announce(context, 'members');
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

async function send(context: AdminContext, id: string): Promise<z.infer<typeof invited>> {
  const row = await owned(context, id);
  const made = await toInvitation(context, row);
  const sent = made.link !== null && (await mailInvitation(context, row));
  announce(context, 'members');
  return { invitation: made, sent };
}

/** Whether the mail went out: where it did not, the dashboard offers the link to pass on. */
async function mailInvitation(context: AdminContext, row: InvitationRow): Promise<boolean> {
  const { env, req } = context;
  if (!canMailLinks(env, req.raw)) return false;
  const mail = invitationMail(row.email, {
    organization: row.organization.name,
    inviter: context.var.agent.name,
    // Not the link that is shown: this one proves that its reader has the address.
    link: await joinLink(context, 'mailed_invitation', row.id),
    days: DAYS,
  });
  const sent = { to: row.email, mail };
  const { outcome } = await sendWithin(env, databaseOf(context), INVITATIONS_OF_RECIPIENT, sent);
  return outcome === 'sent';
}

/** With the link, for callers who may give this role: a path if Foyer's address is not configured. */
async function toInvitation(context: AdminContext, row: InvitationRow) {
  const { id, email, role, inviter, expires_at } = row;
  const link = mayManage(context.var.signedIn.role, role)
    ? await joinLink(context, 'invitation', id)
    : null;
  return { id, email, role, invited_by: inviter, expires_at: expires_at.toISOString(), link };
}

async function joinLink(
  { env, req }: AdminContext,
  purpose: 'invitation' | 'mailed_invitation',
  id: string,
): Promise<string> {
  const token = await signLink(env.FOYER_SECRET, purpose, [id]);
  return linkFor(env, req.raw, `/admin/join#${token}`);
}

function inDays(): Date {
  return new Date(Date.now() + DAYS * 24 * 60 * 60_000);
}
