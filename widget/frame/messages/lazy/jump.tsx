import { r } from '../../ui/lazy/texts.ts';
import css from './jump.module.css';

/** The button that says that there are new messages below, and scrolls there. */
export default function Jump(props: { toEnd(): void }) {
  return (
    <button type="button" class={css.jump} onClick={() => props.toEnd()}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path d="M12 5v14m6-6-6 6-6-6" />
      </svg>
      {r.newMessages}
    </button>
  );
}
