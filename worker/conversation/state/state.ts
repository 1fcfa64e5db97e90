import { countsAsAnswer } from '../../../protocol/conversation/actor.ts';
import {
  type ConversationSummary,
  type VisitorConversation,
  visitorStatus,
} from '../../../protocol/conversation/conversation.ts';
import { actorOf, type Message } from '../../../protocol/conversation/message.ts';
import { preview } from '../../../protocol/conversation/preview.ts';
import {
  carryReads,
  knownReads,
  readSeqOf,
  withRead,
} from '../../../protocol/conversation/read-marks.ts';
import {
  initialState,
  type State,
  visibleToAgents,
  visibleToVisitor,
  wake,
} from '../../../protocol/conversation/state.ts';
import { applyEvent, isPublicEvent } from '../../../protocol/events/index.ts';
import { addMentions } from './amendments.ts';
import type { Founding } from './founding.ts';
import { visitorHint } from './visitor-hint.ts';

/**
 * What a conversation is, and how each entry of its log changes it. Pure: no clock, no storage.
 *
 * Invariants:
 * 1. `last_seq` is the number of entries, contiguous from 1 (P3).
 * 2. `version` grows with every change, but for an agent's own read mark behind the team's. It is the time of the change in milliseconds, or one more
 *    than the last where the clock did not move on or went back: so a change that was seen but
 *    not kept (a read mark, when the object dies) is never overtaken by its own number.
 * 3. `status` is `closed` exactly when `closed_at` is set, and `shelf` says the same of it.
 * 4. What a visitor can see of it (`visitorView`) does not change when a note is added, but for
 *    the agents' read mark: who writes has read what came before.
 * 5. A read mark never goes back and never passes `last_seq`. No agent's own mark passes the team's, nor
 *    goes back (protocol/conversation/read-marks.ts).
 */

export type { Founding, State };
export { initialState };

/**
 * Milliseconds between two moves of `activity_at`, which the lists are ordered and paged by. A move
 * costs a row per queue's index: at most three every ten minutes instead of three with every
 * message. Rows on a page are ordered by their exact times.
 */
export const ACTIVITY_STEP_MS = 10 * 60_000;

/** Whether a visitor may see the message at all. */
export function isPublic(message: Pick<Message, 'kind' | 'event'>): boolean {
  if (message.kind === 'note') return false;
  return message.event ? isPublicEvent(message.event) : true;
}

/**
 * The state after one more entry.
 *
 * @param message the next entry: its seq is `state.last_seq + 1`
 * @throws RangeError when it is not; the caller has mixed up its log
 */
export function append(state: State, message: Message): State {
  if (message.seq !== state.last_seq + 1) {
    throw new RangeError(`seq ${message.seq} does not follow ${state.last_seq}`);
  }
  const next: State = {
    ...state,
    version: nextVersion(state, message.sent_at),
    last_seq: message.seq,
    last_public_seq: isPublic(message) ? message.seq : state.last_public_seq,
  };
  if (message.kind === 'event') {
    const after = keepReadMarks(state, next);
    return message.event
      ? applyEvent(after, message.event, { at: message.sent_at, by: actorOf(message) })
      : after;
  }
  const by = actorOf(message);
  // A person who writes has read what came before. A message by a program or by Foyer asks no agent to
  // read it: if they had read everything, they still have.
  const isByAgent = by.kind === 'agent';
  const isByPerson = isByAgent || by.kind === 'visitor';
  if (isByAgent || (!isByPerson && state.agent_read_seq === state.last_seq)) {
    next.agent_read_seq = message.seq;
  }
  if (isByAgent) {
    const agent_reads = carryReads(knownReads(state), state.last_seq);
    next.agent_reads = withRead({ ...next, agent_reads }, by.id, message.seq);
  } else if (!isByPerson) {
    next.agent_reads = carryReads(state.agent_reads, state.last_seq);
  }
  if (message.kind === 'note') return addMentions(next, message.seq, message.mentions ?? []);
  if (by.kind === 'visitor') next.visitor_read_seq = message.seq;
  next.message_count += 1;
  next.last_message_preview = preview(message.body || (message.file?.name ?? ''));
  next.last_message_seq = message.seq;
  next.last_message_at = message.sent_at;
  if (Date.parse(message.sent_at) - Date.parse(state.activity_at) >= ACTIVITY_STEP_MS) {
    next.activity_at = message.sent_at;
  }
  if (by.kind === 'visitor') {
    next.last_sender = 'visitor';
    next.waiting_since = state.waiting_since ?? message.sent_at;
    if (state.status === 'snoozed') return wake(next);
  } else if (countsAsAnswer(by)) {
    next.last_sender = 'agent';
    next.waiting_since = null;
    next.first_response_at = state.first_response_at ?? message.sent_at;
    next.status = 'active';
    next.shelf = 'open';
    next.snoozed_until = null;
  }
  return next;
}

