import {
  batch,
  createEffect,
  createMemo,
  createSignal,
  onCleanup,
  onMount,
  untrack,
  on as when,
} from 'solid-js';
import { createStore, produce, reconcile, unwrap } from 'solid-js/store';
import type { Connection } from '../../../protocol/client/types.ts';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { sees } from '../../../protocol/conversation/visibility.ts';
import type {
  OrganizationNews,
  SettingsChanged,
} from '../../../protocol/frames/organization-socket.ts';
import type { Page } from '../../../protocol/page.ts';
import type { QueueCounts } from '../../../protocol/resources/queue-counts.ts';
import { describeError } from '../../api/http.ts';
import { openOrganizationSocket } from '../../live/sockets.ts';
import { countConversations, listConversations } from '../conversation/api.ts';
import { needsAttention } from '../notifications/news.ts';
import { preferences } from '../profile/preferences.ts';
import type { Me } from '../session/api.ts';
import { createIdle } from '../status/idle.ts';
import { NOBODY_THERE, type Presence } from '../status/status.ts';
import { emptyRows, newest, type Rows, withChange, withoutRow, withPage } from './list/rows.ts';
import { countsAfter } from './queues/counts.ts';
import { type Filter, inList, queueFilter, toQuery } from './queues/queues.ts';

/**
 * Milliseconds within which the database may not have what the socket said (P7): a page fetched
 * meanwhile is completed from what was heard, and counts are asked for after it.
 */
const PROJECTION_LAG = 3_000;

type List = {
  filter: Filter;
  rows: Rows;
  state: 'loading' | 'ready' | 'failed';
  error: string | null;
  loadingMore: boolean;
  moreError: string | null;
  /** Number of the load whose answer is shown; an earlier one's comes too late. */
  loaded: number;
};

const EMPTY = {
  state: 'loading',
  error: null,
  loadingMore: false,
  moreError: null,
  loaded: 0,
} as const;

const keyOf = ({ queue, department, label, q, sort }: Filter) =>
  JSON.stringify([queue, department, label, q, sort]);

/**
 * Everything that the inbox knows: pages from the API and deltas from the socket, which together
 * are the list. Lists that were opened stay exact while the socket is open, so that switching
 * between them asks nothing.
 */
