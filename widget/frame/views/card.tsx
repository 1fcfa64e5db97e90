import type { JSX } from 'solid-js';
import { Icon } from '../ui/icon.tsx';
import ui from '../ui/ui.module.css';
import css from './home.module.css';

/** A row that opens something: an avatar, a name with a note below it, and an arrow. */
export function Card(props: {
  avatar: JSX.Element;
  name: string;
  note?: JSX.Element;
  disabled?: boolean;
  onPick(): void;
}) {
  return (
    <li>
      <button
        type="button"
        class={css.card}
        disabled={!!props.disabled}
        onClick={() => props.onPick()}
      >
        {props.avatar}
        <span dir="auto">
          <span class={css.name}>{props.name}</span>
          <span class={ui.muted}>{props.note}</span>
        </span>
        <Icon name="next" />
      </button>
    </li>
  );
}
