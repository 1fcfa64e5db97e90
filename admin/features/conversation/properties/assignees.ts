import type { Member } from '../../../../protocol/resources/member.ts';
import type { MenuChoice } from '../../../components/menu/Menu.tsx';
import type { Me } from '../../session/api.ts';

/** The value of «nobody» in a menu of assignees; no user has an empty id. */
export const NOBODY = '';

/** Who may be given a conversation: oneself first, nobody last. */
export function peopleOf(
  members: readonly Member[],
  me: Me,
  online: readonly { id: string }[],
): MenuChoice[] {
  const others = members.filter((member) => member.user_id !== me.user.id);
  const hint = (id: string) => (online.some((agent) => agent.id === id) ? 'Online' : undefined);
  return [
    { value: me.user.id, label: `${me.user.name} (you)` },
    ...others.map(({ user_id, name }) => ({ value: user_id, label: name, hint: hint(user_id) })),
    { value: NOBODY, label: 'Nobody', hint: 'Back to Unassigned' },
  ];
}
