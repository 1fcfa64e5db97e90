import { Show } from 'solid-js';
import { Button } from '../../../components/Button.tsx';
import { Message } from '../../../components/Message.tsx';
import { useInbox } from '../context.ts';
import type { QueueId } from '../queues/queues.ts';

/** What a queue says while nothing is in it: what will appear here, and how. */
const TEXTS: Record<QueueId, { title: string; text: string }> = {
  unassigned: {
    title: 'Nobody is waiting',
    text: 'When a visitor picks a department in your widget, the conversation appears here until somebody claims it.',
  },
  mine: {
    title: 'Nothing is assigned to you',
    text: 'Claim a conversation from Unassigned, or answer one: it becomes yours and appears here.',
  },
  mentions: {
    title: 'Nobody has named you yet',
    text: 'When a colleague writes @ and your name in a private note, the conversation appears here.',
  },
  all: {
    title: 'No open conversations',
    text: 'Every conversation that is yours to see, and not closed or snoozed, appears here, whoever has it.',
  },
  snoozed: {
    title: 'Nothing is snoozed',
    text: 'Snooze a conversation with s: it waits here, and comes back at its time or when the visitor writes.',
  },
  closed: {
    title: 'Nothing has been closed',
    text: 'Conversations that you or a visitor closed are kept here. You can reopen them.',
  },
};

/** What a queue says that has answered everybody. */
const UNANSWERED = {
  title: 'Nobody waits for an answer',
  text: 'Conversations of this queue that no agent has answered yet appear here.',
};

/** What stands in the place of the rows while there are none. */
export default function EmptyList(props: { onClearFilter(): void }) {
  const { inbox, directory } = useInbox();

  const filtered = () => {
    const { q, department, label, sort } = inbox.filter();
    return q !== '' || department !== null || label !== null || sort === 'waiting';
  };
  const said = () => {
    const { queue, department, label, q, sort } = inbox.filter();
    if (q) {
      return {
        title: `Nothing found for “${q}”`,
        text: 'Names, e-mail addresses and last messages are searched, in this queue.',
      };
    }
    const usual = sort === 'waiting' ? UNANSWERED : TEXTS[queue];
    const name = department && directory.departmentName(department);
    const [tag] = directory.labelsOf(label ? [label] : []);
    const where = `${name ? ` in ${name}` : ''}${tag ? ` with the label ${tag.name}` : ''}`;
    return where ? { ...usual, title: `${usual.title}${where}` } : usual;
  };

  return (
    <Message icon={filtered() ? 'search' : 'inbox'} title={said().title} text={said().text}>
      <Show when={filtered()}>
        <Button onClick={() => props.onClearFilter()}>Show the whole queue</Button>
      </Show>
    </Message>
  );
}
