import type { Actor } from '../../../protocol/conversation/actor.ts';
import type { Message, Sender } from '../../../protocol/conversation/message.ts';
import type { Rating } from '../../../protocol/events/rated.ts';
import { EDIT_MINUTES, PAGE_OF_MESSAGES } from '../../../protocol/limits.ts';
import { PROTOCOL } from '../../../protocol/version.ts';
import { actorOf, type Principal, sees } from '../../auth/principal.ts';
import { checkRequired, isChecked } from '../../features/human-check/proof.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { dueLine } from '../../kernel/log/line-limit.ts';
import { utf8Length } from '../../kernel/utf8.ts';
import { amendMessage } from '../commands/amend-message.ts';
import { Commands } from '../commands/commands.ts';
import { pageOfHistory } from '../log/history.ts';
import type { Peer } from '../sockets/peer.ts';
import { type Founding, initialState, type State } from '../state/state.ts';
import { Brake } from '../traffic/brake.ts';
import { hasEnded, visitorIdsOf, type Who } from '../who.ts';
import { type Deps, Journal } from './journal.ts';
import type { Ack, Amendment, Post } from './post.ts';
import { Presence } from './presence.ts';
import { Reopening } from './reopening.ts';

/**
 * The rules of one conversation. Knows nothing of Workers: it is given a log, the open sockets,
 * a clock and somebody to tell of changes. Everything here is synchronous, so nothing comes between
 * the check and the write, and the object's output gate holds every frame back until the rows
 * before it are durable (P2).
 */

export class Room {
  readonly #journal: Journal;
  readonly #brake: Brake;
  /** What is done with the conversation, beside talking in it. */
  readonly commands: Commands;
  /** Whether the log was told that the visitor is not there. */
  #isUnheard = false;
  readonly #presence: Presence;
  readonly #reopening: Reopening;

