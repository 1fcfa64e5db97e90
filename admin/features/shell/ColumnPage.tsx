import { A } from '@solidjs/router';
import { type JSX, Show } from 'solid-js';
import { Icon } from '../../components/Icon.tsx';
import { useLive } from '../../live/live.ts';
import { useTitle } from '../notifications/title.ts';
import styles from './ColumnPage.module.css';

/** A page with one column: its title, its actions beside it, and its content. */
export function ColumnPage(props: {
  title: string;
  aside?: JSX.Element;
  /** The page above it. */
  back?: { href: string; label: string };
  /** Whether the content has a heading of its own; then the title is only the window's. */
  hideTitle?: boolean;
  children: JSX.Element;
}) {
  const { inbox } = useLive();
  useTitle(() => props.title, inbox.attentionCount);
  return (
    <main class={styles.main}>
      <div class={styles.column}>
        <Show when={props.back}>
          {(back) => (
            <A class={styles.back ?? ''} href={back().href}>
              <Icon name="back" flip />
              {back().label}
            </A>
          )}
        </Show>
        <Show when={!props.hideTitle}>
          <div class={styles.top}>
            <h1 class={styles.title} dir="auto">
              {props.title}
            </h1>
            {props.aside}
          </div>
        </Show>
        {props.children}
      </div>
    </main>
  );
}
