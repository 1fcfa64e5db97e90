import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { readSeqOf, withRead } from '../../../protocol/conversation/read-marks.ts';
import { withStorage } from '../../lib/storage.ts';

/** Marks that this browser remembers; the oldest go first. */
const MOST = 300;

/** The conversation after the agent `me` has read it up to `seq`; the same object if they had. */
export function readBy(
  conversation: ConversationSummary,
  me: string,
  seq: number,
): ConversationSummary {
  const { agent_read_seq } = conversation;
  if (seq <= agent_read_seq && seq <= readSeqOf(conversation, me)) return conversation;
  const agent_reads = withRead(conversation, me, seq);
  return { ...conversation, agent_reads, agent_read_seq: Math.max(agent_read_seq, seq) };
}

/**
 * How far the agent has read each conversation in this browser. The Worker writes no row only to keep
 * that somebody read what a colleague has read before (P8), so that it can forget it until the next
 * row of the conversation; here it stays read.
 */
export function createOwnReads(me: string) {
  const key = `foyer:read:${me}`;
  const marks = withStorage((storage) => parse(storage.getItem(key)), new Map<string, number>());

  return {
    /** Remembers that a conversation was read up to `seq`. */
    keep(id: string, seq: number): void {
      if (seq <= (marks.get(id) ?? 0)) return;
      // The newest last.
      marks.delete(id);
      marks.set(id, seq);
      for (const oldest of marks.keys()) {
        if (marks.size <= MOST) break;
        marks.delete(oldest);
      }
      withStorage(
        (storage) => storage.setItem(key, JSON.stringify(Object.fromEntries(marks))),
        undefined,
      );
    },
    /** A conversation as its source knows it, with what this browser knows. */
    addTo(conversation: ConversationSummary): ConversationSummary {
      const seq = marks.get(conversation.id) ?? 0;
      // What came after the newest version of this browser is not read.
      return readBy(conversation, me, Math.min(seq, conversation.last_seq));
    },
  };
}

function parse(text: string | null): Map<string, number> {
  const parsed: unknown = JSON.parse(text ?? '{}');
  const isMark = (entry: [string, unknown]): entry is [string, number] =>
    typeof entry[1] === 'number';
  return new Map(Object.entries(parsed ?? {}).filter(isMark));
}
