import { Show } from 'solid-js';
import type { OpenDepartment } from '../../../protocol/resources.ts';
import { language } from '../strings/index.ts';
import css from './presence.module.css';
import { fill, r } from './strings.ts';

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** A time that is enough, in whole units and never less than a minute: `5 minutes`. */
export function roundedTime(seconds: number): string {
  const [unit, length] = STEPS.find(([, size]) => seconds >= size) ?? (['minute', 60] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.max(1, Math.ceil(seconds / length)),
  );
}

/** Who is there, and how soon one usually gets an answer. */
export default function Presence(props: { department: OpenDepartment }) {
  const { online, reply_seconds } = props.department;
  return (
    <span class={css.presence}>
      <Show when={online.length > 0}>
        <span class={css.online}>{r.online}</span>
      </Show>
      <Show when={reply_seconds !== null}>
        {fill(r.usually, { time: roundedTime(reply_seconds ?? 0) })}
      </Show>
    </span>
  );
}
