import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { Avatar } from '../../../components/Avatar.tsx';
import { IconButton } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { useSession } from '../../session/session.ts';
import { useInbox } from '../context.ts';
import { QueueNav } from './QueueNav.tsx';
import styles from './Sidebar.module.css';

/** Queues with their counts, who is online, and who is signed in. */
export function Sidebar(props: { onHelp(): void; onChosen?: () => void }) {
  const { me, signOut } = useSession();
  const { inbox, directory } = useInbox();

  return (
    <div class={styles.sidebar}>
      <QueueNav onChosen={props.onChosen} />

      <Show when={inbox.online().length > 0}>
        <section class={styles.section}>
          <h2 class={styles.heading}>Online</h2>
          <ul>
            <For each={inbox.online()}>
              {(agent) => (
                <li class={styles.agent}>
                  <Avatar
                    id={agent.id}
                    name={agent.name}
                    image={directory.imageOf(agent.id)}
                    size="small"
                    online
                  />
                  <span class={styles.label} dir="auto">
                    {agent.name}
                  </span>
                  <Show when={agent.id === me.user.id}>
                    <span class={styles.you}>you</span>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>

      <nav class={styles.workspace} aria-label="Workspace">
        <A href="/search" class={styles.queue ?? ''}>
          <Icon name="search" />
          <span class={styles.label}>Search</span>
        </A>
        <A href="/customers" class={styles.queue ?? ''}>
          <Icon name="people" />
          <span class={styles.label}>Customers</span>
        </A>
        <Show when={me.role !== 'agent'}>
          <A href="/settings" class={styles.queue ?? ''}>
            <Icon name="settings" />
            <span class={styles.label}>Settings</span>
          </A>
        </Show>
      </nav>

      <div class={styles.foot}>
        <A href="/settings/profile" class={styles.self ?? ''} title={`Profile of ${me.user.email}`}>
          <Avatar id={me.user.id} name={me.user.name} image={me.user.image} size="small" />
          <span class="visually-hidden">Your profile: </span>
          <span class={styles.who}>
            <span class={styles.label} dir="auto">
              {me.user.name}
            </span>
            <span class={styles.organization} dir="auto">
              {me.organization.name}
            </span>
          </span>
        </A>
        <IconButton icon="keyboard" label="Keyboard shortcuts" onClick={() => props.onHelp()} />
        <IconButton icon="signOut" label="Sign out" flip onClick={() => void signOut()} />
      </div>
    </div>
  );
}
