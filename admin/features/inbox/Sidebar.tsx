import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { Avatar } from '../../components/Avatar.tsx';
import { IconButton } from '../../components/Button.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { useSession } from '../session/session.ts';
import { useInbox } from './context.ts';
import { showCount } from './counts.ts';
import { QUEUES, type QueueId } from './queues.ts';
import styles from './Sidebar.module.css';

const ICONS: Record<QueueId, IconName> = {
  unassigned: 'inbox',
  mine: 'person',
  all: 'people',
  closed: 'closed',
};

/** Queues with their counts, who is online, and who is signed in. */
export function Sidebar(props: { onHelp(): void; onChosen?: () => void }) {
  const { me, signOut } = useSession();
  const { inbox } = useInbox();
  const count = (queue: QueueId) => {
    const counts = inbox.counts();
    return counts && queue !== 'closed' ? counts[queue] : null;
  };
  const href = (queue: QueueId) => {
    const { department, sort } = inbox.filter();
    const search = new URLSearchParams();
    if (department) search.set('department', department);
    if (sort === 'waiting' && queue !== 'closed') search.set('sort', sort);
    return `/inbox/${queue}${search.size > 0 ? `?${search}` : ''}`;
  };

  return (
    <div class={styles.sidebar}>
      <nav class={styles.section} aria-label="Queues">
        <ul>
          <For each={QUEUES}>
            {(queue) => (
              <li>
                <A
                  href={href(queue.id)}
                  class={styles.queue ?? ''}
                  classList={{ [styles.current ?? '']: inbox.filter().queue === queue.id }}
                  aria-current={inbox.filter().queue === queue.id ? 'page' : undefined}
                  onClick={() => props.onChosen?.()}
                >
                  <Icon name={ICONS[queue.id]} />
                  <span class={styles.label}>{queue.label}</span>
                  <Show when={count(queue.id)}>
                    {(number) => (
                      <span class={styles.count} dir="auto">
                        {showCount(number())}
                      </span>
                    )}
                  </Show>
                </A>
              </li>
            )}
          </For>
        </ul>
      </nav>

      <Show when={inbox.online().length > 0}>
        <section class={styles.section}>
          <h2 class={styles.heading}>Online</h2>
          <ul>
            <For each={inbox.online()}>
              {(agent) => (
                <li class={styles.agent}>
                  <Avatar id={agent.id} name={agent.name} size="small" online />
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
        <div class={styles.self}>
          <p class={styles.label} dir="auto" title={me.user.email}>
            {me.user.name}
          </p>
          <p class={styles.organization} dir="auto">
            {me.organization.name}
          </p>
        </div>
        <IconButton icon="keyboard" label="Keyboard shortcuts" onClick={() => props.onHelp()} />
        <IconButton icon="signOut" label="Sign out" flip onClick={() => void signOut()} />
      </div>
    </div>
  );
}
