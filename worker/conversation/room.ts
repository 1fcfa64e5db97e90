import type { Priority } from '../../protocol/conversation.ts';
import type { DownFrame } from '../../protocol/down.ts';
import { PAGE_OF_MESSAGES } from '../../protocol/limits.ts';
import type {
  ClosedReason,
  ConversationEvent,
  Message,
  MessageKind,
  Sender,
} from '../../protocol/message.ts';
import { PROTOCOL } from '../../protocol/version.ts';
import { FoyerError } from '../errors.ts';
import { describe } from './event-text.ts';
import type { Log } from './log.ts';
import type { Peer } from './peer.ts';
import {
  agentView,
  append,
  type Founding,
  initialState,
  isPublic,
  markRead,
  prioritize,
  type State,
  touch,
  visitorView,
} from './state.ts';
import type { Agent, Who } from './who.ts';

/**
 * The rules of one conversation. Knows nothing of Workers: it is given a log, the open sockets,
 * a clock and somebody to tell of changes. Everything here is synchronous, so nothing comes between
 * the check and the write, and the object's output gate holds every frame back until the rows
 * before it are durable (P2).
 */

type Deps = {
  log: Log;
  /** The sockets that are open now. */
  peers: () => Iterable<Peer>;
  now: () => Date;
  uuid: () => string;
  /** Something changed that the lists show. */
  changed: () => void;
};

/** What an agent may change at once; each leaves its event in the log. */
export type Change = {
  status?: 'active' | 'closed';
  closedReason?: ClosedReason;
  assignee?: { id: string; name: string } | null;
  department?: { id: string; name: string };
  priority?: Priority;
};

export type Ack = { id: string; seq: number; sent_at: string; first: boolean };

const SYSTEM: Sender = { kind: 'system', id: 'system', name: null };

export class Room {
  readonly #deps: Deps;
  #founding: Founding;
  #state: State;
  /** The state that the last row has: `#state` but for the read marks that came since. */
  #kept: State;

  private constructor(deps: Deps, founding: Founding, state: State) {
    this.#deps = deps;
    this.#founding = founding;
    this.#state = state;
    this.#kept = state;
  }

  /** The room as its log and its sockets remember it; null when nobody founded it. */
  static open(deps: Deps): Room | null {
    const kept = deps.log.open();
    if (!kept) return null;
    const room = new Room(deps, kept.founding, kept.state);
    for (const { memory } of deps.peers()) room.#mark(memory.who.role, memory.read_seq);
    return room;
  }

  static found(deps: Deps, founding: Founding): Room {
    const state = initialState(founding);
    deps.log.create(founding, state);
    return new Room(deps, founding, state);
  }

  get founding(): Founding {
    return this.#founding;
  }

  get state(): State {
    return this.#state;
  }

  /** The part of the state that the log has: what a crash leaves. */
  get kept(): State {
    return this.#kept;
  }

