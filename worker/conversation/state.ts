import type {
  ConversationStatus,
  ConversationSummary,
  Mention,
  Priority,
  VisitorConversation,
} from '../../protocol/conversation.ts';
import type { ClosedReason, Message, Rating } from '../../protocol/message.ts';
import { named } from './amended.ts';

/**
 * What a conversation is, and how each entry of its log changes it. Pure: no clock, no storage.
 *
 * Invariants:
 * 1. `last_seq` is the number of entries, contiguous from 1 (P3).
 * 2. `version` grows with every change. It is the time of the change in milliseconds, or one more
 *    than the last where the clock did not move on or went back: so a change that was seen but
 *    not kept (a read mark, when the object dies) is never overtaken by its own number.
 * 3. `status` is `closed` exactly when `closed_at` is set, and `shelf` says the same of it.
 * 4. What a visitor can see of it (`visitorView`) does not change when a note is added, but for
 *    the agents' read mark: who writes has read what came before.
 * 5. A read mark never goes back and never passes `last_seq`.
 */

/** Fixed when the conversation is made: whose it is, and where it began. */
export type Founding = {
  id: string;
  organization_id: string;
  widget_customer_id: string | null;
  customer_id: string | null;
  /** Who may open it as its visitor. */
  visitor_id: string;
  customer: { full_name: string | null; email: string | null };
  department_id: string;
  previous_conversation_id: string | null;
  created_at: string;
  /** The organization wishes to hear no more from this visitor. */
  blocked?: boolean | undefined;
  /** Session tokens that were made before this moment are refused. Milliseconds since 1970. */
  revoked_before?: number | undefined;
  /** What else the row began with, so that it can be written again where it is lost. */
  record?: Began | undefined;
};

/** Of conversations that began before this was kept, it is not known. */
type Began = {
  pre_chat_data: Record<string, string>;
  page_url: string | null;
  referrer: string | null;
  phone: string | null;
  /** The site's own id of a registered customer. */
  external_id: string | null;
};

/** What changes. Written whole with every entry, so that the last row is all one needs to wake. */
export type State = {
  version: number;
  department_id: string;
  status: ConversationStatus;
  /** Which of the lists it is in: what `status` says, without who has answered. */
  shelf: 'open' | 'snoozed' | 'closed';
  assignee: { id: string; name: string } | null;
  closed_reason: ClosedReason | null;
  priority: Priority;
  snoozed_until: string | null;
  label_ids: string[];
  mentions: Mention[];
  rating: Rating | null;
  /** How often it was rated; conversations that began before this was counted have none. */
  ratings?: number | undefined;
  last_seq: number;
  last_public_seq: number;
  /** The seq of the message that the preview shows. */
  last_message_seq: number;
  last_message_preview: string | null;
  last_message_at: string | null;
  last_sender: 'visitor' | 'agent' | null;
  /** When the lists last saw activity: see ACTIVITY_STEP_MS. */
  activity_at: string;
  message_count: number;
  agent_read_seq: number;
  visitor_read_seq: number;
  waiting_since: string | null;
  first_response_at: string | null;
  closed_at: string | null;
};

/**
 * Milliseconds between two moves of `activity_at`, which the lists are ordered and paged by. A move
 * costs a row per queue's index: at most three every ten minutes instead of three with every
 * message. Rows on a page are ordered by their exact times.
 */
export const ACTIVITY_STEP_MS = 10 * 60_000;

/** Characters of the last message in the lists. */
const PREVIEW_LENGTH = 140;

/** A new conversation's state: the visitor waits from the moment it was made. */
export function initialState(founding: Founding): State {
  return {
    version: Date.parse(founding.created_at),
    department_id: founding.department_id,
    status: 'waiting',
    shelf: 'open',
    assignee: null,
    closed_reason: null,
    priority: 'normal',
    snoozed_until: null,
    label_ids: [],
    mentions: [],
    rating: null,
    last_seq: 0,
    last_public_seq: 0,
    last_message_seq: 0,
    last_message_preview: null,
    last_message_at: null,
    last_sender: null,
    activity_at: founding.created_at,
    message_count: 0,
    agent_read_seq: 0,
    visitor_read_seq: 0,
    waiting_since: founding.created_at,
    first_response_at: null,
    closed_at: null,
  };
}

/** Whether a visitor may see the message at all. */
export function isPublic(message: Pick<Message, 'kind' | 'event'>): boolean {
  if (message.kind === 'note') return false;
  switch (message.event?.type) {
    case 'assigned':
    case 'snoozed':
    case 'woke':
    case 'rated':
      return false;
    case 'edited':
    case 'deleted':
      return !message.event.note;
    default:
      return true;
  }
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
  if (message.kind === 'event') return applyEvent(markEvent(state, next), message);
  // Who writes has read what came before.
  if (message.sender.kind === 'agent') next.agent_read_seq = message.seq;
  if (message.kind === 'note') return named(next, message.seq, message.mentions ?? []);
  if (message.sender.kind === 'visitor') next.visitor_read_seq = message.seq;
  next.message_count += 1;
  next.last_message_preview = preview(message.body || (message.file?.name ?? ''));
  next.last_message_seq = message.seq;
  next.last_message_at = message.sent_at;
  if (Date.parse(message.sent_at) - Date.parse(state.activity_at) >= ACTIVITY_STEP_MS) {
    next.activity_at = message.sent_at;
  }
  if (message.sender.kind === 'visitor') {
    next.last_sender = 'visitor';
    next.waiting_since = state.waiting_since ?? message.sent_at;
    if (state.status === 'snoozed') return wake(next);
  } else {
    next.last_sender = 'agent';
    next.waiting_since = null;
    next.first_response_at = state.first_response_at ?? message.sent_at;
    next.status = 'active';
    next.shelf = 'open';
    next.snoozed_until = null;
  }
  return next;
}