  private constructor(deps: Deps, founding: Founding, state: State) {
    this.#journal = new Journal(deps, founding, state);
    this.commands = new Commands(this.#journal);
    this.#presence = new Presence(this.#journal);
    this.#reopening = new Reopening(this.#journal);
    this.#brake = new Brake(deps.quotas, () => ({
      entries: this.state.last_seq,
      began: Date.parse(founding.created_at),
      at: (seq) => Date.parse(deps.log.sentAt(seq) ?? founding.created_at),
    }));
  }

  /** The room as its log and its sockets remember it; null when nobody founded it. */
  static open(deps: Deps): Room | null {
    const kept = deps.log.open();
    if (!kept) return null;
    const room = new Room(deps, kept.founding, kept.state);
    for (const { memory } of deps.peers()) room.#journal.mark(memory.who.role, memory.read_seq);
    return room;
  }

  static found(deps: Deps, founding: Founding): Room {
    const state = initialState(founding);
    deps.log.create(founding, state);
    return new Room(deps, founding, state);
  }

  get founding(): Founding {
    return this.#journal.founding;
  }

  get state(): State {
    return this.#journal.state;
  }

  /** The part of the state that the log has: what a crash leaves. */
  get kept(): State {
    return this.#journal.kept;
  }

  /** Whether the conversation is there for the principal (P5, P6). */
  admits(principal: Principal): boolean {
    if (principal.organization_id !== this.founding.organization_id) return false;
    if (principal.role !== 'visitor') return sees(principal, this.state);
    return visitorIdsOf(principal).includes(this.founding.visitor_id);
  }

  /**
   * Why the person may do nothing here, though the conversation is theirs: they are blocked, or their
   * session was ended or is past its time. Null for everybody else.
   *
   * @param now milliseconds since 1970
   */
  refusalOf(who: Principal, now: number): 'blocked' | 'session_expired' | null {
    if (who.role !== 'visitor') return null;
    const { blocked, revoked_before = 0 } = this.founding;
    if (blocked) return 'blocked';
    const { issued_at = 0 } = who;
    return issued_at < revoked_before || hasEnded(who, now) ? 'session_expired' : null;
  }

  /** Who somebody is in the entries of the log. */
  actor(principal: Principal): Actor {
    return actorOf(principal, this.#customerId());
  }

  #customerId(): string {
    return this.founding.widget_customer_id ?? this.founding.customer_id ?? '';
  }

  /** The head as this role may see it. */
  view(role: Who['role']) {
    return this.#journal.view(role);
  }

  /** Answers `hello`: a page of what came after `after` (P3). */
  welcome(peer: Peer, after: number): void {
    const { role } = peer.memory.who;
    const page = this.#journal.deps.log.after(after, PAGE_OF_MESSAGES + 1, role);
    const more = page.length > PAGE_OF_MESSAGES;
    const isNew = !peer.memory.caught_up && !more;
    peer.remember({ caught_up: !more });
    if (role === 'visitor') this.#isUnheard = false;
    peer.send({
      type: 'welcome',
      protocol: PROTOCOL,
      conversation: this.view(role),
      last_seq: role === 'agent' ? this.state.last_seq : this.state.last_public_seq,
      messages: page.slice(0, PAGE_OF_MESSAGES),
      more,
    });
    if (role === 'agent' && isNew) this.#presence.greet(peer);
  }

  /**
   * Takes a message in. Named by its UUID: a second time it changes nothing and gets the first ack
   * (P4). An agent's first reply to an unassigned conversation makes it theirs.
   *
   * @param from the socket that it came over, which gets an ack instead of the message
   * @throws FoyerError forbidden, blocked, conflict, conversation_closed, rate_limited,
   *   human_check_required
   */
  post(who: Who, message: Post, from?: Peer): Ack {
    try {
      const ack = this.#take(who, message, from);
      if (ack.first && message.kind !== 'note') this.#noteUnheard(who, ack.seq);
      return ack;
    } catch (error) {
      if (this.state.closed_at) this.#reopening.giveUp();
      if (error instanceof FoyerError) this.#noteRefused(who, error);
      throw error;
    }
  }

  /** Tells the log, once a pause, that no browser of the visitor had it open as an agent wrote. */
  #noteUnheard({ role, request }: Who, seq: number): void {
    if (role !== 'agent' || this.#isUnheard) return;
    for (const { memory } of this.#journal.deps.peers()) {
      if (memory.who.role === 'visitor' && memory.caught_up) return;
    }
    this.#isUnheard = true;
    this.#journal.deps.report?.info('message_unheard', { role: 'visitor', seq, request });
  }

  #noteRefused({ role, request }: Who, { code }: FoyerError): void {
    const due = dueLine(`${this.founding.id} ${code}`);
    if (!due) return;
    this.#journal.deps.report?.info('message_refused', { role, refusal: code, request, ...due });
  }

  #take(who: Who, { id, body, kind, file, mentions }: Post, from?: Peer): Ack {
    const sender = this.#sender(who);
    if ((kind === 'note' || mentions) && who.role !== 'agent') throw new FoyerError('forbidden');
    const known = this.#known(id, sender);
    if (known) return known;
    const before = this.state;
    if (kind !== 'note') {
      this.#mustBeWelcome(who);
      if (before.closed_at) this.#reopening.mustBeHeld(who);
      // A file was counted before its bytes came (`expect`).
      if (kind !== 'file') this.#count(who, utf8Length(body));
      if (before.closed_at) this.#journal.event(this.actor(who), { type: 'reopened' });
      if (who.role === 'agent' && !before.assignee) this.commands.join(who);
    }
    const message = this.#journal.append(
      {
        id,
        kind,
        sender,
        by: this.actor(who),
        body,
        ...(file && { file }),
        ...(kind === 'note' && mentions?.length && { mentions }),
      },
      (ack) => {
        from?.send({ type: 'ack', id: ack.id, seq: ack.seq, sent_at: ack.sent_at });
        return from;
      },
    );
    const { status, assignee } = this.state;
    if (status !== before.status || assignee !== before.assignee) this.#journal.tellHead();
    return { id, seq: message.seq, sent_at: message.sent_at, first: true };
  }

  /**
   * Whether somebody may say a message of that id, before they go to the length of it.
   *
   * @param bytes of its text
   * @returns its ack where it is here already, else null
   * @throws FoyerError blocked, conflict, conversation_closed, rate_limited,
   *   human_check_required
   */
  expect(who: Who, id: string, bytes: number): Ack | null {
    const known = this.#known(id, this.#sender(who));
    if (known) return known;
    if (!this.#reopening.isBy(who)) this.commands.mustBeOpen();
    this.#mustBeWelcome(who);
    this.#count(who, bytes);
    return null;
  }

  /**
   * Changes the text of one's own message, or takes it back (`body` null), for a while. The change
   * is an entry of the log like any other: it has a number, and a resend changes nothing. The text
   * that was is gone.
   *
   * @throws FoyerError not_found, forbidden, conflict, conversation_closed, too_late, rate_limited
   */
  amend(who: Who, { id, seq, body, mentions }: Amendment): Ack {
    const known = this.#known(id, null);
    if (known) return known;
    const message = this.#journal.deps.log.at(seq, who.role);
    if (!message || message.kind === 'event') throw new FoyerError('not_found');
    const sender = this.#sender(who);
    if (message.sender.kind !== sender.kind || message.sender.id !== sender.id) {
      throw new FoyerError('forbidden', { message: 'Only who wrote a message may change it.' });
    }
    if (message.deleted_at) throw new FoyerError('not_found');
    this.commands.mustBeOpen();
    if (Date.parse(this.#journal.now()) - Date.parse(message.sent_at) > EDIT_MINUTES * 60_000) {
      throw new FoyerError('too_late');
    }
    this.#count(who, utf8Length(body ?? ''));
    const entry = amendMessage(this.#journal, this.actor(who), message, { id, body, mentions });
    return { id, seq: entry.seq, sent_at: entry.sent_at, first: true };
  }

  /**
   * What the visitor thought of it, as `Commands.rate`; its comment is counted as a message's text.
   *
   * @throws FoyerError too_late, rate_limited
   */
  rate(who: Who, rating: Rating): void {
    if (who.role === 'visitor') {
      const { now, traffic, humanCheck } = this.#journal.deps;
      const time = now().getTime();
      const isPerson = humanCheck?.() !== undefined && isChecked(who, time);
      traffic.count(who.address, utf8Length(rating.comment ?? ''), time, isPerson);
    }
    this.commands.rate(this.actor(who), rating);
  }

  /** Tells the others that somebody types; kept nowhere. A note's typing is the agents' alone. */
  typing(peer: Peer, typing: boolean, note = false): void {
    this.#presence.typing(peer, this.#sender(peer.memory.who), typing, note);
  }

  /** The visitor went to another page: the agents see it, and nothing keeps it but the socket. */
  moved(peer: Peer, page: { url: string; title: string }): void {
    this.#presence.moved(peer, page);
  }

  /** A person saw everything up to `seq`. Costs no row: it is kept with the next one. */
  read(peer: Peer, seq: number): void {
    this.#presence.read(peer, seq);
  }

  /** A socket closed. */
  left(peer: Peer): void {
    this.#presence.left(peer);
  }

  /** A page of the history, in order, for networks without WebSockets. */
  history(role: Who['role'], page: { after?: number; before?: number; limit: number }) {
    return pageOfHistory(this.#journal.deps.log, role, page);
  }

  /** The message of that number, if this role may see it. */
  message(role: Who['role'], seq: number): Message | null {
    return this.#journal.deps.log.at(seq, role);
  }

  /**
   * The ack of what has this id already.
   *
   * @param sender whose it must be; null for an amendment, which is an event
   * @throws FoyerError conflict when it is another's, or something else
   */
  #known(id: string, sender: Sender | null): Ack | null {
    const known = this.#journal.deps.log.find(id);
    if (!known) return null;
    const { type } = known.event ?? {};
    const same = sender
      ? known.sender.kind === sender.kind && known.sender.id === sender.id
      : type === 'edited' || type === 'deleted';
    if (!same) throw new FoyerError('conflict', { message: 'Another message has this id.' });
    return { id, seq: known.seq, sent_at: known.sent_at, first: false };
  }

  #mustBeWelcome(who: Who): void {
    const refusal = this.refusalOf(who, this.#journal.deps.now().getTime());
    if (refusal) throw new FoyerError(refusal);
  }

  /**
   * To be awaited before something that the person writes is taken; null where it may be taken now.
   *
   * @param text what they write
   */
  ready(who: Who, text: string): Promise<void> | null {
    if (who.role === 'agent') return null;
    const { now, traffic, humanCheck } = this.#journal.deps;
    const time = now().getTime();
    // A person waits for no neighbour.
    if (humanCheck?.() && isChecked(who, time)) return null;
    return traffic.ready(who.address, utf8Length(text), time);
  }

  /**
   * One more entry of the visitor; agents are not counted. With a human check, whoever is suspected or
   * writes from an address that must wait passes it, and then need not wait for their neighbours.
   */
  #count(who: Who, bytes: number): void {
    if (who.role === 'agent') return;
    const { now, traffic, humanCheck } = this.#journal.deps;
    const check = humanCheck?.();
    const time = now().getTime();
    const isPerson = check !== undefined && isChecked(who, time);
    const isSlow = traffic.isSlow(who.address, time) && !traffic.isFull(who.address, time);
    if (check && (who.suspected || isSlow) && !isPerson) throw checkRequired(check);
    this.#brake.count(time);
    traffic.count(who.address, bytes, time, isPerson);
  }

  /**
   * To be awaited before a message is taken; null where it may be taken now.
   *
   * @param text what is said; null for one that was counted before
   */
  readyForMessage(who: Who, text: string | null): Promise<void> | null {
    const ready = text === null ? null : this.ready(who, text);
    const isRefused = this.refusalOf(who, this.#journal.deps.now().getTime()) !== null;
    const held = isRefused ? null : this.#reopening.prepare(who);
    return ready && held ? Promise.all([ready, held]).then(() => {}) : (held ?? ready);
  }

  #sender(who: Who): Sender {
    if (who.role === 'agent') return { kind: 'agent', id: who.id, name: who.name };
    return { kind: 'visitor', id: this.#customerId(), name: this.founding.customer.full_name };
  }
}
