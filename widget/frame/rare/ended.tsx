import controls from './controls.module.css';
import css from './ended.module.css';
import { r } from './strings.ts';

/** Stands where the composer was, once the conversation has ended. */
export default function Ended(props: { again(): void }) {
  return (
    <div class={css.ended}>
      <p>{r.ended}</p>
      <button type="button" class={controls.primary} onClick={() => props.again()}>
        {r.startNew}
      </button>
    </div>
  );
}
