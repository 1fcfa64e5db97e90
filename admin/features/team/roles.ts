import type { MemberRole } from '../../../protocol/resources/member.ts';
import { useSession } from '../session/session.ts';

export const ROLES = [
  { value: 'agent', label: 'Agent' },
  { value: 'admin', label: 'Admin' },
  { value: 'owner', label: 'Owner' },
] as const;

export const nameOf = (role: MemberRole) =>
  ROLES.find(({ value }) => value === role)?.label ?? role;

/** The roles that the signed-in agent may assign. */
export function useRoles() {
  const { me } = useSession();
  return ROLES.filter(({ value }) => me.role === 'owner' || value !== 'owner');
}
