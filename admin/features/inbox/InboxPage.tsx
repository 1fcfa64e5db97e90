import { useNavigate, useParams, useSearchParams } from '@solidjs/router';
import {
  createComputed,
  createEffect,
  createMemo,
  createSignal,
  on,
  onCleanup,
  onMount,
  Show,
} from 'solid-js';
import { Dialog } from '../../components/Dialog.tsx';
import { Message } from '../../components/Message.tsx';
import { startLoadingAhead } from '../../lib/ahead.ts';
import { lazily } from '../../lib/lazily.tsx';
import { createMedia, PHONE, TOUCH, WIDE } from '../../lib/media.ts';
import { useLive } from '../../live/live.ts';
import { ConversationPane } from '../conversation/ConversationPane.tsx';
import { showsGetStarted } from '../get-started/shown.ts';
import { useTitle } from '../notifications/title.ts';
import { useSession } from '../session/session.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { createSelection } from './bulk/selection.ts';
import { InboxContext } from './context.ts';
import { createFlow } from './flow/flow.ts';
import { useLazyTriageKeys } from './flow/lazy-keys.ts';
import styles from './InboxPage.module.css';
import { ConversationList } from './list/ConversationList.tsx';
import { ListHeader } from './list/ListHeader.tsx';
import { createRowFocus } from './list/row-focus.ts';
import { marks } from './marked-unread.ts';
import { QueueNav } from './queues/QueueNav.tsx';
import { type Filter, findQueue, hasWaiting, pathOf } from './queues/queues.ts';

const GetStarted = lazily(() => import('../get-started/GetStarted.tsx'), { late: true });

/** The pane without a conversation. */
function NothingOpen() {
  return (
    <Message
      icon="inbox"
      title="Open a conversation"
      text={
        matchMedia(TOUCH).matches
          ? 'Choose one from the list to read and reply.'
          : 'Use j and k to move, Enter to open. Press ? for all shortcuts.'
      }
    />
  );
}

const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