  /** Whether the conversation is this person's to see (P5, P6). */
  admits(who: Who): boolean {
    if (who.organization_id !== this.#founding.organization_id) return false;
    return who.role === 'agent' || who.visitor_id === this.#founding.visitor_id;
  }

  /** The head as this role may see it. */
  view(role: Who['role']) {
    return role === 'agent'
      ? agentView(this.#founding, this.#state)
      : visitorView(this.#founding, this.#state);
  }

  /** Answers `hello`: a page of what came after `after` (P3). */
  welcome(peer: Peer, after: number): void {
    const { role } = peer.memory.who;
    const page = this.#deps.log.after(after, PAGE_OF_MESSAGES + 1, role);
    const more = page.length > PAGE_OF_MESSAGES;
    peer.remember({ caught_up: !more });
    peer.send({
      type: 'welcome',
      protocol: PROTOCOL,
      conversation: this.view(role),
      last_seq: role === 'agent' ? this.#state.last_seq : this.#state.last_public_seq,
      messages: page.slice(0, PAGE_OF_MESSAGES),
      more,
    });
  }

  /**
   * Takes a message in. Named by its UUID: a second time it changes nothing and gets the first ack
   * (P4). An agent's first reply to an unassigned conversation makes it theirs.
   *
   * @param from the socket that it came over, which gets an ack instead of the message
   * @throws FoyerError forbidden, conflict, conversation_closed
   */
  post(
    who: Who,
    { id, body, kind }: { id: string; body: string; kind: Exclude<MessageKind, 'event'> },
    from?: Peer,
  ): Ack {
    const sender = this.#sender(who);
    if (kind === 'note' && who.role !== 'agent') throw new FoyerError('forbidden');
    const known = this.#deps.log.find(id);
    if (known) {
      if (known.sender.kind !== sender.kind || known.sender.id !== sender.id) {
        throw new FoyerError('conflict', { message: 'Another message has this id.' });
      }
      return { id, seq: known.seq, sent_at: known.sent_at, first: false };
    }
    const before = this.#state;
    if (kind === 'text') {
      this.#mustBeOpen();
      if (who.role === 'agent' && !this.#state.assignee) this.#join(who);
    }
    const message = this.#append({ id, kind, sender, body }, (ack) => {
      from?.send({ type: 'ack', id: ack.id, seq: ack.seq, sent_at: ack.sent_at });
      return from;
    });
    const { status, assignee } = this.#state;
    if (status !== before.status || assignee !== before.assignee) this.#tellHead();
    return { id, seq: message.seq, sent_at: message.sent_at, first: true };
  }

  /** Tells the others that somebody types; kept nowhere. */
  typing(peer: Peer, typing: boolean): void {
    const sender = this.#sender(peer.memory.who);
    this.#tell({ type: 'typing', sender, typing }, { but: peer });
  }

  /** A person saw everything up to `seq`. Costs no row: it is kept with the next one. */
  read(peer: Peer, seq: number): void {
    const { who } = peer.memory;
    const { role } = who;
    const before = this.#markOf(role);
    if (!this.#mark(role, seq)) return;
    const mark = this.#markOf(role);
    peer.remember({ read_seq: mark });
    for (const other of this.#deps.peers()) {
      if (other === peer || !other.memory.caught_up) continue;
      if (other.memory.who.role === 'agent') {
        other.send({ type: 'read', reader: role, seq: mark });
      } else if (this.#publicSeq(mark) > this.#publicSeq(before)) {
        // The visitor learns what was read of what they can see, and not that there is more.
        other.send({ type: 'read', reader: role, seq: this.#publicSeq(mark) });
      }
    }
    // The agents' lists show what an agent has read. What the visitor has read shows only in here;
    // what the assignee has, nobody else waits to see: it goes with the reply, or as they leave.
    if (who.role === 'agent' && who.id !== this.#state.assignee?.id) this.#deps.changed();
  }

  /**
   * A socket closed: what its person read must not go with it. If the object slept, the socket was
   * no longer open as it woke, and its mark is not yet known.
   */
  left(peer: Peer): void {
    this.#mark(peer.memory.who.role, peer.memory.read_seq);
    if (this.#state === this.#kept) return;
    this.#keep();
    this.#deps.changed();
  }

  /** A page of the history, in order, for networks without WebSockets. */
  history(
    role: Who['role'],
    { after, before, limit }: { after?: number; before?: number; limit: number },
  ): { items: Message[]; next_cursor: string | null } {
    if (before !== undefined) {
      const page = this.#deps.log.before(before, limit + 1, role);
      const items = page.slice(-limit);
      const first = items[0];
      return { items, next_cursor: page.length > limit && first ? String(first.seq) : null };
    }
    const page = this.#deps.log.after(after ?? 0, limit + 1, role);
    const items = page.slice(0, limit);
    const last = items.at(-1);
    return { items, next_cursor: page.length > limit && last ? String(last.seq) : null };
  }

  /**
   * Makes the conversation the agent's; nothing happens when it is already.
   *
   * @throws FoyerError already_claimed (says who), conversation_closed
   */
  claim(agent: Agent): void {
    this.#mustBeOpen();
    const { assignee } = this.#state;
    if (assignee?.id === agent.id) return;
    if (assignee) {
      throw new FoyerError('already_claimed', {
        message: `${assignee.name} has this conversation.`,
      });
    }
    this.#join(agent);
    this.#tellHead();
  }

  /** Changes what an agent may change; what is so already leaves no trace. */
  change(change: Change): void {
    const { status, closedReason, assignee, department, priority } = change;
    if (status === 'active' && this.#state.closed_at) this.#event({ type: 'reopened' });
    if (department && department.id !== this.#state.department_id) {
      this.#mustBeOpen();
      this.#event({ type: 'department_changed', department });
    }
    if (assignee !== undefined && assignee?.id !== this.#state.assignee?.id) {
      this.#mustBeOpen();
      this.#event({ type: 'assigned', assignee });
    }
    if (priority && priority !== this.#state.priority) {
      this.#state = prioritize(this.#state, priority, this.#deps.now().toISOString());
      this.#keep();
      this.#deps.changed();
    }
    if (status === 'closed') this.close(closedReason ?? 'resolved');
    else this.#tellHead();
  }

  /** Closes; a closed conversation stays as it is, with its first reason. */
  close(reason: ClosedReason): void {
    if (this.#state.closed_at) return;
    this.#event({ type: 'closed', reason });
    this.#tellHead();
  }

  /** The customer gave a name or an address: the lists show them, later messages bear the name. */
  rename(customer: Founding['customer']): void {
    const { full_name, email } = this.#founding.customer;
    if (full_name === customer.full_name && email === customer.email) return;
    this.#founding = { ...this.#founding, customer };
    this.#deps.log.keepFounding(this.#founding);
    this.#state = touch(this.#state, this.#deps.now().toISOString());
    this.#keep();
    this.#tellHead();
    this.#deps.changed();
  }

  #mark(reader: Who['role'], seq: number): boolean {
    const next = markRead(this.#state, reader, seq, this.#deps.now().toISOString());
    if (next === this.#state) return false;
    this.#state = next;
    return true;
  }

  #markOf(reader: Who['role']): number {
    return reader === 'agent' ? this.#state.agent_read_seq : this.#state.visitor_read_seq;
  }

  #keep(): void {
    this.#deps.log.keepState(this.#state);
    this.#kept = this.#state;
  }

  #publicSeq(seq: number): number {
    return Math.min(seq, this.#state.last_public_seq);
  }

  #mustBeOpen(): void {
    if (this.#state.closed_at) throw new FoyerError('conversation_closed');
  }

  #sender(who: Who): Sender {
    if (who.role === 'agent') return { kind: 'agent', id: who.id, name: who.name };
    const { widget_customer_id, customer_id, customer } = this.#founding;
    return {
      kind: 'visitor',
      id: widget_customer_id ?? customer_id ?? '',
      name: customer.full_name,
    };
  }

  #join({ id, name }: Agent): void {
    this.#event({ type: 'joined', agent: { id, name } });
  }

  #event(event: ConversationEvent): void {
    this.#append({
      id: this.#deps.uuid(),
      kind: 'event',
      sender: SYSTEM,
      body: describe(event),
      event,
    });
  }

  /** The one place where a seq is given: write, then ack, then everyone else. */
  #append(
    entry: Omit<Message, 'seq' | 'sent_at'>,
    ack?: (message: Message) => Peer | undefined,
  ): Message {
    const message: Message = {
      ...entry,
      seq: this.#state.last_seq + 1,
      sent_at: this.#deps.now().toISOString(),
    };
    const next = append(this.#state, message);
    this.#deps.log.append(message, next);
    this.#state = next;
    this.#kept = next;
    const sender = ack?.(message);
    const agentsOnly = !isPublic(message);
    this.#tell({ type: 'message', message }, { agentsOnly, ...(sender && { but: sender }) });
    this.#deps.changed();
    return message;
  }

  #tell(frame: DownFrame, { but, agentsOnly }: { but?: Peer; agentsOnly?: boolean } = {}): void {
    for (const peer of this.#deps.peers()) {
      if (peer === but || !peer.memory.caught_up) continue;
      if (agentsOnly && peer.memory.who.role !== 'agent') continue;
      peer.send(frame);
    }
  }

  #tellHead(): void {
    for (const peer of this.#deps.peers()) {
      if (!peer.memory.caught_up) continue;
      peer.send({ type: 'conversation', conversation: this.view(peer.memory.who.role) });
    }
  }
}
