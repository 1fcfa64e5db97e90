import { createEffect, createSignal, Show, untrack } from 'solid-js';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { later } from '../../ui/later.tsx';
import { announcementOf } from './event-text.tsx';

const Jump = later(() => import('./jump.tsx'), true);

/** Announces new messages to screen readers, and shows a button to readers who have scrolled up. */
export default function News(props: {
  messages: readonly Message[];
  after: number;
  atEnd: boolean;
  toEnd(): void;
  /** Puts a text into the live region. */
  announce(text: string): void;
}) {
  const [hasNew, setHasNew] = createSignal(false);
  createEffect((after: number) => {
    const last = props.messages.at(-1);
    const arrived = props.messages.filter(
      ({ seq, sender }) => seq > after && sender.kind !== 'visitor',
    );
    if (arrived[0]) {
      // If the formatter does not load, nothing is announced.
      announcementOf(arrived).then(props.announce, () => {});
      if (!untrack(() => props.atEnd)) setHasNew(true);
    }
    return Math.max(after, last?.seq ?? 0);
  }, props.after);
  createEffect(() => props.atEnd && setHasNew(false));
  return (
    <Show when={hasNew()}>
      <Jump toEnd={props.toEnd} />
    </Show>
  );
}
