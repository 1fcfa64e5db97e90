import type { Message } from '../../../../protocol/conversation/message.ts';
import { r } from '../../ui/lazy/texts.ts';
import css from './amended.module.css';

/** Says that a message was edited, or replaces a deleted one. */
export default function Amended(props: { message: Message }) {
  if (!props.message.deleted_at) return <span>· {r.edited}</span>;
  return (
    <p class={css.deleted} dir="auto">
      {r.deleted}
    </p>
  );
}
