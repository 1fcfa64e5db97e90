import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { SavedQuery } from '../../../../protocol/resources/saved-view.ts';
import { t } from '../../../texts/inbox.ts';
import type { ConversationQuery } from '../../conversation/api.ts';
import type { Sort } from '../list/rows.ts';

const QUEUE_IDS = ['unassigned', 'mine', 'mentions', 'all', 'snoozed', 'closed'] as const;
export type QueueId = (typeof QUEUE_IDS)[number];

export type Queue = { id: QueueId; label: string };

export const QUEUES: readonly Queue[] = QUEUE_IDS.map((id) => ({
  id,
  // Read where it is shown, in the agent's language.
  get label() {
    return t.queues[id];
  },
}));

/**
 * The filter of the list: a queue, optionally with a department, a label or a search. Sorted by
 * waiting, it shows unanswered conversations only.
 */
export type Filter = {
  queue: QueueId;
  department: string | null;
  label: string | null;
  q: string;
  sort: Sort;
};

/** Whether a queue can hold waiting conversations: not if it is closed or snoozed. */
export function hasWaiting(queue: QueueId): boolean {
  return queue === 'unassigned' || queue === 'mine' || queue === 'all';
}

/** The queue with the id in a URL, if it exists. */
export function findQueue(id: string | undefined): Queue | undefined {
  return QUEUES.find((queue) => queue.id === id);
}

type Placed = Pick<
  ConversationSummary,
  'status' | 'assignee' | 'department_id' | 'label_ids' | 'mentions'
>;

/** Whether a conversation is neither closed nor snoozed. */
export function isOpen({ status }: Pick<ConversationSummary, 'status'>): boolean {
  return status !== 'closed' && status !== 'snoozed';
}

/** Whether a conversation belongs to a queue of the agent `me`, by the same rules as the server. */
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
 * Whether a conversation matches a filter. A search is done by the server, so it is ignored here.
 */
export function inList(conversation: Placed, filter: Filter, me: string): boolean {
  const { queue, department, label, sort } = filter;
  if (sort === 'waiting' && conversation.status !== 'waiting') return false;
  if (department !== null && conversation.department_id !== department) return false;
  if (label !== null && !conversation.label_ids.includes(label)) return false;
  return inQueue(conversation, queue, me);
}

/** The server's query of each queue. Mentions have any status. */
const SERVER_QUERIES: Record<QueueId, SavedQuery> = {
  unassigned: { status: 'open', assignee: 'none' },
  mine: { status: 'open', assignee: 'me' },
  mentions: { mentioned: 'me' },
  all: { status: 'open' },
  snoozed: { status: 'snoozed' },
  closed: { status: 'closed' },
};

/** The server's query for a filter, as a saved view stores it. */
export function toSavedQuery({ queue, department, label, q, sort }: Filter): SavedQuery {
  return {
    ...SERVER_QUERIES[queue],
    ...(department && { department }),
    ...(label && { label }),
    ...(q && { q }),
    sort,
  };
}

/** The filter of a saved view. */
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

/** The server's query for a page of the list. */
export function toQuery(filter: Filter, cursor: string | null): ConversationQuery {
  return { ...toSavedQuery(filter), cursor: cursor ?? undefined };
}

/** The URL of a filter's list, or of a conversation in it. */
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

/** The filter of a whole queue. */
export function queueFilter(queue: QueueId, narrowed: Partial<Filter> = {}): Filter {
  return { queue, department: null, label: null, q: '', sort: 'activity', ...narrowed };
}
