import { createEffect, createSignal, Show, untrack } from 'solid-js';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { later } from '../../ui/later.tsx';
import { aloud } from './event-text.tsx';

const Jump = later(() => import('./jump.tsx'), true);

/** What came after a seq is read aloud; who reads further up is told that there is something new. */
export default function News(props: {
  messages: readonly Message[];
  after: number;
  atEnd: boolean;
  toEnd(): void;
  /** Puts a text where screen readers listen. */
  announce(text: string): void;
}) {
  const [fresh, setFresh] = createSignal(false);
  createEffect((after: number) => {
    const last = props.messages.at(-1);
    const said = props.messages.filter(
      ({ seq, sender }) => seq > after && sender.kind !== 'visitor',
    );
    if (said[0]) {
      // What formats a text may be unreachable: then nothing is read, and the rest goes on.
      aloud(said).then(props.announce, () => {});
      if (!untrack(() => props.atEnd)) setFresh(true);
    }
    return Math.max(after, last?.seq ?? 0);
  }, props.after);
  createEffect(() => props.atEnd && setFresh(false));
  return (
    <Show when={fresh()}>
      <Jump toEnd={props.toEnd} />
    </Show>
  );
}
