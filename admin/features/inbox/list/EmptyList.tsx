import { Show } from 'solid-js';
import { Button } from '../../../components/Button.tsx';
import { Message } from '../../../components/Message.tsx';
import { useInbox } from '../context.ts';
import type { QueueId } from '../queues/queues.ts';

/** The text of each empty queue. */
const TEXTS: Record<QueueId, { title: string; text: string }> = {
  unassigned: {
    title: 'All caught up',
    text: 'New conversations appear here until someone claims them.',
  },
  mine: {
    title: 'Nothing is assigned to you',
    text: 'Conversations you claim or answer appear here.',
  },
  mentions: {
    title: 'No mentions yet',
    text: 'Conversations where a colleague mentions you in a private note appear here.',
  },
  all: {
    title: 'No open conversations',
    text: 'All open conversations, whoever they’re assigned to.',
  },
  snoozed: {
    title: 'Nothing is snoozed',
    text: 'Press s to snooze. Conversations come back on time, or when the visitor replies.',
  },
  closed: {
    title: 'No closed conversations',
    text: 'Closed conversations appear here. You can reopen them.',
  },
};

/** The text of a queue without unanswered conversations. */
const UNANSWERED = {
  title: 'Nothing unanswered',
  text: 'Conversations without a reply appear here.',
};

/** The empty state of the list. */
export default function EmptyList(props: { onClearFilter(): void }) {
  const { inbox, directory } = useInbox();

  const filtered = () => {
    const { q, department, label, sort } = inbox.filter();
    return q !== '' || department !== null || label !== null || sort === 'waiting';
  };
  const message = () => {
    const { queue, department, label, q, sort } = inbox.filter();
    if (q) {
      return {
        title: `No results for “${q}”`,
        text: 'This searches names, e-mail addresses and last messages in this queue. Press Enter to search everything.',
      };
    }
    const usual = sort === 'waiting' ? UNANSWERED : TEXTS[queue];
    const name = department && directory.departmentName(department);
    const [tag] = directory.labelsOf(label ? [label] : []);
    const where = `${name ? ` in ${name}` : ''}${tag ? ` with the label ${tag.name}` : ''}`;
    return where ? { ...usual, title: `${usual.title}${where}` } : usual;
  };

  return (
    <Message icon={filtered() ? 'search' : 'inbox'} title={message().title} text={message().text}>
      <Show when={filtered()}>
        <Button onClick={() => props.onClearFilter()}>Show the whole queue</Button>
      </Show>
    </Message>
  );
}
