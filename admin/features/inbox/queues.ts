import type { ConversationSummary } from '../../../protocol/conversation.ts';
import type { ConversationQuery } from '../../api/conversations.ts';
import type { Sort } from './rows.ts';

export type QueueId = 'unassigned' | 'mine' | 'all' | 'closed';

export type Queue = {
  id: QueueId;
  label: string;
  /** What the queue says while nothing is in it: what will appear here, and how. */
  empty: { title: string; text: string };
};

export const QUEUES: readonly Queue[] = [
  {
    id: 'unassigned',
    label: 'Unassigned',
    empty: {
      title: 'Nobody is waiting',
      text: 'When a visitor picks a department in your widget, the conversation appears here until somebody claims it.',
    },
  },
  {
    id: 'mine',
    label: 'Mine',
    empty: {
      title: 'Nothing is assigned to you',
      text: 'Claim a conversation from Unassigned, or answer one: it becomes yours and appears here.',
    },
  },
  {
    id: 'all',
    label: 'All open',
    empty: {
      title: 'No open conversations',
      text: 'Every conversation of your organization that is not closed appears here, whoever has it.',
    },
  },
  {
    id: 'closed',
    label: 'Closed',
    empty: {
      title: 'Nothing has been closed',
      text: 'Conversations that you or a visitor closed are kept here. You can reopen them.',
    },
  },
];

/**
 * What the list shows: a queue, narrowed to a department or to what matches a search. Sorted by
 * waiting it shows those that nobody has answered yet.
 */
export type Filter = { queue: QueueId; department: string | null; q: string; sort: Sort };

/** The queue named in an address, if there is such a one. */
export function findQueue(id: string | undefined): Queue | undefined {
  return QUEUES.find((queue) => queue.id === id);
}

type Placed = Pick<ConversationSummary, 'status' | 'assignee' | 'department_id'>;

/** Whether a conversation belongs to a queue of the agent `me`, as the server's filters have it. */
export function inQueue(conversation: Placed, queue: QueueId, me: string): boolean {
  const open = conversation.status !== 'closed';
  switch (queue) {
    case 'unassigned':
      return open && conversation.assignee === null;
    case 'mine':
      return open && conversation.assignee?.id === me;
    case 'all':
      return open;
    case 'closed':
      return !open;
  }
}

/**
 * Whether a conversation belongs in the list under a filter. The search is the server's business:
 * here every conversation counts as found.
 */
export function inList(conversation: Placed, filter: Filter, me: string): boolean {
  const { queue, department, sort } = filter;
  if (sort === 'waiting' && conversation.status !== 'waiting') return false;
  if (department !== null && conversation.department_id !== department) return false;
  return inQueue(conversation, queue, me);
}

const ASSIGNEES = { unassigned: 'none', mine: 'me', all: undefined, closed: undefined };

/** The server's words for a filter. */
export function toQuery(filter: Filter, cursor: string | null): ConversationQuery {
  const { queue, department, q, sort } = filter;
  return {
    status: queue === 'closed' ? 'closed' : 'open',
    assignee: ASSIGNEES[queue],
    department: department ?? undefined,
    q: q || undefined,
    sort,
    cursor: cursor ?? undefined,
  };
}
