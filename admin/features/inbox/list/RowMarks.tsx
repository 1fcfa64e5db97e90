import { createMemo, For, Show } from 'solid-js';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { Avatar } from '../../../components/Avatar.tsx';
import { ColorDot } from '../../../components/ColorDot.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { now } from '../../../lib/clock.ts';
import { byText } from '../../conversation/by-text.ts';
import { shortTime } from '../../conversation/properties/snooze.ts';
import { useInbox } from '../context.ts';
import { isUnseenMention } from '../queues/counts.ts';
import styles from './RowMarks.module.css';

/** Labels that a row shows; the others are a number. */
const LABELS = 3;

/**
 * What stands at the end of a row's second line: mention, priority, labels, then where the
 * conversation is (its department, or until when it is snoozed, who closed it, where it moved to) and
 * the assignee's face.
 */
export function RowMarks(props: { conversation: ConversationSummary }) {
  const { inbox, directory } = useInbox();
  const me = inbox.me.user.id;
  const labels = createMemo(() => directory.labelsOf(props.conversation.label_ids));
  const urgency = () => {
    const { priority } = props.conversation;
    if (priority === 'urgent') return 'Urgent';
    return priority === 'high' ? 'High priority' : null;
  };

  /** In words, where that says more than the department. */
  const place = createMemo(() => {
    const { status, snoozed_until, closed_by, assignee } = props.conversation;
    if (status === 'snoozed') {
      return snoozed_until
        ? `until ${shortTime(new Date(snoozed_until), new Date(now()))}`
        : 'until they reply';
    }
    if (status === 'closed') return `Closed${byText(closed_by, me)}`;
    if (!inbox.hasLeft(props.conversation.id)) return null;
    if (!assignee) return 'Moved';
    return `Moved to ${assignee.id === me ? 'Mine' : assignee.name}`;
  });
  /** The department, where there are several and the list is not of this one. */
  const department = () => {
    const { department_id } = props.conversation;
    if (inbox.filter().department === department_id || directory.shown().length < 2) return null;
    return directory.departmentName(department_id);
  };
  /** The face of the assignee, where it differs from row to row. */
  const assignee = () =>
    inbox.filter().queue === 'mine' && !inbox.hasLeft(props.conversation.id)
      ? null
      : props.conversation.assignee;

  return (
    <span class={styles.marks}>
      <Show when={isUnseenMention(props.conversation, me)}>
        <span class={styles.mention} title="Mentioned you">
          <Icon name="at" />
          <span class="visually-hidden">Mentioned you</span>
        </span>
      </Show>
      <Show when={urgency()}>
        {(text) => (
          <span
            class={styles.priority}
            classList={{ [styles.urgent ?? '']: text() === 'Urgent' }}
            title={text()}
          >
            <Icon name="flag" />
            <span class="visually-hidden">{text()}</span>
          </span>
        )}
      </Show>
      <Show when={labels().length > 0}>
        <span
          class={styles.labels}
          title={labels()
            .map(({ name }) => name)
            .join(', ')}
        >
          <For each={labels().slice(0, LABELS)}>{({ color }) => <ColorDot color={color} />}</For>
          <Show when={labels().length > LABELS}>
            <span aria-hidden="true">+{labels().length - LABELS}</span>
          </Show>
          <span class="visually-hidden">
            {labels()
              .map(({ name }) => name)
              .join(', ')}
          </span>
        </span>
      </Show>
      <Show
        when={place()}
        fallback={
          <Show when={department()}>
            {(name) => (
              <span class={styles.department} title={name()} dir="auto">
                {name()}
              </span>
            )}
          </Show>
        }
      >
        {(text) => (
          <span class={styles.place} dir="auto">
            {text()}
          </span>
        )}
      </Show>
      <Show when={assignee()}>
        {(agent) => (
          <span class={styles.assignee} title={`Assigned to ${agent().name}`}>
            <span class="visually-hidden">
              Assigned to {agent().id === me ? 'you' : agent().name}
            </span>
            <Avatar
              id={agent().id}
              name={agent().name}
              image={directory.imageOf(agent().id)}
              size="tiny"
            />
          </span>
        )}
      </Show>
    </span>
  );
}