/** The inbox: queues, list and conversation. Phones show one of them at a time. */
export function InboxPage() {
  const { me, notifications } = useSession();
  const { inbox, directory } = useLive();
  const params = useParams();
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const wide = createMedia(WIDE);
  const phone = createMedia(PHONE);
  const [menu, setMenu] = createSignal(false);
  const [side, setSide] = createSignal(true);

  const filter = createMemo(
    (): Filter => ({
      queue: findQueue(params.queue)?.id ?? 'unassigned',
      department: text(query.department) || null,
      label: text(query.label) || null,
      q: text(query.q),
      sort:
        query.sort === 'waiting' && hasWaiting(findQueue(params.queue)?.id ?? 'unassigned')
          ? 'waiting'
          : 'activity',
    }),
    undefined,
    {
      equals: (a, b) =>
        a.queue === b.queue &&
        a.department === b.department &&
        a.label === b.label &&
        a.q === b.q &&
        a.sort === b.sort,
    },
  );
  const current = createMemo(() => params.conversationId);
  // The list loads without waiting for the socket.
  createComputed(on(filter, inbox.show));

  const path = (conversationId?: string) =>
    pathOf(filter(), conversationId, text(query.view) || null);

  /**
   * Whether the pane leads a new owner: their list was empty. It stays so when a first conversation
   * comes. Whoever has conversations finds the steps in the navigation.
   */
  const wasEmpty = createMemo(
    (before: boolean) =>
      before || (inbox.list()?.state === 'ready' && inbox.ids().length === 0 && filter().q === ''),
    false,
  );
  const leads = () => wasEmpty() && showsGetStarted(me);

  const rows = createRowFocus(inbox.ids, current);
  const selection = createSelection(inbox.ids);
  const flow = createFlow({
    navigate,
    ids: inbox.ids,
    current,
    selected: selection.selected,
    rows,
    path,
    onePane: phone,
  });
  const view = createMemo(
    () => directory.views().find(({ id }) => id === text(query.view)) ?? null,
  );

  function back(): void {
    const active = document.activeElement;
    if (active instanceof HTMLInputElement && active.matches('[data-search]')) {
      if (filter().q) setQuery({ q: null }, { replace: true });
      rows.focus(current());
    } else if (selection.any()) {
      selection.clear();
    } else if (current()) {
      const left = current();
      navigate(path());
      queueMicrotask(() => rows.focus(left));
    }
  }

  /**
   * Marks conversations as unread. If one of them is open, it closes, since an open conversation
   * counts as read.
   */
  function markUnread(ids: readonly string[]): void {
    for (const id of ids) marks.add(id);
    const open = current();
    if (open === undefined || !ids.includes(open)) return;
    navigate(path());
    queueMicrotask(() => rows.focus(open));
  }

  function extend(step: 1 | -1): void {
    const from = rows.focused() ?? current();
    const to = rows.move(step);
    if (to) selection.extend(from, to);
  }

  useLazyTriageKeys({ inbox, directory, selection, flow });
  useShortcuts({
    next: () => flow.move(1),
    previous: () => flow.move(-1),
    extendDown: () => extend(1),
    extendUp: () => extend(-1),
    open: () => {
      const id = rows.focused() ?? inbox.ids()[0];
      if (id) navigate(path(id));
    },
    select: () => {
      const id = rows.focused() ?? current();
      if (id) selection.toggle(id);
    },
    unread: {
      run: () => markUnread(flow.targets()),
      when: () => flow.targets().length > 0,
    },
    search: () => document.querySelector<HTMLInputElement>('[data-search]')?.focus(),
    back,
    queues: () => (wide() ? setSide(!side()) : setMenu(!menu())),
  });

  useTitle(() => view()?.name ?? findQueue(filter().queue)?.label ?? 'Inbox', inbox.attentionCount);
  createEffect(() => notifications.show(current()));
  createEffect(on(current, inbox.setOpen));
  onCleanup(() => {
    notifications.show(undefined);
    inbox.setOpen(undefined);
  });
  onMount(() => {
    if (params.queue && !findQueue(params.queue)) navigate('/inbox/unassigned', { replace: true });
  });
  createEffect(() => {
    if (inbox.list()?.state !== 'loading') startLoadingAhead();
  });

  return (
    <InboxContext.Provider value={{ inbox, directory, selection, flow, view, path }}>
      <div class={styles.panes} classList={{ [styles.sideless ?? '']: wide() && !side() }}>
        <Show
          when={wide()}
          fallback={
            <Dialog look="start" title="Inbox" open={menu()} onClose={() => setMenu(false)}>
              <QueueNav onChosen={() => setMenu(false)} />
            </Dialog>
          }
        >
          <aside class={styles.side} hidden={!side()} aria-label="Queues and labels">
            <p class={styles.brand} dir="auto">
              {me.organization.name}
            </p>
            <QueueNav />
          </aside>
        </Show>
        <main class={styles.main}>
          <section
            class={styles.list}
            classList={{ [styles.covered ?? '']: phone() && current() !== undefined }}
            aria-label="Conversations"
          >
            <ListHeader
              onMenu={wide() ? null : () => setMenu(true)}
              onSearch={(q) => setQuery({ q: q || null }, { replace: true })}
              onDepartment={(department) => setQuery({ department })}
              onLabel={(label) => setQuery({ label })}
              onSort={(sort) => setQuery({ sort: sort === 'activity' ? null : sort })}
            />
            <ConversationList
              current={current()}
              onWindow={rows.revealBy}
              onClearFilter={() =>
                setQuery({ q: null, department: null, label: null, sort: null, view: null })
              }
            />
          </section>
          <Show when={!phone() || current()}>
            <section class={styles.conversation} aria-label="Conversation">
              <Show
                when={current()}
                keyed
                fallback={
                  <Show when={leads()} fallback={<NothingOpen />}>
                    <GetStarted fallback={<NothingOpen />} />
                  </Show>
                }
              >
                {(id) => <ConversationPane id={id} />}
              </Show>
            </section>
          </Show>
        </main>
      </div>
    </InboxContext.Provider>
  );
}
