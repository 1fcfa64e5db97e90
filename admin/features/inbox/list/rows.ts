import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { mergeReads } from '../../../../protocol/conversation/read-marks.ts';
import { replaces } from '../../../live/reconcile.ts';

/** `activity`: newest first, then the higher id. `waiting`: oldest waiting first. */
export type Sort = 'activity' | 'waiting';

/** The sort key of a conversation in a list. */
type Place = { time: string; id: string };

/** The loaded part of one list. */
export type Rows = {
  sort: Sort;
  items: readonly ConversationSummary[];
  /** The last place of the loaded pages; null when the whole list is loaded. */
  floor: Place | null;
  cursor: string | null;
};

export const emptyRows = (sort: Sort): Rows => ({ sort, items: [], floor: null, cursor: null });

function placeOf({ id, created_at, last_message_at }: ConversationSummary, sort: Sort): Place {
  return { id, time: (sort === 'activity' && last_message_at) || created_at };
}

/** Negative if `a` is above `b`. */
function compare(a: Place, b: Place, sort: Sort): number {
  const [above, under] = sort === 'activity' ? [b, a] : [a, b];
  const times = Date.parse(above.time) - Date.parse(under.time);
  if (times !== 0) return times;
  if (a.id === b.id) return 0;
  return above.id < under.id ? -1 : 1;
}

/**
 * The newer of two states of a conversation: the higher version. Read marks only move forward, and
 * move without a new version. Where an unnamed visitor comes from is not known to all sources.
 */
export function newest(
  a: ConversationSummary | undefined,
  b: ConversationSummary,
): ConversationSummary {
  if (!a) return b;
  const isNewer = replaces({ version: a.version, isRemoved: false }, b.version);
  const [newer, older] = isNewer ? [b, a] : [a, b];
  const agent_read_seq = Math.max(newer.agent_read_seq, older.agent_read_seq);
  const visitor_read_seq = Math.max(newer.visitor_read_seq, older.visitor_read_seq);
  const agent_reads = mergeReads(newer.agent_reads, older.agent_reads);
  const customer = { ...older.customer, ...newer.customer };
  return { ...newer, agent_read_seq, agent_reads, visitor_read_seq, customer };
}

/**
 * The rows after a conversation changed. It is removed if it no longer belongs to the list. If it
 * is below the loaded part, its page will bring it.
 *
 * @param insert whether a new conversation can be added; not in a search
 */
export function withChange(
  rows: Rows,
  changed: ConversationSummary,
  isInList: boolean,
  insert = true,
): Rows {
  const here = rows.items.some((row) => row.id === changed.id);
  const others = here ? rows.items.filter((row) => row.id !== changed.id) : rows.items;
  const place = placeOf(changed, rows.sort);
  const below = rows.floor !== null && compare(place, rows.floor, rows.sort) > 0;
  if (!isInList || below || !(here || insert)) return here ? { ...rows, items: others } : rows;
  const index = others.findIndex((row) => compare(place, placeOf(row, rows.sort), rows.sort) < 0);
  const items = [...others];
  items.splice(index === -1 ? items.length : index, 0, changed);
  return { ...rows, items };
}

/** The rows without a removed conversation. */
export function withoutRow(rows: Rows, id: string): Rows {
  return { ...rows, items: rows.items.filter((row) => row.id !== id) };
}

/**
 * The rows with one more page. The server pages in steps of some minutes, so a row of this page may
 * belong above a loaded one: each row is inserted at its exact place.
 *
 * @param resolve returns the newest known state, since a page can be older than the socket
 * @param isInList whether that state belongs to this list
 */
export function withPage(
  rows: Rows,
  page: { items: readonly ConversationSummary[]; next_cursor: string | null },
  resolve: (conversation: ConversationSummary) => ConversationSummary,
  isInList: (conversation: ConversationSummary) => boolean,
): Rows {
  const { sort } = rows;
  const places = page.items.map((item) => placeOf(item, sort));
  const lowest = places.sort((a, b) => compare(a, b, sort)).at(-1);
  const next: Rows = {
    sort,
    items: rows.items,
    // A page can be empty although there are more, if the agent cannot see the rows that were read.
    floor: page.next_cursor === null ? null : (lowest ?? rows.floor),
    cursor: page.next_cursor,
  };
  const arrived = page.items.map(resolve);
  const here = new Set(arrived.map(({ id }) => id));
  const items = next.items.filter(({ id }) => !here.has(id));
  for (const conversation of arrived) {
    const place = placeOf(conversation, sort);
    const below = next.floor !== null && compare(place, next.floor, sort) > 0;
    if (!isInList(conversation) || below) continue;
    // Most rows of a page go below all loaded rows.
    const above = items.findLastIndex((row) => compare(placeOf(row, sort), place, sort) <= 0);
    items.splice(above + 1, 0, conversation);
  }
  return { ...next, items };
}
