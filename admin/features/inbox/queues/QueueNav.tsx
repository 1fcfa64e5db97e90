import { For, type JSX, Show } from 'solid-js';
import type { IconName } from '../../../components/Icon.tsx';
import { t } from '../../../texts/inbox.ts';
import { useInbox } from '../context.ts';
import { countOf, lateOf } from './counts.ts';
import { QueueLink } from './QueueLink.tsx';
import styles from './QueueNav.module.css';
import {
  type Filter,
  fromSavedQuery,
  pathOf,
  QUEUES,
  type QueueId,
  queueFilter,
} from './queues.ts';

const ICONS: Record<QueueId, IconName> = {
  unassigned: 'inbox',
  mine: 'person',
  mentions: 'at',
  all: 'layers',
  snoozed: 'clock',
  closed: 'closed',
};

/** The queues that ask for action: their counts are always shown. */
const ASKING: ReadonlySet<QueueId> = new Set(['unassigned', 'mine', 'mentions']);

/** More labels than these are collapsed, so that the departments above them stay in sight. */
const MAX_OPEN_LABELS = 5;

/** The sub-navigation of the inbox: queues, saved views, departments and labels. */
export function QueueNav(props: { onChosen?: (() => void) | undefined }) {
  const { inbox, directory, view } = useInbox();
  const counts = inbox.counts;
  const whole = () => {
    const { queue, department, label } = inbox.filter();
    return view() === null && !(queue === 'all' && (department || label));
  };
  const isDepartment = (id: string) => {
    const { queue, department, label } = inbox.filter();
    return view() === null && queue === 'all' && department === id && label === null;
  };
  const isLabel = (id: string) => {
    const { queue, label } = inbox.filter();
    return view() === null && queue === 'all' && label === id;
  };
  const countIn = (filter: Filter) => countOf(counts(), filter);

  return (
    <div class={styles.sidebar}>
      <nav class={styles.section} aria-label={t.sections.queues}>
        <ul>
          <For each={QUEUES}>
            {(queue) => (
              <li>
                <QueueLink
                  href={pathOf(queueFilter(queue.id))}
                  label={queue.label}
                  icon={ICONS[queue.id]}
                  current={whole() && inbox.filter().queue === queue.id}
                  count={countIn(queueFilter(queue.id))}
                  quiet={!ASKING.has(queue.id)}
                  late={lateOf(counts(), queue.id)}
                  calls={queue.id === 'mentions'}
                  onChosen={props.onChosen}
                />
              </li>
            )}
          </For>
        </ul>
      </nav>

      <Section title={t.sections.views} show={directory.views().length > 0}>
        <For each={directory.views()}>
          {(savedView) => (
            <li>
              <QueueLink
                href={pathOf(fromSavedQuery(savedView.query), undefined, savedView.id)}
                label={savedView.name}
                icon={savedView.shared ? 'people' : 'bookmark'}
                current={view()?.id === savedView.id}
                count={countIn(fromSavedQuery(savedView.query))}
                onChosen={props.onChosen}
              />
            </li>
          )}
        </For>
      </Section>

      <Section title={t.sections.departments} show={directory.shown().length > 1}>
        <For each={directory.shown().filter((department) => department.archived_at === null)}>
          {({ id, name }) => (
            <li>
              <QueueLink
                href={pathOf(queueFilter('all', { department: id }))}
                label={name}
                icon="folder"
                current={isDepartment(id)}
                count={countIn(queueFilter('all', { department: id }))}
                quiet
                onChosen={props.onChosen}
              />
            </li>
          )}
        </For>
      </Section>

      <Section
        title={t.sections.labels}
        show={directory.labels().length > 0}
        folded={directory.labels().length > MAX_OPEN_LABELS && inbox.filter().label === null}
      >
        <For each={directory.labels()}>
          {({ id, name, color }) => (
            <li>
              <QueueLink
                href={pathOf(queueFilter('all', { label: id }))}
                label={name}
                color={color}
                current={isLabel(id)}
                count={countIn(queueFilter('all', { label: id }))}
                quiet
                onChosen={props.onChosen}
              />
            </li>
          )}
        </For>
      </Section>
    </div>
  );
}

/** A section of the navigation that can be collapsed. */
function Section(props: {
  title: string;
  show: boolean;
  /** Whether it is collapsed at first. */
  folded?: boolean;
  children: JSX.Element;
}) {
  return (
    <Show when={props.show}>
      <nav class={styles.section} aria-label={props.title}>
        <details open={!props.folded}>
          <summary class={styles.heading}>{props.title}</summary>
          <ul>{props.children}</ul>
        </details>
      </nav>
    </Show>
  );
}
