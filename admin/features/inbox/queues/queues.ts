import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { SavedQuery } from '../../../../protocol/resources/saved-view.ts';
import type { ConversationQuery } from '../../conversation/api.ts';
import type { Sort } from '../list/rows.ts';

export type QueueId = 'unassigned' | 'mine' | 'mentions' | 'all' | 'snoozed' | 'closed';

export type Queue = { id: QueueId; label: string };

export const QUEUES: readonly Queue[] = [
  { id: 'unassigned', label: 'Unassigned' },
  { id: 'mine', label: 'Mine' },
  { id: 'mentions', label: 'Mentions' },
  { id: 'all', label: 'All open' },
  { id: 'snoozed', label: 'Snoozed' },
  { id: 'closed', label: 'Closed' },
];

/**
 * What the list shows: a queue, narrowed to a department, to a label or to what matches a search.
 * Sorted by waiting it shows those that nobody has answered yet.
 */
export type Filter = {
  queue: QueueId;
  department: string | null;
  label: string | null;
  q: string;
  sort: Sort;
};

/** Whether somebody may wait in this queue: what is closed or put aside is in no hurry. */
export function hasWaiting(queue: QueueId): boolean {
  return queue === 'unassigned' || queue === 'mine' || queue === 'all';
}

/** The queue named in an address, if there is such a one. */
export function findQueue(id: string | undefined): Queue | undefined {
  return QUEUES.find((queue) => queue.id === id);
}

type Placed = Pick<
  ConversationSummary,
  'status' | 'assignee' | 'department_id' | 'label_ids' | 'mentions'
>;

/** Whether it is on the agents' table: neither closed nor put aside. */
export function isOpen({ status }: Pick<ConversationSummary, 'status'>): boolean {
  return status !== 'closed' && status !== 'snoozed';
}

/** Whether a conversation belongs to a queue of the agent `me`, as the server's filters have it. */
export function inQueue(conversation: Placed, queue: QueueId, me: string): boolean {
  const open = isOpen(conversation);
  switch (queue) {
    case 'unassigned':
      return open && conversation.assignee === null;
    case 'mine':
      return open && conversation.assignee?.id === me;
    case 'all':
      return open;
    case 'mentions':
      return conversation.mentions.some((mention) => mention.user_id === me);
    case 'snoozed':
    case 'closed':
      return conversation.status === queue;
  }
}

/**
 * Whether a conversation belongs in the list under a filter. The search is the server's business:
 * here every conversation counts as found.
 */
export function inList(conversation: Placed, filter: Filter, me: string): boolean {
  const { queue, department, label, sort } = filter;
  if (sort === 'waiting' && conversation.status !== 'waiting') return false;
  if (department !== null && conversation.department_id !== department) return false;
  if (label !== null && !conversation.label_ids.includes(label)) return false;
  return inQueue(conversation, queue, me);
}

/** What each queue is in the server's words; of those that name the agent, any status. */
const SERVER_QUERIES: Record<QueueId, SavedQuery> = {
  unassigned: { status: 'open', assignee: 'none' },
  mine: { status: 'open', assignee: 'me' },
  mentions: { mentioned: 'me' },
  all: { status: 'open' },
  snoozed: { status: 'snoozed' },
  closed: { status: 'closed' },
};

/** The server's words for a filter, as a saved view keeps them. */
export function toSavedQuery({ queue, department, label, q, sort }: Filter): SavedQuery {
  return {
    ...SERVER_QUERIES[queue],
    ...(department && { department }),
    ...(label && { label }),
    ...(q && { q }),
    sort,
  };
}

/** The filter that a saved view stands for. */
export function fromSavedQuery(query: SavedQuery): Filter {
  const { status, assignee, mentioned, department, label, q, sort } = query;
  let queue: QueueId = 'all';
  if (mentioned) queue = 'mentions';
  else if (status === 'closed' || status === 'snoozed') queue = status;
  else if (assignee === 'none') queue = 'unassigned';
  else if (assignee === 'me') queue = 'mine';
  return {
    queue,
    department: department ?? null,
    label: label ?? null,
    q: q ?? '',
    sort: sort === 'waiting' && hasWaiting(queue) ? sort : 'activity',
  };
}

/** The same, for a page of the list. */
export function toQuery(filter: Filter, cursor: string | null): ConversationQuery {
  return { ...toSavedQuery(filter), cursor: cursor ?? undefined };
}

/** The address of a filter's list, or of a conversation beside it. */
export function pathOf(filter: Filter, conversationId?: string, view?: string | null): string {
  const { queue, department, label, q, sort } = filter;
  const search = new URLSearchParams();
  if (department) search.set('department', department);
  if (label) search.set('label', label);
  if (q) search.set('q', q);
  if (sort !== 'activity') search.set('sort', sort);
  if (view) search.set('view', view);
  const place = conversationId ? `/inbox/${queue}/${conversationId}` : `/inbox/${queue}`;
  return search.size > 0 ? `${place}?${search}` : place;
}

/** A whole queue's filter. */
export function queueFilter(queue: QueueId, narrowed: Partial<Filter> = {}): Filter {
  return { queue, department: null, label: null, q: '', sort: 'activity', ...narrowed };
}
