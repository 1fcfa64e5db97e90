import { Icon } from '../ui/icon.tsx';
import css from './jump.module.css';
import { r } from './strings.ts';

/** Leads a reader of older messages to those that came meanwhile. */
export default function Jump(props: { go(): void }) {
  return (
    <button type="button" class={css.jump} onClick={() => props.go()}>
      <Icon name="down" />
      {r.newMessages}
    </button>
  );
}
