import { fill, r } from '../../ui/lazy/texts.ts';
import css from './count.module.css';

/** The number of characters that are left, or too many. */
export default function Count(props: { left: number }) {
  const text = () => (props.left < 0 ? r.over : r.left);
  return (
    <span class={`${css.count} ${props.left < 0 ? css.over : ''}`}>
      {fill(text(), { count: Math.abs(props.left) })}
    </span>
  );
}
