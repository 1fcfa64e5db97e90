import { useNavigate } from '@solidjs/router';
import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { IconButton } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { lazily } from '../../../lib/lazily.tsx';
import { t } from '../../../texts/inbox.ts';
import { useInbox } from '../context.ts';
import { countOf, showCount } from '../queues/counts.ts';
import { findQueue, hasWaiting, toSavedQuery } from '../queues/queues.ts';
import styles from './ListHeader.module.css';
import type { Sort } from './rows.ts';

const ViewMenu = lazily(() => import('../../views/ViewMenu.tsx'), { late: true });
const ShownLabel = lazily(() => import('./ShownLabel.tsx'));
const RemovedFilter = lazily(() => import('./RemovedFilter.tsx'));

/** Milliseconds without a keystroke before the search starts. */
const PAUSE = 250;

/** The header of the list: name, order, search and department filter. */
export function ListHeader(props: {
  /** Opens the queues on screens where they are hidden. */
  onMenu: (() => void) | null;
  onSearch(q: string): void;
  onDepartment(id: string | null): void;
  onLabel(id: string | null): void;
  onSort(sort: Sort): void;
}) {
  const { inbox, directory, view } = useInbox();
  const navigate = useNavigate();
  const [draft, setDraft] = createSignal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  // Switching queues clears the search.
  createEffect(
    on(
      () => inbox.filter().queue,
      () => setDraft(null),
      { defer: true },
    ),
  );

  const queue = () => findQueue(inbox.filter().queue);
  // The list of mentions has those that were seen, too.
  const count = () =>
    inbox.filter().queue === 'mentions' ? null : countOf(inbox.counts(), inbox.filter());
  const shownLabel = () => directory.labels().find(({ id }) => id === inbox.filter().label);
  /** A department or label in “All open” is shown like a queue of its own, with its name. */
  const title = () => {
    const { queue: id, department, label } = inbox.filter();
    const isWhole = id === 'all' && !(department && label);
    const name = department ? directory.departmentName(department) : shownLabel()?.name;
    return view()?.name ?? (isWhole && name ? name : queue()?.label);
  };
  const departments = () =>
    directory
      .shown()
      .filter(
        (department) =>
          department.archived_at === null || department.id === inbox.filter().department,
      );

  /**
   * The filter whose label, department or colleague was removed. Only views filter by colleague.
   */
  const removed = () =>
    directory.removedOf({
      assignee: view()?.query.assignee,
      ...toSavedQuery(inbox.filter()),
    });

  function search(text: string): void {
    setDraft(text);
    clearTimeout(timer);
    timer = setTimeout(() => props.onSearch(text.trim()), PAUSE);
  }

  return (
    <header class={styles.header}>
      <div class={styles.top}>
        <Show when={props.onMenu}>
          {(open) => <IconButton icon="menu" label={t.list.openQueues} onClick={() => open()()} />}
        </Show>
        <h1 class={styles.title} dir="auto">
          {title()}
        </h1>
        <Show when={count()}>
          {(number) => <span class={styles.count}>{showCount(number())}</span>}
        </Show>
        <Show when={hasWaiting(inbox.filter().queue)}>
          <span class={`${styles.choice} ${styles.sort}`}>
            <select
              class={styles.select}
              aria-label={t.list.order}
              onChange={(event) =>
                props.onSort(event.currentTarget.value === 'waiting' ? 'waiting' : 'activity')
              }
            >
              <option value="activity" selected={inbox.filter().sort === 'activity'}>
                {t.list.latest}
              </option>
              <option value="waiting" selected={inbox.filter().sort === 'waiting'}>
                {t.list.longest}
              </option>
            </select>
            <Icon name="chevron" />
          </span>
        </Show>
      </div>
      <div class={styles.tools}>
        <div class={styles.search}>
          <Icon name="search" />
          <input
            type="search"
            class={styles.input}
            data-search
            aria-label={t.list.searchConversations}
            placeholder={t.list.search}
            dir="auto"
            value={draft() ?? inbox.filter().q}
            onInput={(event) => search(event.currentTarget.value)}
            onKeyDown={(event) => {
              // Typing filters the list. Enter searches everything.
              const text = event.currentTarget.value.trim();
              if (event.key === 'Enter' && text) {
                navigate(`/search?q=${encodeURIComponent(text)}`);
              }
            }}
            onBlur={() => setDraft(null)}
          />
        </div>
        <Show when={departments().length > 1}>
          <span class={styles.choice}>
            <select
              class={styles.select}
              aria-label={t.list.department}
              onChange={(event) => props.onDepartment(event.currentTarget.value || null)}
            >
              <option value="" selected={inbox.filter().department === null}>
                {t.list.allDepartments}
              </option>
              <For each={departments()}>
                {(department) => (
                  <option
                    value={department.id}
                    selected={inbox.filter().department === department.id}
                  >
                    {department.name}
                  </option>
                )}
              </For>
            </select>
            <Icon name="chevron" />
          </span>
        </Show>
        <ViewMenu fallback={<span class={styles.later} />} />
      </div>
      <Show when={removed()}>
        {(what) => (
          <RemovedFilter
            what={what()}
            onClear={() => (what() === 'label' ? props.onLabel(null) : props.onDepartment(null))}
          />
        )}
      </Show>
      <Show when={shownLabel()}>
        {(label) => <ShownLabel label={label()} onClear={() => props.onLabel(null)} />}
      </Show>
    </header>
  );
}
