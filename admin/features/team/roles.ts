import type { MemberRole } from '../../../protocol/resources/member.ts';
import { t } from '../../texts/settings.ts';
import { useSession } from '../session/session.ts';

export const ROLES = ['agent', 'admin', 'owner'] as const;

export const nameOf = (role: MemberRole) => t.team.roles[role];

/** The roles that the signed-in agent may assign. */
export function useRoles() {
  const { me } = useSession();
  return ROLES.filter((role) => me.role === 'owner' || role !== 'owner').map((value) => ({
    value,
    label: nameOf(value),
  }));
}
