import { useNavigate } from '@solidjs/router';
import { Avatar } from '../../components/Avatar.tsx';
import { Menu } from '../../components/menu/Menu.tsx';
import { createMedia, PHONE } from '../../lib/media.ts';
import { useLive } from '../../live/live.ts';
import { useSession } from '../session/session.ts';
import { STATUS_NAMES, statusOf } from '../status/status.ts';
import { PEOPLE } from './OnlineAgents.tsx';
import styles from './OwnMenu.module.css';

/** One's own picture with one's status. The menu behind it changes the status and leads to what is one's own. */
export function OwnMenu(props: { onHelp(): void }) {
  const { me, signOut } = useSession();
  const { inbox } = useLive();
  const navigate = useNavigate();
  const phone = createMedia(PHONE);
  const status = () => statusOf(me.user.id, inbox.presence());
  /** A status chosen without a connection would be lost. */
  const disabled = () => inbox.connection().state !== 'open';

  function choose(value: string): void {
    if (value === 'online' || value === 'away') inbox.chooseStatus(value);
    else if (value === 'profile') navigate('/settings/profile');
    else if (value === 'people') document.getElementById(PEOPLE)?.showPopover();
    else if (value === 'help') props.onHelp();
    else void signOut();
  }

  return (
    <div class={styles.own}>
      <Menu
        label={`Your status: ${STATUS_NAMES[status()]}`}
        value={status()}
        choices={[
          {
            value: 'online',
            label: 'Online',
            hint: 'Visitors see that you are there.',
            disabled: disabled(),
          },
          { value: 'away', label: 'Away', hint: 'Until you choose Online.', disabled: disabled() },
          { value: 'profile', label: 'Profile', hint: me.user.email },
          phone()
            ? { value: 'people', label: 'Who’s online' }
            : { value: 'help', label: 'Keyboard shortcuts' },
          { value: 'signOut', label: 'Sign out', hint: me.organization.name },
        ]}
        onChoose={choose}
        look="icon"
      >
        <span class={styles.face}>
          <Avatar
            id={me.user.id}
            name={me.user.name}
            image={me.user.image}
            size="small"
            status={status()}
          />
          <span class={styles.you} aria-hidden="true">
            You
          </span>
        </span>
      </Menu>
    </div>
  );
}
