import { type JSX, Show } from 'solid-js';
import { Icon, type IconName } from './Icon.tsx';
import styles from './Message.module.css';

/** The empty or error state of a view: what happened, what will appear here, and what to do. */
export function Message(props: {
  icon: IconName;
  title: string;
  text: string;
  /** An error is announced at once. */
  alert?: boolean;
  children?: JSX.Element;
}) {
  return (
    <div class={styles.message} role={props.alert ? 'alert' : undefined}>
      <span class={styles.icon}>
        <Icon name={props.icon} />
      </span>
      <p class={styles.title}>{props.title}</p>
      <p class={styles.text}>{props.text}</p>
      <Show when={props.children}>
        <div class={styles.actions}>{props.children}</div>
      </Show>
    </div>
  );
}
