import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import { Button } from '../../../components/Button.tsx';
import { Message } from '../../../components/Message.tsx';
import { t } from '../../../texts/empty.ts';
import { testChatUrl } from '../../get-started/api.ts';
import { useSession } from '../../session/session.ts';
import { useInbox } from '../context.ts';
import type { QueueId } from '../queues/queues.ts';

/** The queues into which new conversations come. */
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
    if (lacksDepartment()) return t.noDepartment;
    const { queue, department, label, q, sort } = inbox.filter();
    if (q) {
      return { title: t.noResults(q), text: t.searchText };
    }
    const usual = sort === 'waiting' ? t.unanswered : t.queues[queue];
    const name = department && directory.departmentName(department);
    const [tag] = directory.labelsOf(label ? [label] : []);
    let { title } = usual;
    if (name) title = t.inDepartment(title, name);
    if (tag) title = t.withLabel(title, tag.name);
    return { ...usual, title };
  };

  return (
    <Message icon={filtered() ? 'search' : 'inbox'} title={message().title} text={message().text}>
      <Show when={lacksDepartment() && mayManage()}>
        <A href="/settings/departments/new">{t.createDepartment}</A>
      </Show>
      <Show when={invitesTest()}>
        <a href={testChatUrl()} target="_blank" rel="noreferrer">
          {t.testChat}
        </a>
      </Show>
      <Show when={filtered()}>
        <Button onClick={() => props.onClearFilter()}>{t.whole}</Button>
      </Show>
    </Message>
  );
}
