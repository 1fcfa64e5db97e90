import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { Button } from '../../../components/Button.tsx';
import { Message } from '../../../components/Message.tsx';
import { testChatUrl } from '../../get-started/api.ts';
import { useSession } from '../../session/session.ts';
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

/** Without a department no visitor can write. */
const NO_DEPARTMENT = {
  title: 'No departments',
  text: 'Visitors can write to you once there is a department they can choose.',
};

const QUEUES_OF_NEW: readonly QueueId[] = ['unassigned', 'all'];

/** The empty state of the list. */
export default function EmptyList(props: { onClearFilter(): void }) {
  const { inbox, directory } = useInbox();
  const { me } = useSession();

  const filtered = () => {
    const { q, department, label, sort } = inbox.filter();
    return q !== '' || department !== null || label !== null || sort === 'waiting';
  };
  const mayManage = () => me.role !== 'agent';
  const lacksDepartment = () =>
    !filtered() &&
    directory.lists.departments.value()?.every(({ archived_at }) => archived_at !== null);
  /** A queue into which a test chat would come. */
  const invitesTest = () =>
    mayManage() &&
    !filtered() &&
    !lacksDepartment() &&
    QUEUES_OF_NEW.includes(inbox.filter().queue);
  const message = () => {
    if (lacksDepartment()) return NO_DEPARTMENT;
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
      <Show when={lacksDepartment() && mayManage()}>
        <A href="/settings/departments/new">Create a department</A>
      </Show>
      <Show when={invitesTest()}>
        <a href={testChatUrl()} target="_blank" rel="noreferrer">
          Open a test chat
        </a>
      </Show>
      <Show when={filtered()}>
        <Button onClick={() => props.onClearFilter()}>Show the whole queue</Button>
      </Show>
    </Message>
  );
}
