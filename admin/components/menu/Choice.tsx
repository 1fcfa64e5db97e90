import { Show } from 'solid-js';
import { ColorDot } from '../ColorDot.tsx';
import { Icon } from '../Icon.tsx';
import styles from './MenuPanel.module.css';
import type { MenuChoice } from './menu-parts.ts';

/** What a choice of a menu shows. */
export function Choice(props: { choice: MenuChoice; current: boolean }) {
  return (
    <>
      <Show when={props.choice.color}>{(color) => <ColorDot color={color()} />}</Show>
      <span class={styles.text}>
        <span dir="auto">{props.choice.label}</span>
        <Show when={props.choice.hint}>
          <span class={styles.hint}>{props.choice.hint}</span>
        </Show>
      </span>
      <Show when={props.current}>
        <Icon name="check" />
      </Show>
    </>
  );
}
