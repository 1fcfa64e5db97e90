import { createMemo, For, Show } from 'solid-js';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { Avatar } from '../../../components/Avatar.tsx';
import { ColorDot } from '../../../components/ColorDot.tsx';
import { Icon, type IconName } from '../../../components/Icon.tsx';
import { now } from '../../../lib/clock.ts';
import { t } from '../../../texts/inbox.ts';
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
  const labelNames = () =>
    labels()
      .map(({ name }) => name)
      .join(', ');

  /** What is marked by an icon; its text is shown on hover and read aloud. */
  const icons = createMemo(() => {
    const shown: { look: 'mention' | 'high' | 'urgent'; icon: IconName; text: string }[] = [];
    const { priority } = props.conversation;
    if (isUnseenMention(props.conversation, me)) {
      shown.push({ look: 'mention', icon: 'at', text: t.row.mentioned });
    }
    if (priority === 'urgent') shown.push({ look: priority, icon: 'flag', text: t.row.urgent });
    if (priority === 'high') shown.push({ look: priority, icon: 'flag', text: t.row.high });
    return shown;
  });

  /** In words, where that says more than the department. */
  const place = () => {
    const { status, snoozed_until, closed_by, assignee } = props.conversation;
    if (status === 'snoozed') {
      return snoozed_until
        ? t.row.until(shortTime(new Date(snoozed_until), new Date(now())))
        : t.row.untilReply;
    }
    if (status === 'closed') return `Closed${byText(closed_by, me)}`;
    return inbox.hasLeft(props.conversation.id) ? whereTo(status, assignee) : null;
  };
  /** Where a conversation went that belongs to the shown list no more. */
  function whereTo(status: string, assignee: ConversationSummary['assignee']): string {
    const { queue, sort } = inbox.filter();
    if (sort === 'waiting' && status !== 'waiting') return t.row.wasAnswered;
    if (queue !== 'unassigned' && queue !== 'mine') return t.row.moved;
    if (!assignee) return t.row.movedToUnassigned;
    return assignee.id === me ? t.row.movedToMine : t.row.movedTo(assignee.name);
  }
  /** The department, where there are several and the list is not of this one. */
  const department = () => {
    const { department_id } = props.conversation;
    if (inbox.filter().department === department_id || directory.shown().length < 2) return null;
    return directory.departmentName(department_id);
  };
  /** The assignee, where they differ from row to row. */
  const assignee = () =>
    inbox.filter().queue === 'mine' && !inbox.hasLeft(props.conversation.id)
      ? null
      : props.conversation.assignee;

  return (
    <span class={styles.marks}>
      <For each={icons()}>
        {({ look, icon, text }) => (
          <span class={`${styles.mark} ${styles[look]}`} title={text}>
            <Icon name={icon} />
            <span class="visually-hidden">{text}</span>
          </span>
        )}
      </For>
      <Show when={labelNames()}>
        {(names) => (
          <span class={`${styles.mark} ${styles.labels}`} title={names()}>
            <For each={labels().slice(0, LABELS)}>{({ color }) => <ColorDot color={color} />}</For>
            <Show when={labels().length > LABELS}>
              <span aria-hidden="true">+{labels().length - LABELS}</span>
            </Show>
            <span class="visually-hidden">{names()}</span>
          </span>
        )}
      </Show>
      <Show when={place() ?? department()}>
        {(text) => (
          <span
            class={styles.place}
            classList={{ [styles.department ?? '']: place() === null }}
            title={text()}
            dir="auto"
          >
            {text()}
          </span>
        )}
      </Show>
      <Show when={assignee()}>
        {(agent) => (
          <span class={styles.mark} title={t.row.assignedTo(agent().name)}>
            <span class="visually-hidden">
              {agent().id === me ? t.row.assignedToYou : t.row.assignedTo(agent().name)}
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
