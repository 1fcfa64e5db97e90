import type { Message } from '../../../protocol/conversation/message.ts';
import type { Who } from '../who.ts';
import type { Log } from './log.ts';

/** A page of the history, in order, for networks without WebSockets. */
export function pageOfHistory(
  log: Log,
  role: Who['role'],
  { after, before, limit }: { after?: number; before?: number; limit: number },
): { items: Message[]; next_cursor: string | null } {
  if (before !== undefined) {
    const page = log.before(before, limit + 1, role);
    const items = page.slice(-limit);
    const first = items[0];
    return { items, next_cursor: page.length > limit && first ? String(first.seq) : null };
  }
  const page = log.after(after ?? 0, limit + 1, role);
  const items = page.slice(0, limit);
  const last = items.at(-1);
  return { items, next_cursor: page.length > limit && last ? String(last.seq) : null };
}
