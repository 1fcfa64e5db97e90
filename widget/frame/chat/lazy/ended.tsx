import controls from '../../forms/lazy/controls.module.css';
import type { LiveConversation } from '../../state/conversation.ts';
import type { Model } from '../../state/model.ts';
import { r } from '../../ui/lazy/texts.ts';
import css from './ended.module.css';
import { Rating } from './rating.tsx';

/** Stands where the composer was, once the conversation has ended: did it help, and what next. */
export default function Ended(props: { model: Model; live: LiveConversation }) {
  return (
    <div class={css.ended}>
      <p>{r.ended}</p>
      <Rating model={props.model} live={props.live} />
      <button
        type="button"
        class={controls.primary}
        onClick={() => props.model.go({ name: 'home' })}
      >
        {r.startNew}
      </button>
    </div>
  );
}
