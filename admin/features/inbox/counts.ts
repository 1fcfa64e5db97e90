import type { ConversationSummary } from '../../../protocol/conversation.ts';
import type { QueueCounts } from '../../../protocol/resources.ts';
import { inQueue, type QueueId } from './queues.ts';

/** As `QUEUE_COUNT_CAP` of the protocol's resources: a count that is this high stands for «or more». */
const CAP = 100;

const COUNTED = ['unassigned', 'mine', 'all'] as const satisfies readonly QueueId[];

/**
 * The counts after a conversation changed, or null when only the server can tell: it was not known
 * before, or a capped count would go down.
 */
export function countsAfter(
  counts: QueueCounts,
  before: ConversationSummary | undefined,
  after: ConversationSummary,
  me: string,
): QueueCounts | null {
  if (!before) return null;
  const next = { ...counts };
  for (const queue of COUNTED) {
    const step = Number(inQueue(after, queue, me)) - Number(inQueue(before, queue, me));
    if (step === 0) continue;
    if (counts[queue] >= CAP) {
      if (step < 0) return null;
    } else {
      next[queue] = Math.max(0, counts[queue] + step);
    }
  }
  return next;
}

/** `7`, `99+`. */
export function showCount(count: number): string {
  return count >= CAP ? `${CAP - 1}+` : String(count);
}
