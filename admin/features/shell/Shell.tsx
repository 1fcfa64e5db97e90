import { A, useLocation } from '@solidjs/router';
import { createSignal, type JSX, Show } from 'solid-js';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { lazily } from '../../lib/lazily.tsx';
import { useLive } from '../../live/live.ts';
import { showsGetStarted } from '../get-started/shown.ts';
import { useSession } from '../session/session.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { ConnectionBar } from './ConnectionBar.tsx';
import styles from './Shell.module.css';

const ShellPeople = lazily(() => import('./ShellPeople.tsx'), { late: true });
const HelpSheet = lazily(() => import('../shortcuts/HelpSheet.tsx'));

/** An open conversation, which fills a phone's screen. */
const CONVERSATION = /\/inbox\/[^/]+\/./;

/**
 * The frame of all pages for signed-in agents: the main navigation, and the page beside it. On
 * phones the navigation is a bar at the bottom, which an open conversation covers.
 */
export function Shell(props: { children: JSX.Element }) {
  const { me } = useSession();
  const { inbox } = useLive();
  const location = useLocation();
  const [help, setHelp] = createSignal(false);
  useShortcuts({ help: () => setHelp(true) });

  return (
    <div class={styles.shell}>
      <ConnectionBar connection={inbox.connection()} onReconnect={inbox.reconnect} />
      <div class={styles.frame} data-full={CONVERSATION.test(location.pathname) ? '' : undefined}>
        <nav class={styles.nav} aria-label="Workspace">
          <Show when={showsGetStarted(me)}>
            <Place href="/settings/get-started" icon="star" label="Get started" />
          </Show>
          <Place href="/inbox" icon="inbox" label="Inbox" count={inbox.attentionCount()} />
          <Place href="/customers" icon="people" label="Customers" />
          <Place href="/search" icon="search" label="Search" />
          <Place href="/settings" icon="settings" label="Settings" />
          <ShellPeople onHelp={() => setHelp(true)} fallback={<span />} />
        </nav>
        <div class={styles.page}>{props.children}</div>
      </div>
      <Show when={help()}>
        <HelpSheet open onClose={() => setHelp(false)} />
      </Show>
    </div>
  );
}

/** A link of the main navigation. */
function Place(props: { href: string; icon: IconName; label: string; count?: number }) {
  return (
    <A
      href={props.href}
      class={styles.place ?? ''}
      activeClass={styles.current ?? ''}
      title={props.label}
    >
      <Icon name={props.icon} />
      <span class={styles.label}>{props.label}</span>
      <Show when={props.count}>
        <span class={styles.badge} aria-hidden="true" />
      </Show>
    </A>
  );
}
