/**
 * How far each agent has read a conversation.
 *
 * `agent_read_seq` is the team's mark: the highest seq that any agent has read. `agent_reads` has each
 * agent's own, by their id, and under `everyone` the seq that all have read.
 *
 * Invariants:
 * 1. A mark never goes back, but for an agent who is dropped since too many have read it (MOST_READERS):
 *    for them the conversation is unread again, and never read by mistake.
 * 2. No mark passes the team's.
 * 3. What nobody has to read (an event, a note, an answer, a program's message) leaves whoever had read
 *    everything having read everything.
 * 4. `null` is a conversation of which no agent's own mark is known, since it is older than these: all
 *    have read what the team has. Its first mark keeps that under `everyone`.
 */
export type AgentReads = Readonly<Record<string, number>> | null;

/** The key of what all agents have read. No user has this id. */
const EVERYONE = 'everyone';

/** Agents whose marks a conversation keeps; beyond that the lowest mark goes. */
export const MOST_READERS = 20;

type Marked = { agent_reads?: AgentReads | undefined; agent_read_seq: number };

/** The seq up to which an agent has read a conversation. */
export function readSeqOf({ agent_reads, agent_read_seq }: Marked, agentId: string): number {
  // A Worker of the previous version leaves the marks out.
  if (!agent_reads) return agent_read_seq;
  return Math.max(agent_reads[agentId] ?? 0, agent_reads[EVERYONE] ?? 0);
}

/** The marks of a conversation; of one that has none yet, the team's as everybody's. */
export function knownReads({ agent_reads, agent_read_seq }: Marked): NonNullable<AgentReads> {
  return agent_reads ?? { [EVERYONE]: agent_read_seq };
}

/** The marks after an agent has read up to `seq`; the same object where that changes nothing. */
export function withRead(conversation: Marked, agentId: string, seq: number): AgentReads {
  if (seq <= readSeqOf(conversation, agentId)) return conversation.agent_reads ?? null;
  const { [EVERYONE]: all = 0, ...own } = knownReads(conversation);
  const kept = Object.entries({ ...own, [agentId]: seq })
    .filter(([, mark]) => mark > all)
    // Of equal marks the newest stays.
    .reverse()
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_READERS);
  return Object.fromEntries(all > 0 ? [[EVERYONE, all], ...kept] : kept);
}

/**
 * The marks after an entry that nobody has to read.
 *
 * @param last the seq of the entry before it
 */
export function carryReads(reads: AgentReads, last: number): AgentReads {
  if (!reads || !Object.values(reads).includes(last)) return reads;
  const moved = Object.entries(reads).map(([id, mark]) => [id, mark === last ? last + 1 : mark]);
  return Object.fromEntries(moved);
}

/** What two sources know of the marks: the higher of each. A source that knows none adds nothing. */
export function mergeReads(a: AgentReads | undefined, b: AgentReads | undefined): AgentReads {
  if (!a || !b) return a ?? b ?? null;
  const merged = { ...a };
  for (const [id, mark] of Object.entries(b)) merged[id] = Math.max(merged[id] ?? 0, mark);
  return merged;
}

type Unread = Marked & { last_sender: 'visitor' | 'agent' | null; last_seq: number };

/** Whether the visitor wrote something that no agent has seen. */
export function isUnseen({ last_sender, agent_read_seq, last_seq }: Unread): boolean {
  return last_sender === 'visitor' && agent_read_seq < last_seq;
}

/** Whether the visitor wrote something that this agent has not seen. */
export function isUnreadBy(conversation: Unread, agentId: string): boolean {
  return (
    conversation.last_sender === 'visitor' &&
    readSeqOf(conversation, agentId) < conversation.last_seq
  );
}
