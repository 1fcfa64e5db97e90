import { Show } from 'solid-js';
import type { OpenDepartment } from '../../../protocol/resources.ts';
import css from './presence.module.css';
import { roundedTime } from './rounded-time.ts';
import { fill, r } from './strings.ts';

/** Names that fit; the others are a number. */
const NAMED = 2;

/** Who is there for a department, and how soon it usually answers. */
export default function Presence(props: { of: OpenDepartment }) {
  const names = () => {
    const { online } = props.of;
    const more = online.length - NAMED;
    const named = online.slice(0, NAMED).map(({ name }) => name);
    return `${named.join(', ')}${more > 0 ? ` +${more}` : ''}`;
  };
  return (
    <span class={css.presence}>
      <Show when={props.of.online[0]} fallback={r.nobody}>
        <span class={css.online}>{r.online}</span>
        {` · ${names()}`}
      </Show>
      <Show when={props.of.reply_seconds}>
        {(seconds) => (
          <span class={css.time}>{fill(r.usually, { time: roundedTime(seconds()) })}</span>
        )}
      </Show>
    </span>
  );
}
