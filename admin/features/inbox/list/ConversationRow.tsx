import { A } from '@solidjs/router';
import { createMemo, Show } from 'solid-js';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { isUnreadBy, isUnseen } from '../../../../protocol/conversation/read-marks.ts';
import { Avatar } from '../../../components/Avatar.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { t } from '../../../texts/inbox.ts';
import { useInbox } from '../context.ts';
import { marks } from '../marked-unread.ts';
import { customerHint, customerName, previewOf } from '../names.ts';
import styles from './ConversationRow.module.css';
import { RowAge } from './RowAge.tsx';
import { RowMarks } from './RowMarks.tsx';

/**
 * A row of the list: a link to its conversation. Two lines, so that all rows are equally high
 * (`list-window.ts`).
 */
export function ConversationRow(props: {
  ref(element: HTMLLIElement): void;
  conversation: ConversationSummary;
  current: boolean;
  /** Pixels from the top of the list. */
  top: number;
  /** Its position, from 1, and the length of the list; -1 while the length is unknown. */
  place: number;
  of: number;
}) {
  const { inbox, selection, path } = useInbox();
  const me = inbox.me.user.id;
  /** `new`: no agent has seen what the visitor wrote. `unread`: this agent has not, or marked it so. */
  const unread = () => {
    if (isUnseen(props.conversation)) return 'new';
    const isUnread = isUnreadBy(props.conversation, me) || marks.has(props.conversation.id);
    return isUnread ? 'unread' : null;
  };
  const name = () => customerName(props.conversation.customer);
  const preview = createMemo(() =>
    previewOf(props.conversation.last_message_preview, t.row.noMessage),
  );
  const isAnswered = () =>
    props.conversation.last_sender === 'agent' && props.conversation.last_message_preview !== '';

  return (
    <li
      ref={props.ref}
      class={styles.item}
      style={{ translate: `0 ${props.top}px` }}
      aria-posinset={props.place}
      aria-setsize={props.of}
      classList={{
        [styles.selected ?? '']: selection.has(props.conversation.id),
        [styles.selecting ?? '']: selection.any(),
      }}
    >
      <A
        href={path(props.conversation.id)}
        class={styles.row ?? ''}
        classList={{
          [styles.current ?? '']: props.current,
          [styles.unread ?? '']: unread() !== null,
          [styles.left ?? '']: inbox.hasLeft(props.conversation.id),
        }}
        data-conversation={props.conversation.id}
        aria-current={props.current ? 'true' : undefined}
        onClick={(event) => {
          if (!event.shiftKey) return;
          event.preventDefault();
          selection.selectRange(props.conversation.id);
        }}
      >
        <Avatar id={props.conversation.customer.id} name={props.conversation.customer.full_name} />
        <span class={styles.body}>
          <span class={styles.line}>
            <span class={styles.name} dir="auto">
              {name()}
            </span>
            <Show when={customerHint(props.conversation.customer)}>
              {(hint) => (
                <span class={styles.hint} dir="auto">
                  {hint()}
                </span>
              )}
            </Show>
            <Show when={unread()}>
              <span
                class={styles.dot}
                classList={{ [styles.seen ?? '']: unread() === 'unread' }}
                title={unread() === 'new' ? t.row.unseen : t.row.unread}
              >
                <span class="visually-hidden">
                  {unread() === 'new' ? t.row.unseen : t.row.unread}
                </span>
              </span>
            </Show>
            <RowAge conversation={props.conversation} />
          </span>
          <span class={styles.line}>
            <span class={styles.preview} dir="auto">
              <Show when={isAnswered()}>
                <span class={styles.answered}>
                  <Icon name="reply" flip />
                  <span class="visually-hidden">{t.row.answered} </span>
                </span>
              </Show>
              {preview()}
            </span>
            <RowMarks conversation={props.conversation} />
          </span>
        </span>
      </A>
      <label class={styles.pick} title={t.row.selectKey}>
        <span class="visually-hidden">{t.row.select(name())}</span>
        <input
          type="checkbox"
          class={styles.check}
          checked={selection.has(props.conversation.id)}
          onClick={(event) => {
            if (event.shiftKey) selection.selectRange(props.conversation.id);
            else selection.toggle(props.conversation.id);
          }}
        />
      </label>
    </li>
  );
}
