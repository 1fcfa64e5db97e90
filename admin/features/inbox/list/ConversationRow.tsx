import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { Avatar } from '../../../components/Avatar.tsx';
import { ColorDot } from '../../../components/ColorDot.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Time } from '../../../components/Time.tsx';
import { now } from '../../../lib/clock.ts';
import { absoluteTime, waitingTime } from '../../../lib/relative-time.ts';
import { byText } from '../../conversation/by-text.ts';
import { shortTime } from '../../conversation/properties/snooze.ts';
import { isUnread } from '../../notifications/news.ts';
import { useInbox } from '../context.ts';
import { marks } from '../marked-unread.ts';
import { customerName, previewOf } from '../names.ts';
import { isUnseenMention } from '../queues/counts.ts';
import { isOpen } from '../queues/queues.ts';
import styles from './ConversationRow.module.css';

/** A row of the list: a link to its conversation. */
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
  const { inbox, directory, selection, path } = useInbox();
  const unread = () => isUnread(props.conversation) || marks.has(props.conversation.id);
  const waiting = createMemo(() => {
    const { waiting_since, status } = props.conversation;
    return waiting_since && isOpen({ status }) ? waitingTime(waiting_since, now()) : null;
  });
  const preview = createMemo(() =>
    previewOf(props.conversation.last_message_preview, 'No message yet'),
  );
  const labels = createMemo(() => directory.labelsOf(props.conversation.label_ids));
  const snoozed = () => {
    const { status, snoozed_until } = props.conversation;
    if (status !== 'snoozed') return null;
    return snoozed_until
      ? `until ${shortTime(new Date(snoozed_until), new Date(now()))}`
      : 'until they reply';
  };
  const closed = () => {
    const by = byText(props.conversation.closed_by, inbox.me.user.id);
    return by && `Closed${by}`;
  };
  const assignee = () => props.conversation.assignee;
  const urgent = () =>
    props.conversation.priority === 'high' || props.conversation.priority === 'urgent';

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
          [styles.unread ?? '']: unread(),
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
              {customerName(props.conversation.customer)}
            </span>
            <Show when={unread()}>
              <span class={styles.dot}>
                <span class="visually-hidden">Unread</span>
              </span>
            </Show>
            <span class={styles.time}>
              <Time time={props.conversation.last_message_at ?? props.conversation.created_at} />
            </span>
          </span>
          <span class={styles.preview} dir="auto">
            <Show
              when={
                props.conversation.last_sender === 'agent' &&
                props.conversation.last_message_preview !== ''
              }
            >
              <span class={styles.answered}>
                <Icon name="reply" flip />
                <span class="visually-hidden">Answered: </span>
              </span>
            </Show>
            {preview()}
          </span>
          <span class={styles.meta}>
            <Show when={isUnseenMention(props.conversation, inbox.me.user.id)}>
              <span class={styles.named}>
                <Icon name="at" />
                Mentioned you
              </span>
            </Show>
            <Show when={urgent()}>
              <span class={styles.urgent}>
                <Icon name="flag" />
                {props.conversation.priority === 'urgent' ? 'Urgent' : 'High'}
              </span>
            </Show>
            <Show when={directory.departmentName(props.conversation.department_id)}>
              {(name) => (
                <span class={styles.department} dir="auto">
                  {name()}
                </span>
              )}
            </Show>
            <Show when={waiting()}>
              {(time) => (
                <span
                  class={styles.waiting}
                  title={`Since ${absoluteTime(props.conversation.waiting_since ?? '')}`}
                >
                  waiting {time()}
                </span>
              )}
            </Show>
            <Show when={closed()}>
              {(text) => (
                <span class={styles.snoozed} dir="auto">
                  {text()}
                </span>
              )}
            </Show>
            <Show when={snoozed()}>{(until) => <span class={styles.snoozed}>{until()}</span>}</Show>
            <Show when={assignee()}>
              {(agent) => (
                <span class={styles.assignee} title={`Assigned to ${agent().name}`} dir="auto">
                  <span class="visually-hidden">Assigned to </span>
                  {agent().id === inbox.me.user.id ? 'You' : agent().name}
                </span>
              )}
            </Show>
          </span>
          <Show when={labels().length > 0}>
            <span class={styles.labels}>
              <For each={labels()}>
                {(label) => (
                  <span class={styles.tag} dir="auto">
                    <ColorDot color={label.color} />
                    <span class={styles.tagName}>{label.name}</span>
                  </span>
                )}
              </For>
            </span>
          </Show>
        </span>
      </A>
      <label class={styles.pick} title="Select (x)">
        <span class="visually-hidden">Select {customerName(props.conversation.customer)}</span>
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
