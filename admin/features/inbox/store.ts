import { batch, createMemo, createSignal, onCleanup, onMount, untrack } from 'solid-js';
import { createStore, produce, reconcile, unwrap } from 'solid-js/store';
import type { Connection } from '../../../protocol/client/types.ts';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { sees } from '../../../protocol/conversation/visibility.ts';
import type {
  OrganizationNews,
  SettingsChanged,
  VersionsNow,
} from '../../../protocol/frames/organization-socket.ts';
import type { Page } from '../../../protocol/page.ts';
import { describeError } from '../../api/http.ts';
import { openOrganizationSocket } from '../../live/sockets.ts';
import { countConversations, listConversations } from '../conversation/api.ts';
import { createAttention } from '../notifications/attention.ts';
import { preferences } from '../profile/preferences.ts';
import type { Me } from '../session/api.ts';
import { createIdle } from '../status/idle.ts';
import { NOBODY_THERE, type Presence } from '../status/status.ts';
import { createGone } from './gone.ts';
import { EMPTY, keyOf, type List } from './list/list.ts';
import { emptyRows, newest, type Rows, withChange, withoutRow, withPage } from './list/rows.ts';
import { createStaying } from './list/staying.ts';
import { createOwnReads, readBy } from './own-reads.ts';
import { createLiveCounts } from './queues/live-counts.ts';
import { type Filter, inList, queueFilter, toQuery } from './queues/queues.ts';

/**
 * Milliseconds by which the database can lag behind the socket (P7). Pages fetched in this time are
 * completed from the socket, and counts are requested after it.
 */
const PROJECTION_LAG = 3_000;

/**
 * The state of the inbox: pages from the API and changes from the socket, which together are the
 * list. Opened lists stay exact while the socket is open, so that switching between them needs no
 * request.
 */
