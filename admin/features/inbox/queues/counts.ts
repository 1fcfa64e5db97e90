import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { EXPECTED_SECONDS, lateAt } from '../../../../protocol/conversation/late.ts';
import { QUEUE_COUNT_CAP } from '../../../../protocol/limits.ts';
import type { QueueCounts } from '../../../../protocol/resources/queue-counts.ts';
import { type Filter, inQueue, isOpen, type QueueId } from './queues.ts';

const COUNTED_QUEUES = [
  'unassigned',
  'mine',
  'all',
  'snoozed',
] as const satisfies readonly QueueId[];

/** Whether a note mentions the agent and they have not seen it. */
export function isUnseenMention({ mentions }: ConversationSummary, me: string): boolean {
  return mentions.some(({ user_id, seen }) => user_id === me && !seen);
}

/** The queues whose late conversations are counted. */
const LATE_QUEUES = ['unassigned', 'mine'] as const satisfies readonly QueueId[];

/** Seconds within which a department is expected to answer. */
export function expectedOf(counts: QueueCounts | null, departmentId: string): number {
  return counts?.expected_seconds?.[departmentId] ?? EXPECTED_SECONDS;
}

/**
 * The counts after a conversation changed. Null if only the server knows: the conversation was
 * unknown, or a capped count would go down. What is late stays counted as of the same moment.
 */
export function countsAfter(
  counts: QueueCounts,
  before: ConversationSummary | undefined,
  after: ConversationSummary,
  me: string,
): QueueCounts | null {
  if (!before) return null;
  const next = { ...counts };
  for (const queue of COUNTED_QUEUES) {
    const moved = step(counts[queue], inQueue(before, queue, me), inQueue(after, queue, me));
    if (moved === null) return null;
    next[queue] = moved;
  }
  const unseen = step(counts.mentions, isUnseenMention(before, me), isUnseenMention(after, me));
  const departments = counted(counts.departments, departmentOf(before), departmentOf(after));
  const labels = counted(counts.labels, labelsOf(before), labelsOf(after));
  if (unseen === null || departments === null || labels === null) return null;
  const late = lateAfter(counts, before, after, me);
  return { ...next, mentions: unseen, departments, labels, ...(late && { late }) };
}

function lateAfter(
  counts: QueueCounts,
  before: ConversationSummary,
  after: ConversationSummary,
  me: string,
): QueueCounts['late'] {
  if (!counts.late) return undefined;
  const asOf = Date.parse(counts.late.as_of);
  const lateFrom = (conversation: ConversationSummary) =>
    lateAt(conversation, expectedOf(counts, conversation.department_id)) ??
    Number.POSITIVE_INFINITY;
  const late = { ...counts.late };
  for (const queue of LATE_QUEUES) {
    const was = inQueue(before, queue, me) && lateFrom(before) <= asOf;
    const is = inQueue(after, queue, me) && lateFrom(after) <= asOf;
    late[queue] = Math.max(0, late[queue] + Number(is) - Number(was));
    // Another one begins to wait, and will be late before the next one that was known.
    if (inQueue(after, queue, me) && !is && Number.isFinite(lateFrom(after))) {
      late.next_in = Math.min(late.next_in ?? Number.POSITIVE_INFINITY, lateFrom(after) - asOf);
    }
  }
  return late;
}

/** An open conversation is also counted by department and label. */
const departmentOf = (conversation: ConversationSummary) =>
  isOpen(conversation) ? [conversation.department_id] : [];
const labelsOf = (conversation: ConversationSummary) =>
  isOpen(conversation) ? conversation.label_ids : [];

/** The counts by id after a conversation moved between them. */
function counted(
  counts: Record<string, number>,
  before: readonly string[],
  after: readonly string[],
): Record<string, number> | null {
  const next = { ...counts };
  for (const id of new Set([...before, ...after])) {
    const [wasIn, isIn] = [before.includes(id), after.includes(id)];
    if (wasIn === isIn) continue;
    const moved = step(next[id] ?? 0, wasIn, isIn);
    if (moved === null) return null;
    next[id] = moved;
  }
  return next;
}

function step(count: number, wasIn: boolean, isIn: boolean): number | null {
  const by = Number(isIn) - Number(wasIn);
  if (count < QUEUE_COUNT_CAP) return Math.max(0, count + by);
  return by < 0 ? null : count;
}

/** `7`, `999`, `1.2k`; `2k+` for a count that was capped. */
export function showCount(count: number): string {
  if (count < 1_000) return String(count);
  const thousands = Math.floor(count / 100) / 10;
  return `${thousands}k${count >= QUEUE_COUNT_CAP ? '+' : ''}`;
}

/**
 * The count of a list; null where it is not counted: lists of two filters, searches, those in the
 * order of waiting, and what is closed. For mentions only new ones count, while the list has all.
 */
export function countOf(
  counts: QueueCounts | null,
  { queue, department, label, q, sort }: Filter,
): number | null {
  if (!counts || q || sort === 'waiting' || queue === 'closed') return null;
  if (!department && !label) return counts[queue];
  if (queue !== 'all' || (department && label)) return null;
  return (department ? counts.departments[department] : counts.labels[label ?? '']) ?? 0;
}

/** How many of a queue are late; 0 where that is not counted. */
export function lateOf(counts: QueueCounts | null, queue: QueueId): number {
  return queue === 'unassigned' || queue === 'mine' ? (counts?.late?.[queue] ?? 0) : 0;
}
