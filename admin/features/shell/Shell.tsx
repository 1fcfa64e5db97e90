import { A } from '@solidjs/router';
import type { JSX } from 'solid-js';
import { Icon } from '../../components/Icon.tsx';
import { useLive } from '../../live/live.ts';
import { useTitle } from '../notifications/title.ts';
import { ConnectionBar } from './ConnectionBar.tsx';
import styles from './Shell.module.css';

/** The layout of pages outside of the inbox: a link back, a title, and one column. */
export function Shell(props: { title: string; aside?: JSX.Element; children: JSX.Element }) {
  const { inbox } = useLive();
  useTitle(() => props.title, inbox.attentionCount);
  return (
    <div class={styles.page}>
      <ConnectionBar connection={inbox.connection()} onReconnect={inbox.reconnect} />
      <header class={styles.header}>
        <nav class={styles.nav} aria-label="Workspace">
          <A href="/inbox" class={styles.link ?? ''} aria-label="Back to the inbox">
            <Icon name="back" flip />
            <span>Inbox</span>
          </A>
          <A href="/search" class={styles.link ?? ''} activeClass={styles.current ?? ''}>
            <Icon name="search" />
            <span>Search</span>
          </A>
          <A href="/customers" class={styles.link ?? ''} activeClass={styles.current ?? ''}>
            <Icon name="people" />
            <span>Customers</span>
          </A>
        </nav>
      </header>
      <main class={styles.main}>
        <div class={styles.column}>
          <div class={styles.top}>
            <h1 class={styles.title} dir="auto">
              {props.title}
            </h1>
            {props.aside}
          </div>
          {props.children}
        </div>
      </main>
    </div>
  );
}