export function createInbox(
  me: Me,
  on: {
    onSettings(frame: SettingsChanged): unknown;
    onVersions(frame: VersionsNow): unknown;
    onConversation(before: ConversationSummary | undefined, after: ConversationSummary): unknown;
  },
) {
  /** The filter of the current list, or of the last one. */
  const [filter, setFilter] = createSignal<Filter>(queueFilter('mine'));
  const [conversations, setConversations] = createStore<Record<string, ConversationSummary>>({});
  const [lists, setLists] = createSignal<ReadonlyMap<string, List>>(new Map());
  const { counts, expectedSeconds, ...counting } = createLiveCounts(me.user.id, countConversations);
  const [presence, setPresence] = createSignal<Presence>(NOBODY_THERE);
  const [connection, setConnection] = createSignal<Connection>({ state: 'idle' });
  const [newConversation, setNewConversation] = createSignal<ConversationSummary | null>(null);
  /** The last conversation that this agent can no longer see. */
  const [gone, setGone] = createSignal<string | null>(null, { equals: false });
  /** When the socket last sent a conversation, in milliseconds since the epoch. */
  const pushedAt = new Map<string, number>();
  const outOfSight = createGone();
  let loads = 0;
  const visibility = () => ({ id: me.user.id, departments: me.departments });
  /** How many rows the reader has seen from the top. A reload loads as many. */
  let depth = 0;

  const ownReads = createOwnReads(me.user.id);
  const staying = createStaying(me.user.id, filter);

  const list = createMemo(() => lists().get(keyOf(filter())));
  const ids = createMemo(() => (list()?.rows.items ?? []).map((row) => row.id), [], {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  });
  const attention = createAttention(me.user.id, () => Object.values(unwrap(conversations)));

  function setList(key: string, change: (list: List) => Partial<List>): void {
    const current = lists().get(key);
    if (current) setLists(new Map(lists()).set(key, { ...current, ...change(current) }));
  }

  function remember(conversation: ConversationSummary): ConversationSummary {
    const before = unwrap(conversations)[conversation.id];
    const state = newest(before, ownReads.addTo(conversation));
    // A copy, since the store mutates its values in place.
    setConversations(conversation.id, reconcile({ ...state }));
    untrack(() => attention.follow(state));
    return state;
  }

  /** Takes a conversation's state from any source. An older version changes nothing. */
  function update(conversation: ConversationSummary): void {
    // The response to an agent who moved it out of their sight. Other agents do not receive it.
    if (!sees(visibility(), conversation)) {
      forget(conversation.id, conversation.version);
      return;
    }
    if (outOfSight.has(conversation)) return;
    batch(() => {
      const previous = unwrap(conversations)[conversation.id];
      const before = previous && structuredClone(previous);
      const state = remember(conversation);
      updateCounts(before, state);
      const next = new Map(lists());
      for (const [key, entry] of next) {
        const isInList = inList(state, entry.filter, me.user.id);
        if (key === keyOf(filter()) && staying.keeps(entry.rows, state, isInList)) continue;
        const rows = withChange(entry.rows, state, isInList, entry.filter.q === '');
        next.set(key, { ...entry, rows });
      }
      setLists(next);
    });
  }

  /** Marks a conversation as read by this agent, here at once. */
  function read(id: string, seq: number): void {
    ownReads.keep(id, seq);
    const conversation = unwrap(conversations)[id];
    if (!conversation) return;
    const after = readBy(conversation, me.user.id, seq);
    if (after !== conversation) update(after);
  }

  /**
   * Removes a conversation that this agent can no longer see. Only a newer state brings it back.
   *
   * @param version with which it went. An older Worker does not say it: then it is the last known one
   */
  function forget(id: string, version?: number): void {
    const previous = unwrap(conversations)[id];
    if (!outOfSight.add(id, version ?? previous?.version ?? 0, previous)) return;
    batch(() => {
      setGone(id);
      const next = new Map(lists());
      for (const [key, entry] of next)
        next.set(key, { ...entry, rows: withoutRow(entry.rows, id) });
      setLists(next);
      setConversations(produce((all) => void delete all[id]));
      // Counted as if it were in no queue.
      if (previous) updateCounts(previous, { ...previous, status: 'closed', mentions: [] });
      else counting.recount(PROJECTION_LAG);
    });
    pushedAt.delete(id);
    attention.drop(id);
  }

  function updateCounts(before: ConversationSummary | undefined, after: ConversationSummary): void {
    if (!counting.follow(before, after)) counting.recount(PROJECTION_LAG);
  }

  /** The rows with a page, and with changes from the socket that the page may not have. */
  function merge(rows: Rows, page: Page<ConversationSummary>, target: Filter) {
    const isInList = (conversation: ConversationSummary) =>
      inList(conversation, target, me.user.id);
    // A page can be older than the frame that took a conversation away.
    const items = page.items.filter((conversation) => !outOfSight.has(conversation));
    let merged = withPage(rows, { ...page, items }, remember, isInList);
    if (target.q !== '') return merged;
    const recent = Date.now() - PROJECTION_LAG;
    for (const [id, time] of pushedAt) {
      const state = unwrap(conversations)[id];
      if (time < recent) pushedAt.delete(id);
      else if (state) merged = withChange(merged, { ...state }, isInList(state));
    }
    return merged;
  }

  /** Reloads a list from its top, as far down as it was loaded before. */
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
      if (key === keyOf(filter())) rows = staying.withStaying(rows, before.rows);
      setList(key, () => ({ rows, state: 'ready', error: null, moreError: null, loaded: number }));
    } catch (error) {
      const failed = describeError(error);
      // The loaded rows stay; the bar above says that they may be out of date.
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
      // If the list was reloaded meanwhile, this page no longer fits.
      const merged = (rows: Rows) =>
        rows.cursor === above.cursor ? { rows: merge(rows, page, target) } : {};
      batch(() => setList(key, ({ rows }) => merged(rows)));
    } catch (error) {
      setList(key, () => ({ moreError: describeError(error) }));
    } finally {
      setList(key, () => ({ loadingMore: false }));
    }
  }

  /** Removes rows from the shown list. */
  function remove(rowIds: readonly string[]): void {
    if (rowIds.length === 0) return;
    setList(keyOf(filter()), ({ rows }) => ({ rows: rowIds.reduce(withoutRow, rows) }));
  }

  /** Shows a filter's list and loads it if needed. A search is always loaded. */
  function show(target: Filter): void {
    if (keyOf(target) !== keyOf(filter())) remove(staying.leave());
    setFilter(target);
    const entry = lists().get(keyOf(target));
    if (!entry || entry.state === 'failed' || target.q !== '') void load(target);
  }

  /** After a lost connection nothing is certain: drops the lists that are not on the screen. */
  function refresh(): void {
    const shown = keyOf(filter());
    const mine = queueFilter('mine');
    setLists(new Map([...lists()].filter(([key]) => key === shown)));
    void load(filter());
    // The title counts what needs this agent's attention, whichever queue is shown.
    if (keyOf(mine) !== shown) void load(mine);
    counting.recount(0);
  }

  /** Applies a change of the departments that this agent can see. */
  function applyVisibility(): void {
    for (const conversation of Object.values(unwrap(conversations)))
      if (!sees(visibility(), conversation)) forget(conversation.id);
    outOfSight.clear();
    refresh();
  }

  function receive(frame: OrganizationNews): void {
    // A Worker of the previous version does not list agents who are away.
    if (frame.type === 'presence') {
      return void setPresence({ online: frame.online, away: frame.away ?? [] });
    }
    if (frame.type === 'setup') return void on.onSettings(frame);
    if (frame.type === 'versions') return void on.onVersions(frame);
    if (frame.type === 'gone') return void forget(frame.id, frame.version);
    if (frame.type === 'changes') {
      for (const [index, id] of frame.gone.entries()) forget(id, frame.gone_versions?.[index]);
    }
    const changed = frame.type === 'changes' ? frame.conversations : [frame.conversation];
    // Lists and counts are drawn once for all of them; each new one is announced.
    for (const started of batch(() => changed.filter(applyPushed))) setNewConversation(started);
  }

  /** Takes a conversation from the socket. Returns whether it has just started. */
  function applyPushed(conversation: ConversationSummary): boolean {
    const previous = unwrap(conversations)[conversation.id];
    const hasStarted = previous === undefined && conversation.status === 'waiting';
    // A deep copy, since the store mutates its values in place.
    const before = previous && structuredClone(previous);
    pushedAt.set(conversation.id, Date.now());
    update(conversation);
    on.onConversation(before, conversation);
    return hasStarted;
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
    counting.recount(0);
    socket.start();
  });
  onCleanup(() => {
    socket.stop();
    counting.stop();
  });

  return {
    me,
    conversations,
    list,
    ids,
    counts,
    expectedSeconds,
    presence,
    /**
     * Chooses this agent's status, on all of their devices; it shows once the Worker has told it.
     */
    chooseStatus: socket.chooseStatus,
    connection,
    /** How many of the loaded conversations need this agent's attention. */
    attentionCount: attention.count,
    /** The last conversation that started while the dashboard was open. */
    newConversation: newConversation,
    gone,
    show,
    /** Sets the conversation that is open beside the list: its row never vanishes. */
    setOpen: (id: string | undefined) => remove(staying.open(id, unwrap(conversations))),
    /** Whether a row belongs to the shown list no more, and stays until the reader leaves it. */
    hasLeft: staying.has,
    update,
    read,
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
