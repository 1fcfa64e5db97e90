import type { Member } from '../../../../protocol/resources/member.ts';
import type { MenuChoice } from '../../../components/menu/menu-parts.ts';
import type { Me } from '../../session/api.ts';
import { type Presence, STATUS_NAMES, statusOf } from '../../status/status.ts';

/** A person's status in a menu, in words and as a dot. */
function shown(id: string, presence: Presence): Pick<MenuChoice, 'hint' | 'color'> {
  const status = statusOf(id, presence);
  return { hint: STATUS_NAMES[status], color: DOTS[status] };
}

const DOTS = {
  online: 'var(--good-dot)',
  away: 'var(--warn)',
  offline: 'var(--ink-faint)',
} as const;

/** The menu value for no assignee. No user has an empty id. */
export const NOBODY = '';

/** The menu choices for the assignee: oneself first, no one last. */
export function peopleOf(members: readonly Member[], me: Me, presence: Presence): MenuChoice[] {
  const others = members.filter((member) => member.user_id !== me.user.id);
  return [
    { value: me.user.id, label: `${me.user.name} (you)`, ...shown(me.user.id, presence) },
    ...others.map(({ user_id, name }) => ({
      value: user_id,
      label: name,
      ...shown(user_id, presence),
    })),
    { value: NOBODY, label: 'No one' },
  ];
}
