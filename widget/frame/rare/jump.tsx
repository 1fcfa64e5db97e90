import css from './jump.module.css';
import { r } from './strings.ts';

/** Leads a reader of older messages to those that came meanwhile. */
export default function Jump(props: { go(): void }) {
  return (
    <button type="button" class={css.jump} onClick={() => props.go()}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 5v14m6-6-6 6-6-6" />
      </svg>
      {r.newMessages}
    </button>
  );
}
