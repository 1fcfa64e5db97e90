import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { Avatar } from '../../../components/Avatar.tsx';
import { IconButton } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { showsGetStarted } from '../../get-started/shown.ts';
import { useSession } from '../../session/session.ts';
import { StatusMenu } from '../../status/StatusMenu.tsx';
import { useInbox } from '../context.ts';
import { QueueNav } from './QueueNav.tsx';
import styles from './Sidebar.module.css';

/** A list of the agents who are online or away. Hidden while it is empty. */
function Colleagues(props: {
  title: string;
  people: readonly { id: string; name: string }[];
  status: 'online' | 'away';
}) {
  const { me } = useSession();
  const { directory } = useInbox();
  return (
    <Show when={props.people.length > 0}>
      <section class={styles.section}>
        <h2 class={styles.heading}>{props.title}</h2>
        <ul>
          <For each={props.people}>
            {({ id, name }) => (
              <li class={styles.agent}>
                <Avatar
                  id={id}
                  name={name}
                  image={directory.imageOf(id)}
                  size="small"
                  status={props.status}
                />
                <span class={styles.label} dir="auto">
                  {name}
                </span>
                <Show when={id === me.user.id}>
                  <span class={styles.you}>you</span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

/** The sidebar: queues, agents online, and the signed-in agent. */
export function Sidebar(props: { onHelp(): void; onChosen?: () => void }) {
  const { me, signOut } = useSession();
  const { inbox } = useInbox();

  return (
    <div class={styles.sidebar}>
      <QueueNav onChosen={props.onChosen} />

      <Colleagues title="Online" people={inbox.presence().online} status="online" />
      <Colleagues title="Away" people={inbox.presence().away} status="away" />

      <nav class={styles.workspace} aria-label="Workspace">
        <Show when={showsGetStarted(me)}>
          <A href="/settings/get-started" class={styles.queue ?? ''}>
            <Icon name="star" />
            <span class={styles.label}>Get started</span>
          </A>
        </Show>
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
        <StatusMenu />
        <A href="/settings/profile" class={styles.self ?? ''} title={`Profile of ${me.user.email}`}>
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
