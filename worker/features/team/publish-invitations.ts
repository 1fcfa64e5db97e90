import type { MemberRole } from '../../../protocol/resources/member.ts';
import type { Invitation } from '../../../protocol/resources/team.ts';
import { mayManage } from '../../auth/permissions.ts';
import { signLink } from '../../auth/signed.ts';
import type { Env } from '../../env.ts';
import { linkFor } from '../../http/headers/public-url.ts';
import { type Dashboards, publish, publishNothing, readersOf } from '../../http/publish.ts';
import { type InvitationRow, listInvitations } from '../joining/store.ts';

/** The request that links are made for. */
export type Links = { env: Env; request: Request };

/** As an agent of this role sees it: with the link, if they may give the invitation's role. */
export async function toInvitation(
  { env, request }: Links,
  role: MemberRole,
  row: InvitationRow,
): Promise<Invitation> {
  const { id, email, inviter, expires_at } = row;
  const link = mayManage(role, row.role)
    ? await joinLink({ env, request }, 'invitation', id)
    : null;
  const expires = expires_at.toISOString();
  return { id, email, role: row.role, invited_by: inviter, expires_at: expires, link };
}

/** A path if Foyer's address is not configured. */
export async function joinLink(
  { env, request }: Links,
  purpose: 'invitation' | 'mailed_invitation',
  id: string,
): Promise<string> {
  const token = await signLink(env.FOYER_SECRET, purpose, [id]);
  return linkFor(env, request, `/admin/join#${token}`);
}

/** The ids of the pending invitations, to be read before something ends some of them. */
export async function pendingIds({ db, organizationId }: Dashboards): Promise<string[]> {
  return (await listInvitations(db, organizationId)).map(({ id }) => id);
}

/**
 * Tells dashboards which invitations are new or renewed, and which have ended.
 *
 * @param before the ids of those that were pending before the change
 * @param changed the ids of those that are new or renewed
 * @returns the number of the change
 */
export async function publishInvitations(
  dashboards: Dashboards,
  request: Request,
  before: readonly string[],
  changed: readonly string[] = [],
): Promise<number | undefined> {
  const version = await publish(dashboards, 'invitations', async () => {
    const rows = await listInvitations(dashboards.db, dashboards.organizationId);
    const removed = before.filter((id) => !rows.some((row) => row.id === id));
    const shown = rows.filter(({ id }) => changed.includes(id));
    return Promise.all(
      readersOf('invitations').map(async (role) => ({
        items: await Promise.all(
          shown.map((row) => toInvitation({ env: dashboards.env, request }, role, row)),
        ),
        removed,
        roles: [role],
      })),
    );
  });
  // Dashboards of the version before load invitations together with the members.
  await publishNothing(dashboards, 'members');
  return version;
}
