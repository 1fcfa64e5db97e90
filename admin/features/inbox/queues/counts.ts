import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { QUEUE_COUNT_CAP } from '../../../../protocol/limits.ts';
import type { QueueCounts } from '../../../../protocol/resources/queue-counts.ts';
import { inQueue, isOpen, type QueueId } from './queues.ts';

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

/**
 * The counts after a conversation changed. Null if only the server knows: the conversation was
 * unknown, or a capped count would go down.
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
  return { ...next, mentions: unseen, departments, labels };
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

/** `7`, `99+`. */
export function showCount(count: number): string {
  return count >= QUEUE_COUNT_CAP ? `${QUEUE_COUNT_CAP - 1}+` : String(count);
}
