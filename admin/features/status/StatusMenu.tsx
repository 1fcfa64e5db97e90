import { Avatar } from '../../components/Avatar.tsx';
import { Menu } from '../../components/menu/Menu.tsx';
import { useLive } from '../../live/live.ts';
import { useSession } from '../session/session.ts';
import { STATUS_NAMES, statusOf } from './status.ts';

/** One's own picture with one's status, which the menu behind it changes. */
export function StatusMenu() {
  const { me } = useSession();
  const { inbox } = useLive();
  const status = () => statusOf(me.user.id, inbox.presence());
  return (
    <Menu
      label={`Your status: ${STATUS_NAMES[status()]}`}
      value={status()}
      choices={[
        { value: 'online', label: 'Online', hint: 'Visitors see that you are there.' },
        { value: 'away', label: 'Away', hint: 'Until you choose Online.' },
      ]}
      onChoose={(value) => inbox.chooseStatus(value === 'away' ? 'away' : 'online')}
      // What is chosen without a connection would be lost.
      disabled={inbox.connection().state !== 'open'}
      look="icon"
    >
      <Avatar
        id={me.user.id}
        name={me.user.name}
        image={me.user.image}
        size="small"
        status={status()}
      />
    </Menu>
  );
}
