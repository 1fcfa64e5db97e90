import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import { isContent, previewText } from '../../../../protocol/client/message/content.ts';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { Message } from '../../../../protocol/conversation/message.ts';
import { plainText } from '../../../../protocol/text/format.ts';
import { Icon } from '../../../components/Icon.tsx';
import { Message as Notice } from '../../../components/Message.tsx';
import { Skeleton } from '../../../components/Skeleton.tsx';
import { announce } from '../../../lib/announce.ts';
import { useInbox } from '../../inbox/context.ts';
import { ANONYMOUS, customerName } from '../../inbox/names.ts';
import { useSession } from '../../session/session.ts';
import type { Conversation } from '../conversation.ts';
import { MessageRow } from '../message/MessageRow.tsx';
import { OutgoingRow } from '../message/OutgoingRow.tsx';
import type { OwnMessages } from '../message/own-messages.ts';
import styles from './History.module.css';
import { createHistoryScroll } from './history-scroll.ts';
import { createJump } from './jump.ts';
import { createUnread } from './unread.ts';

/** The messages of a conversation, newest last. */
export function History(props: {
  conversation: Conversation;
  head: ConversationSummary | null;
  mine: OwnMessages;
}) {
  const { me } = useSession();
  const { directory } = useInbox();
  const namedIn = ({ mentions = [] }: Message) =>
    directory
      .members()
      .filter(({ user_id }) => mentions.includes(user_id))
      .map(({ name }) => name);
  const { conversation } = props;
  const [loadFailed, setLoadFailed] = createSignal(false);
  let scroller: HTMLDivElement | undefined;
  let content: HTMLDivElement | undefined;
  const [loading, setLoading] = createSignal(false);

  async function loadEarlier(): Promise<void> {
    if (loading() || !conversation.hasEarlier()) return;
    setLoading(true);
    setLoadFailed(false);
    await conversation.loadEarlier().catch(() => setLoadFailed(true));
    setLoading(false);
  }

  const scroll = createHistoryScroll(
    () => ({ scroller, content }),
    () => {
      if (!loadFailed()) void loadEarlier();
    },
  );
  const last = () => conversation.messages().at(-1)?.seq ?? 0;
  conversation.keepPlace(scroll.keepPlace);

  createJump({
    conversation,
    content: () => content,
    scroll,
    canLoad: () => !loading() && !loadFailed(),
    loadEarlier,
  });
  const unread = createUnread({
    conversation,
    head: () => props.head,
    scroller: () => scroller,
    me: me.user.id,
  });

  const lastOwn = createMemo(
    () =>
      conversation
        .messages()
        .findLast(
          (message) =>
            message.kind !== 'note' && message.sender.kind === 'agent' && isContent(message),
        )?.seq,
  );
  /** The newest message when the reader scrolled away from the end. Later ones are new to them. */
  const [leftAt, setLeftAt] = createSignal(0);
  // If the history was opened at a message, the existing messages are not new.
  createEffect(
    on([scroll.atEnd, conversation.ready], ([atEnd]) =>
      setLeftAt(atEnd ? 0 : Math.max(last(), props.head?.last_seq ?? 0)),
    ),
  );
  const below = createMemo(() =>
    scroll.atEnd()
      ? 0
      : conversation
          .messages()
          .filter((message) => message.seq > leftAt() && message.kind !== 'event').length,
  );

  // Read: the tab is visible for a second, and the end is on the screen.
  createEffect(() => {
    if (conversation.looked() && scroll.atEnd() && last() > 0) conversation.read(last());
  });
  createEffect(
    on(last, (seq, before) => {
      const message = conversation.messages().at(-1);
      if (!before || seq <= before || message?.sender.kind !== 'visitor') return;
      const preview = plainText(previewText(message)).slice(0, 200);
      announce(`${message.sender.name ?? ANONYMOUS}: ${preview}`);
    }),
  );
  // Scrolls to the agent's own message.
  createEffect(
    on(
      () => conversation.outgoing().length,
      (count, before = 0) => count > before && scroll.toEnd(),
      { defer: true },
    ),
  );

  const typists = () => {
    const visitor = props.head ? customerName(props.head.customer) : ANONYMOUS;
    return conversation
      .typing()
      .map((sender) => (sender.kind === 'visitor' ? visitor : (sender.name ?? 'An agent')))
      .join(', ');
  };

  return (
    <div class={styles.history}>
      {/* Focusable, so that the keyboard can scroll it. */}
      <section
        class={styles.scroller}
        ref={scroller}
        onScroll={scroll.onScroll}
        onWheel={scroll.onReader}
        onTouchMove={scroll.onReader}
        tabindex="0"
        aria-label="Messages"
      >
        <div class={styles.content} ref={content}>
          <Show when={conversation.hasEarlier()}>
            <div class={styles.earlier}>
              <Show when={loadFailed()} fallback="Loading earlier messages…">
                Couldn’t load earlier messages.{' '}
                <button type="button" class={styles.link} onClick={() => void loadEarlier()}>
                  Try again
                </button>
              </Show>
            </div>
          </Show>
          <Show when={conversation.ready()} fallback={<HistorySkeleton />}>
            <For each={conversation.messages()}>
              {(message, index) => (
                <MessageRow
                  message={message}
                  unread={message.seq === unread.first()}
                  conversation={conversation.id}
                  previous={conversation.messages()[index() - 1]}
                  next={conversation.messages()[index() + 1]}
                  me={me.user.id}
                  mine={props.mine}
                  names={namedIn(message)}
                  visitor={props.head ? customerName(props.head.customer) : ANONYMOUS}
                  seen={
                    message.seq === lastOwn()
                      ? (props.head?.visitor_read_seq ?? 0) >= message.seq
                      : null
                  }
                />
              )}
            </For>
            <Show when={conversation.messages().length + conversation.outgoing().length === 0}>
              <Notice
                icon="reply"
                title="No messages yet"
                text="The visitor hasn’t written yet. You can start."
              />
            </Show>
          </Show>
          <For each={conversation.outgoing()}>
            {(message) => (
              <OutgoingRow
                message={message}
                onRetry={() => conversation.client.retry(message.id)}
                onDiscard={() => conversation.client.discard(message.id)}
              />
            )}
          </For>
          <Show when={typists()}>
            {(names) => (
              <p class={styles.typing}>
                <span class={styles.dots} aria-hidden="true">
                  <i />
                  <i />
                  <i />
                </span>
                <span dir="auto">{names()}</span>&nbsp;is typing
              </p>
            )}
          </Show>
        </div>
      </section>
      <Show when={unread.above()}>
        {(seq) => (
          <button
            type="button"
            class={`${styles.newest} ${styles.unread}`}
            onClick={() => {
              scroll.hold(seq());
              unread.hideJump();
            }}
          >
            <Icon name="send" />
            Unread messages
          </button>
        )}
      </Show>
      <Show when={!scroll.atEnd()}>
        <button type="button" class={styles.newest} onClick={scroll.toEnd}>
          <Icon name="down" />
          {below() === 0 ? 'Newest' : below() === 1 ? '1 new message' : `${below()} new messages`}
        </button>
      </Show>
    </div>
  );
}

function HistorySkeleton() {
  return (
    <div class={styles.skeleton} role="status">
      <span class="visually-hidden">Loading messages</span>
      <Skeleton shape="bubble" />
      <Skeleton shape="bubble" />
      <div class={styles.own}>
        <Skeleton shape="bubble" />
      </div>
      <Skeleton shape="bubble" />
    </div>
  );
}
