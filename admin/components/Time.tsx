import { createMemo } from 'solid-js';
import { now } from '../lib/clock.ts';
import { absoluteTime, agoTime, relativeTime } from '../lib/relative-time.ts';

/** A time relative to now, with the full date on hover. */
export function Time(props: {
  time: string;
  /** In a sentence, `4 min ago`; in a row, `4 min`. */
  ago?: boolean;
}) {
  const relative = createMemo(() => (props.ago ? agoTime : relativeTime)(props.time, now()));
  return (
    <time dir="auto" dateTime={props.time} title={absoluteTime(props.time)}>
      {relative()}
    </time>
  );
}
