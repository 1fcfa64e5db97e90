import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { lateAt } from '../../../../protocol/conversation/late.ts';

/** `late`: it waits for longer than its department usually takes. `overdue`: for twice as long. */
export type Lateness = 'late' | 'overdue' | null;

/**
 * @param expected seconds within which its department usually answers
 * @param now milliseconds since the epoch
 */
export function latenessOf(
  conversation: Pick<ConversationSummary, 'status' | 'waiting_since'>,
  expected: number,
  now: number,
): Lateness {
  const from = lateAt(conversation, expected);
  if (from === null || now < from) return null;
  return now < from + expected * 1_000 ? 'late' : 'overdue';
}
