import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { ColorDot } from '../../../components/ColorDot.tsx';
import { Icon, type IconName } from '../../../components/Icon.tsx';
import { t } from '../../../texts/inbox.ts';
import { showCount } from './counts.ts';
import styles from './QueueNav.module.css';

/** A link to a queue, with its count. */
export function QueueLink(props: {
  href: string;
  label: string;
  current: boolean;
  icon?: IconName;
  color?: string;
  count?: number | null | undefined;
  /** Whether its count is only shown on hover and focus: the queue asks for no action. */
  quiet?: boolean;
  /** How many of them are late. */
  late?: number;
  /** Whether something in it waits for this agent personally. */
  calls?: boolean;
  onChosen?: (() => void) | undefined;
}) {
  return (
    <A
      href={props.href}
      class={styles.queue ?? ''}
      classList={{ [styles.current ?? '']: props.current }}
      aria-current={props.current ? 'page' : undefined}
      onClick={() => props.onChosen?.()}
    >
      <Show when={props.icon}>{(icon) => <Icon name={icon()} />}</Show>
      <Show when={props.color}>
        {(color) => (
          <span class={styles.dot}>
            <ColorDot color={color()} />
          </span>
        )}
      </Show>
      <span class={styles.label} dir="auto">
        {props.label}
      </span>
      <Show when={props.late}>
        {(number) => (
          <span
            class={`${styles.count} ${styles.late}`}
            title={t.waitingLonger(showCount(number()))}
          >
            <span aria-hidden="true">{showCount(number())}</span>
            <span class="visually-hidden">{t.late(showCount(number()))}</span>
          </span>
        )}
      </Show>
      <Show when={props.count}>
        {(number) => (
          <span
            class={styles.count}
            classList={{
              [styles.calls ?? '']: props.calls === true,
              [styles.quiet ?? '']: props.quiet === true,
            }}
          >
            {showCount(number())}
          </span>
        )}
      </Show>
    </A>
  );
}
