import { createEffect, createSignal, onCleanup, onMount, Show, untrack } from 'solid-js';
import type { OutgoingMessage } from '../../../protocol/client/types.ts';
import type { Message, Sender } from '../../../protocol/conversation/message.ts';
import { t } from '../strings/index.ts';
import { Each } from '../ui/each.tsx';
import { later } from '../ui/later.tsx';
import ui from '../ui/ui.module.css';
import { MessageRow, OutgoingRow } from './bubble.tsx';
import css from './chat.module.css';

// Optional: if they do not load, nothing else changes.
const News = later(() => import('../messages/lazy/news.tsx'), true, true);
const Typing = later(() => import('../messages/lazy/typing.tsx'), true, true);

/** Pixels from the end within which a reader counts as being at it. */
const NEAR = 60;

/** Pixels from the start at which earlier messages are fetched. */
const EARLY = 200;

export type MessageListProps = {
  messages: readonly Message[];
  /** May be called repeatedly. Calls `onArrival` when older messages have arrived, before they show. */
  loadEarlier(onArrival: () => void): Promise<void>;
  intro?: string | undefined;
  outgoing: readonly OutgoingMessage[];
  typing: readonly Sender[];
  /** The seq up to which agents have read; null shows no read marks. */
  agentRead: number | null;
  retry(id: string): void;
  discard(id: string): void;
  /** Called when the end comes into view or leaves it; this decides what counts as read. */
  onEnd(atEnd: boolean): void;
};

export function MessageList(props: MessageListProps) {
  let list: HTMLDivElement | undefined;
  const [atEnd, setAtEnd] = createSignal(true);
  const [announced, setAnnounced] = createSignal('');

  function toEnd(): void {
    if (list) list.scrollTop = list.scrollHeight;
  }

  /** Loads earlier messages and keeps the scroll position of the reader. */
  async function earlier(view: HTMLElement): Promise<void> {
    let top = 0;
    await props
      .loadEarlier(() => {
        top = view.scrollTop - view.scrollHeight;
      })
      .catch(() => {});
    if (top) view.scrollTop = top + view.scrollHeight;
  }

  function scrolled(): void {
    if (!list) return;
    setAtEnd(list.scrollHeight - list.scrollTop - list.clientHeight < NEAR);
    if (list.scrollTop < EARLY) void earlier(list);
  }

  onMount(() => {
    // The on-screen keyboard or a growing composer takes height: a reader at the end stays there.
    const observer = new ResizeObserver(() => atEnd() && toEnd());
    if (list) observer.observe(list);
    toEnd();
    onCleanup(() => observer.disconnect());
  });

  createEffect(() => {
    // Read in a condition, since the build removes reads without an effect.
    if (props.messages && props.typing && untrack(atEnd)) toEnd();
  });
  // Scrolls to a message that the visitor sends.
  createEffect((before: number) => {
    const waiting = props.outgoing.length;
    if (waiting > before) toEnd();
    return waiting;
  }, 0);
  createEffect(() => props.onEnd(atEnd()));

  const lastOwn = () => props.messages.findLast((message) => message.sender.kind === 'visitor');
  const mark = (message: Message) => {
    if (message !== lastOwn() || props.agentRead === null || props.outgoing.length > 0) return;
    return props.agentRead >= message.seq ? t.read : t.sent;
  };

  return (
    <div class={css.area}>
      <div
        class={css.scroller}
        ref={(element) => {
          list = element;
        }}
        onScroll={scrolled}
        tabindex="0"
        role="log"
        aria-live="off"
        aria-label={t.log}
      >
        <ol class={css.list}>
          <Show when={props.messages.length + props.outgoing.length === 0}>
            <li class={css.intro}>{props.intro}</li>
          </Show>
          <Each of={props.messages}>
            {(message, index) => (
              <MessageRow
                message={message}
                previous={props.messages[index() - 1]}
                next={props.messages[index() + 1]}
                mark={mark(message)}
              />
            )}
          </Each>
          <Each of={props.outgoing}>
            {(message) => (
              <OutgoingRow
                message={message}
                retry={() => props.retry(message.id)}
                discard={() => props.discard(message.id)}
              />
            )}
          </Each>
          <Each of={props.typing}>{(sender) => <Typing sender={sender} />}</Each>
        </ol>
      </div>
      <Show when={props.messages.at(-1)}>
        {(last) => {
          const after = last().seq;
          return (
            <News
              messages={props.messages}
              after={after}
              atEnd={atEnd()}
              toEnd={toEnd}
              announce={setAnnounced}
            />
          );
        }}
      </Show>
      <p class={ui.hidden} aria-live="polite">
        {announced()}
      </p>
    </div>
  );
}
