import { createMemo } from 'solid-js';
import { now } from '../lib/clock.ts';
import { absoluteTime, relativeTime } from '../lib/relative-time.ts';

/** A moment, relative to the shared clock, with the whole of it on hover. */
export function Time(props: { time: string }) {
  const relative = createMemo(() => relativeTime(props.time, now()));
  return (
    <time dateTime={props.time} title={absoluteTime(props.time)}>
      {relative()}
    </time>
  );
}