/** An event asks for no reading: who had read everything still has. */
function markEvent(before: State, next: State): State {
  const marked = { ...next };
  if (before.agent_read_seq === before.last_seq) marked.agent_read_seq = next.last_seq;
  if (before.visitor_read_seq === before.last_public_seq) {
    marked.visitor_read_seq = next.last_public_seq;
  }
  return marked;
}

function applyEvent(next: State, { event, sent_at }: Message): State {
  switch (event?.type) {
    case 'joined':
      next.assignee = event.agent;
      break;
    case 'assigned':
      next.assignee = event.assignee;
      break;
    case 'department_changed':
      next.department_id = event.department.id;
      break;
    case 'closed':
      next.status = 'closed';
      next.shelf = 'closed';
      next.closed_reason = event.reason;
      next.closed_at = sent_at;
      next.waiting_since = null;
      next.snoozed_until = null;
      break;
    case 'reopened':
      next.closed_reason = null;
      next.closed_at = null;
      return wake(next);
    case 'snoozed':
      next.status = 'snoozed';
      next.shelf = 'snoozed';
      next.snoozed_until = event.until;
      break;
    case 'woke':
      return wake(next);
    case 'rated':
      next.rating = { score: event.score, comment: event.comment };
      next.ratings = (next.ratings ?? 0) + 1;
      break;
    case 'edited':
      if (event.seq === next.last_message_seq) next.last_message_preview = preview(event.body);
      break;
    case 'deleted':
      // Whoever shows it says in their own language that there was something.
      if (event.seq === next.last_message_seq) next.last_message_preview = '';
      break;
  }
  return next;
}

/** Back among those that are open. */
function wake(state: State): State {
  const status = state.first_response_at ? 'active' : 'waiting';
  return { ...state, status, shelf: 'open', snoozed_until: null };
}

/** The state after a reader saw everything up to `seq`; the same object when that is no news. */
export function markRead(
  state: State,
  reader: 'visitor' | 'agent',
  seq: number,
  now: string,
): State {
  const key = reader === 'visitor' ? 'visitor_read_seq' : 'agent_read_seq';
  const limit = reader === 'visitor' ? state.last_public_seq : state.last_seq;
  const mark = Math.min(seq, limit);
  if (mark <= state[key]) return state;
  return { ...state, version: nextVersion(state, now), [key]: mark };
}

/** The state with another priority, which leaves no entry in the log; the same when it has it. */
export function prioritize(state: State, priority: Priority, now: string): State {
  if (priority === state.priority) return state;
  return { ...touch(state, now), priority };
}

/** The state with labels more and less; the same object when that is no change. */
export function relabel(state: State, add: string[], remove: string[], now: string): State {
  const kept = state.label_ids.filter((id) => !remove.includes(id));
  const label_ids = [...new Set([...kept, ...add])];
  if (label_ids.join() === state.label_ids.join()) return state;
  return { ...touch(state, now), label_ids };
}

/** The state after a user saw the note that names them; the same object when that is no news. */
export function seeMention(state: State, userId: string, now: string): State {
  if (!state.mentions.some(({ user_id, seen }) => user_id === userId && !seen)) return state;
  const mentions = state.mentions.map((one) =>
    one.user_id === userId ? { ...one, seen: true } : one,
  );
  return { ...touch(state, now), mentions };
}

/** The same state with a new version: something beside it that the lists show has changed. */
export function touch(state: State, now: string): State {
  return { ...state, version: nextVersion(state, now) };
}

function nextVersion(state: State, now: string): number {
  return Math.max(state.version + 1, Date.parse(now));
}

function preview(body: string): string {
  const line = body.replace(/\s+/g, ' ').trim();
  if (line.length <= PREVIEW_LENGTH) return line;
  // Not through the middle of a surrogate pair.
  return `${Array.from(line.slice(0, PREVIEW_LENGTH + 1))
    .slice(0, -1)
    .join('')}…`;
}

/** What the visitor's socket shows. */
export function visitorView(founding: Founding, state: State): VisitorConversation {
  return {
    id: founding.id,
    department_id: state.department_id,
    status: state.status === 'snoozed' ? wake(state).status : state.status,
    assignee: state.assignee,
    closed_reason: state.closed_reason,
    closed_at: state.closed_at,
    last_seq: state.last_public_seq,
    visitor_read_seq: state.visitor_read_seq,
    agent_read_seq: Math.min(state.agent_read_seq, state.last_public_seq),
    rating: state.rating,
  };
}

/** What agents' sockets show, and what the lists hold. */
export function agentView(founding: Founding, state: State): ConversationSummary {
  const {
    last_public_seq: _seq,
    last_message_seq: _last,
    ratings: _ratings,
    activity_at: _activity,
    shelf: _shelf,
    ...rest
  } = state;
  return {
    id: founding.id,
    organization_id: founding.organization_id,
    widget_customer_id: founding.widget_customer_id,
    customer_id: founding.customer_id,
    customer: {
      id: founding.widget_customer_id ?? founding.customer_id ?? '',
      ...founding.customer,
    },
    previous_conversation_id: founding.previous_conversation_id,
    created_at: founding.created_at,
    ...rest,
  };
}
