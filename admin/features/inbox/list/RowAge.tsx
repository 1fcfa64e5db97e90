import { createMemo } from 'solid-js';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { now } from '../../../lib/clock.ts';
import { absoluteTime, relativeTime, waitingTime } from '../../../lib/relative-time.ts';
import { t } from '../../../texts/inbox.ts';
import { useInbox } from '../context.ts';
import { latenessOf } from './lateness.ts';
import styles from './RowAge.module.css';

/**
 * The age of a row: of its last message, or in the order of waiting how long the visitor waits.
 * Coloured once the answer is late; how long the visitor waits is said on hover and by screen
 * readers.
 */
export function RowAge(props: { conversation: ConversationSummary }) {
  const { inbox } = useInbox();
  const time = () => {
    const { created_at, last_message_at, waiting_since } = props.conversation;
    const since = inbox.filter().sort === 'waiting' ? waiting_since : last_message_at;
    return since ?? created_at;
  };
  const lateness = createMemo(() =>
    latenessOf(props.conversation, inbox.expectedSeconds(props.conversation.department_id), now()),
  );
  const waiting = () => {
    const { waiting_since: since, status } = props.conversation;
    if (since === null || status === 'closed' || status === 'snoozed') return null;
    const time = waitingTime(since, now());
    return lateness() ? t.row.waitingLong(time) : t.row.waiting(time);
  };
  const title = () => [waiting(), absoluteTime(time())].filter(Boolean).join(' · ');
  return (
    <time
      class={styles.age}
      classList={{
        [styles.late ?? '']: lateness() === 'late',
        [styles.overdue ?? '']: lateness() === 'overdue',
      }}
      dir="auto"
      dateTime={time()}
      title={title()}
    >
      {relativeTime(time(), now())}
      <span class="visually-hidden">{waiting() && `. ${waiting()}.`}</span>
    </time>
  );
}