export function createInbox(
  me: Me,
  on: {
    onSettingsChanged(what: SettingsChanged['what']): unknown;
    onConversation(before: ConversationSummary | undefined, after: ConversationSummary): unknown;
  },
) {
  /** What the list on the screen shows, or showed last. */
  const [filter, setFilter] = createSignal<Filter>(queueFilter('mine'));
  const [known, setKnown] = createStore<Record<string, ConversationSummary>>({});
  const [lists, setLists] = createSignal<ReadonlyMap<string, List>>(new Map());
  const [counts, setCounts] = createSignal<QueueCounts | null>(null);
  const [presence, setPresence] = createSignal<Presence>(NOBODY_THERE);
  const [connection, setConnection] = createSignal<Connection>({ state: 'idle' });
  const [newConversation, setNewConversation] = createSignal<ConversationSummary | null>(null);
  /** The last conversation that this agent lost sight of. */
  const [gone, setGone] = createSignal<string | null>(null, { equals: false });
  /** When the socket last spoke of a conversation, in milliseconds since the epoch. */
  const pushedAt = new Map<string, number>();
  let loads = 0;
  const visibility = () => ({ id: me.user.id, departments: me.departments });
  /** How many rows from its top the reader of the list has got: so far down it is loaded anew. */
  let depth = 0;
  let countTimer: ReturnType<typeof setTimeout> | undefined;

  const list = createMemo(() => lists().get(keyOf(filter())));
  const ids = createMemo(() => (list()?.rows.items ?? []).map((row) => row.id), [], {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  });
  /** Which wait for this agent's eyes: kept by each change, since many may be known. */
  const waitingForMe = new Set<string>();
  const [attentionCount, setAttention] = createSignal(0);
  function updateNeedsAttention(conversation: ConversationSummary): void {
    if (needsAttention(conversation, me.user.id, preferences.notify_of))
      waitingForMe.add(conversation.id);
    else waitingForMe.delete(conversation.id);
    setAttention(waitingForMe.size);
  }
  createEffect(
    when(
      () => preferences.notify_of,
      () => Object.values(unwrap(known)).forEach(updateNeedsAttention),
    ),
  );

  function setList(key: string, change: (list: List) => Partial<List>): void {
    const current = lists().get(key);
    if (current) setLists(new Map(lists()).set(key, { ...current, ...change(current) }));
  }

  function remember(conversation: ConversationSummary): ConversationSummary {
    const state = newest(unwrap(known)[conversation.id], conversation);
    // A copy, since the store changes what it is given in place.
    setKnown(conversation.id, reconcile({ ...state }));
    untrack(() => updateNeedsAttention(state));
    return state;
  }

  /** Takes in a conversation's state from anywhere; an older version changes nothing. */
  function update(conversation: ConversationSummary): void {
    // An answer to who handed it on; nobody else is told of what they do not see.
    if (!sees(visibility(), conversation)) {
      forget(conversation.id);
      return;
    }
    batch(() => {
      const previous = unwrap(known)[conversation.id];
      const before = previous && structuredClone(previous);
      const state = remember(conversation);
      updateCounts(before, state);
      const next = new Map(lists());
      for (const [key, entry] of next) {
        const isInList = inList(state, entry.filter, me.user.id);
        const rows = withChange(entry.rows, state, isInList, entry.filter.q === '');
        next.set(key, { ...entry, rows });
      }
      setLists(next);
    });
  }

  /** Takes out a conversation that was handed on, and is not this agent's to see any more. */
  function forget(id: string): void {
    batch(() => {
      const previous = unwrap(known)[id];
      setGone(id);
      const next = new Map(lists());
      for (const [key, entry] of next)
        next.set(key, { ...entry, rows: withoutRow(entry.rows, id) });
      setLists(next);
      setKnown(produce((all) => void delete all[id]));
      // As if it were in no queue any more.
      if (previous) updateCounts(previous, { ...previous, status: 'closed', mentions: [] });
      else recount(PROJECTION_LAG);
    });
    pushedAt.delete(id);
  }

  function updateCounts(before: ConversationSummary | undefined, after: ConversationSummary): void {
    const current = counts();
    const next = current && countsAfter(current, before, after, me.user.id);
    if (next) setCounts(next);
    else recount(PROJECTION_LAG);
  }

  function recount(delay: number): void {
    if (countTimer !== undefined && delay > 0) return;
    clearTimeout(countTimer);
    countTimer = setTimeout(async () => {
      countTimer = undefined;
      // Counts are a help, not the list: when they cannot be had, the last ones stay.
      const fresh = await countConversations().catch(() => null);
      if (fresh) setCounts(fresh);
    }, delay);
  }

  /** Rows with a page added, and with what the socket said that the page may not know yet. */
  function merge(rows: Rows, page: Page<ConversationSummary>, target: Filter) {
    const isInList = (conversation: ConversationSummary) =>
      inList(conversation, target, me.user.id);
    let merged = withPage(rows, page, remember, isInList);
    if (target.q !== '') return merged;
    const recent = Date.now() - PROJECTION_LAG;
    for (const [id, time] of pushedAt) {
      const state = unwrap(known)[id];
      if (time < recent) pushedAt.delete(id);
      else if (state) merged = withChange(merged, { ...state }, isInList(state));
    }
    return merged;
  }

  /** Fetches a list from its top, as far down as it was loaded before. */
  async function load(target: Filter): Promise<void> {
    const key = keyOf(target);
    const number = ++loads;
    const before = lists().get(key) ?? {
      ...EMPTY,
      rows: emptyRows(target.sort),
      filter: target,
    };
    const state = before.state === 'ready' ? 'ready' : 'loading';
    setLists(new Map(lists()).set(key, { ...before, state }));
    try {
      let rows = emptyRows(target.sort);
      do {
        const page = await listConversations(toQuery(target, rows.cursor));
        if (number < (lists().get(key)?.loaded ?? number)) return;
        rows = batch(() => merge(rows, page, target));
      } while (
        rows.cursor !== null &&
        rows.items.length < Math.min(before.rows.items.length, depth)
      );
      setList(key, () => ({ rows, state: 'ready', error: null, moreError: null, loaded: number }));
    } catch (error) {
      const failed = describeError(error);
      // Rows that are there stay; the bar above says that they may be old.
      setList(key, (entry) => (entry.state === 'ready' ? {} : { state: 'failed', error: failed }));
    }
  }

  async function loadMore(): Promise<void> {
    const current = list();
    if (current?.state !== 'ready' || current.loadingMore || current.rows.cursor === null) return;
    const { filter: target, rows: above } = current;
    const key = keyOf(target);
    setList(key, () => ({ loadingMore: true, moreError: null }));
    try {
      const page = await listConversations(toQuery(target, above.cursor));
      // A reload in between has a page of its own under its rows.
      const merged = (rows: Rows) =>
        rows.cursor === above.cursor ? { rows: merge(rows, page, target) } : {};
      batch(() => setList(key, ({ rows }) => merged(rows)));
    } catch (error) {
      setList(key, () => ({ moreError: describeError(error) }));
    } finally {
      setList(key, () => ({ loadingMore: false }));
    }
  }

  /** Shows the filter's list, and makes sure that it is there; a search's is always fetched. */
  function show(target: Filter): void {
    setFilter(target);
    const entry = lists().get(keyOf(target));
    if (!entry || entry.state === 'failed' || target.q !== '') void load(target);
  }

  /** After a silence nothing that was known is certain: lists not on the screen are forgotten. */
  function refresh(): void {
    const shown = keyOf(filter());
    const mine = queueFilter('mine');
    setLists(new Map([...lists()].filter(([key]) => key === shown)));
    void load(filter());
    // The title counts what waits for this agent, whichever queue is on the screen.
    if (keyOf(mine) !== shown) void load(mine);
    recount(0);
  }

  /** This agent sees other departments than before: what was known is held against that. */
  function applyVisibility(): void {
    for (const conversation of Object.values(unwrap(known)))
      if (!sees(visibility(), conversation)) forget(conversation.id);
    refresh();
  }

  function receive(frame: OrganizationNews): void {
    // A Worker of the version before names nobody who is away.
    if (frame.type === 'presence') {
      return void setPresence({ online: frame.online, away: frame.away ?? [] });
    }
    if (frame.type === 'setup') return void on.onSettingsChanged(frame.what);
    if (frame.type === 'gone') return void forget(frame.id);
    if (frame.type === 'changes') frame.gone.forEach(forget);
    const changed = frame.type === 'changes' ? frame.conversations : [frame.conversation];
    // Lists and counts are drawn once for all of them; each new one is announced.
    for (const fresh of batch(() => changed.filter(applyPushed))) setNewConversation(fresh);
  }

  /** Takes in what the socket says of a conversation; whether it is one that has just begun. */
  function applyPushed(conversation: ConversationSummary): boolean {
    const previous = unwrap(known)[conversation.id];
    const fresh = previous === undefined && conversation.status === 'waiting';
    // A copy down to its lists, since the store changes what it holds in place.
    const before = previous && structuredClone(previous);
    pushedAt.set(conversation.id, Date.now());
    update(conversation);
    on.onConversation(before, conversation);
    return fresh;
  }

  const idle = createIdle(() => preferences.away_after);
  const socket = openOrganizationSocket({
    idle,
    onOpen: refresh,
    onFrame: receive,
    onConnection: (next) => {
      setConnection(next);
      if (next.state !== 'open') setPresence(NOBODY_THERE);
    },
  });

  onMount(() => {
    recount(0);
    socket.start();
  });
  onCleanup(() => {
    socket.stop();
    clearTimeout(countTimer);
  });

  return {
    me,
    known,
    list,
    ids,
    counts,
    presence,
    /** Chooses this agent's status, on all of their devices; it shows once the Worker has told it. */
    chooseStatus: socket.chooseStatus,
    connection,
    /** How many open conversations wait for this agent's eyes, as far as is known here. */
    attentionCount: attentionCount,
    /** The last conversation that began while the dashboard was open. */
    newConversation: newConversation,
    gone,
    show,
    update,
    applyVisibility,
    loadMore,
    reachedTo(index: number): void {
      depth = index;
    },
    retry: () => void load(filter()),
    reconnect: () => socket.start(),
    filter,
  };
}

export type Inbox = ReturnType<typeof createInbox>;