/** Nobody has to read an event: a side that had read everything still has. */
function keepReadMarks(before: State, next: State): State {
  const after = { ...next };
  if (before.agent_read_seq === before.last_seq) after.agent_read_seq = next.last_seq;
  after.agent_reads = carryReads(before.agent_reads, before.last_seq);
  if (before.visitor_read_seq === before.last_public_seq) {
    after.visitor_read_seq = next.last_public_seq;
  }
  return after;
}

/** A reader: the visitor, or one of the agents. */
export type Reader = { role: 'visitor' } | { role: 'agent'; id: string };

/**
 * The state after a reader saw everything up to `seq`; the same object where that changes nothing. Where
 * an agent reads what another has read before, only their own mark moves: that is no new version, and is
 * kept with the next row.
 */
export function markRead(state: State, reader: Reader, seq: number, now: string): State {
  const isVisitor = reader.role === 'visitor';
  const key = isVisitor ? 'visitor_read_seq' : 'agent_read_seq';
  const mark = Math.min(seq, isVisitor ? state.last_public_seq : state.last_seq);
  const agent_reads = isVisitor ? state.agent_reads : withRead(state, reader.id, mark);
  if (mark > state[key]) {
    return { ...state, agent_reads, version: nextVersion(state, now), [key]: mark };
  }
  return agent_reads === state.agent_reads ? state : { ...state, agent_reads };
}

/** How far this reader has read. */
export function readMarkOf(state: State, reader: Reader): number {
  return reader.role === 'visitor' ? state.visitor_read_seq : readSeqOf(state, reader.id);
}

/** The state after a user saw the note that names them; the same object where that changes nothing. */
export function seeMention(state: State, userId: string, now: string): State {
  if (!state.mentions.some(({ user_id, seen }) => user_id === userId && !seen)) return state;
  const mentions = state.mentions.map((mention) =>
    mention.user_id === userId ? { ...mention, seen: true } : mention,
  );
  return { ...touch(state, now), mentions };
}

/** The same state with a new version. */
export function touch(state: State, now: string): State {
  return { ...state, version: nextVersion(state, now) };
}

function nextVersion(state: State, now: string): number {
  return Math.max(state.version + 1, Date.parse(now));
}

/** What the visitor sees of it. Nothing that only agents see changes it. */
export function visitorView(founding: Founding, state: State): VisitorConversation {
  return {
    id: founding.id,
    ...visibleToVisitor(state),
    status: visitorStatus(state.status, state.first_response_at !== null),
    last_seq: state.last_public_seq,
    agent_read_seq: Math.min(state.agent_read_seq, state.last_public_seq),
  };
}

/** What agents' sockets and lists show. */
export function agentView(founding: Founding, state: State): ConversationSummary {
  return {
    id: founding.id,
    organization_id: founding.organization_id,
    widget_customer_id: founding.widget_customer_id,
    customer_id: founding.customer_id,
    customer: {
      id: founding.widget_customer_id ?? founding.customer_id ?? '',
      ...founding.customer,
      ...visitorHint({ ...founding.record, ...founding.customer }),
    },
    previous_conversation_id: founding.previous_conversation_id,
    created_at: founding.created_at,
    ...visibleToAgents(state),
  };
}
