import type { Actor } from '../../../protocol/conversation/actor.ts';
import type { ClosedReason } from '../../../protocol/conversation/closed-reason.ts';
import type { Message } from '../../../protocol/conversation/message.ts';
import type { Rating } from '../../../protocol/conversation/rating.ts';
import { EDIT_MINUTES, PAGE_OF_MESSAGES } from '../../../protocol/limits.ts';
import { PROTOCOL } from '../../../protocol/version.ts';
import { actorOf, type Principal, sees } from '../../auth/principal.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { utf8Length } from '../../kernel/utf8.ts';
import { amendMessage } from '../commands/amend-message.ts';
import { type Change, Commands, type Restraint } from '../commands/commands.ts';
import { pageOfHistory } from '../log/history.ts';
import type { Peer } from '../sockets/peer.ts';
import { type Founding, initialState, type State } from '../state/state.ts';
import { Brake } from '../traffic/brake.ts';
import { Pace } from '../traffic/pace.ts';
import { hasEnded, visitorIdsOf, type Who } from '../who.ts';
import { DeliveryReports } from './delivery-reports.ts';
import { type Deps, Journal } from './journal.ts';
import type { Ack, Amendment, Post } from './post.ts';
import { Presence } from './presence.ts';
import { Reopening } from './reopening.ts';
import { mustBeAllowed, mustBeAllowedToChange } from './rights.ts';
import { customerIdOf, isWriter, senderOf } from './sender.ts';

/**
 * The rules of one conversation: what each principal may do in it (rights.ts), and what follows. Knows
 * nothing of Workers: it is given a log, the open sockets, a clock and a callback for changes.
 * Everything here is synchronous, so nothing comes between the check and the write, and the object's
 * output gate holds every frame back until the rows before it are durable (P2).
 */
export class Room {
  readonly #journal: Journal;
  /** What is done with the conversation, once it is decided that it may be done. */
  readonly commands: Commands;
  readonly #pace: Pace;
  /** What costs no entry: viewers, typing, pages and read marks. */
  readonly presence: Presence;
  readonly #reopening: Reopening;
  readonly #reports: DeliveryReports;

  private constructor(deps: Deps, founding: Founding, state: State) {
    this.#journal = new Journal(deps, founding, state);
    this.commands = new Commands(this.#journal);
    this.presence = new Presence(this.#journal);
    this.#reopening = new Reopening(this.#journal);
    this.#reports = new DeliveryReports(this.#journal);
    const brake = new Brake(deps.quotas, () => ({
      entries: this.state.last_seq,
      began: Date.parse(founding.created_at),
      at: (seq) => Date.parse(deps.log.sentAt(seq) ?? founding.created_at),
    }));
    this.#pace = new Pace({
      brake,
      traffic: deps.traffic,
      humanCheck: () => deps.humanCheck?.(),
      now: () => deps.now().getTime(),
    });
  }

  /** The room as its log and its sockets have it; null where nobody created it. */
  static open(deps: Deps): Room | null {
    const stored = deps.log.open();
    if (!stored) return null;
    const room = new Room(deps, stored.founding, stored.state);
    for (const { memory } of deps.peers()) room.#journal.moveReadMark(memory.who, memory.read_seq);
    return room;
  }

  static create(deps: Deps, founding: Founding): Room {
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
  get storedState(): State {
    return this.#journal.storedState;
  }

  /** Whether the conversation is there for the principal (P5, P6). */
  admits(principal: Principal): boolean {
    if (principal.organization_id !== this.founding.organization_id) return false;
    if (principal.role !== 'visitor') return sees(principal, this.state);
    return visitorIdsOf(principal).includes(this.founding.visitor_id);
  }

  /**
   * Why a visitor may do nothing in their own conversation: they are blocked, or their session was ended
   * or has expired. Null for everybody else.
   *
   * @param now milliseconds since 1970
   */
  refusalOf(principal: Principal, now: number): 'blocked' | 'session_expired' | null {
    if (principal.role !== 'visitor') return null;
    const { blocked, revoked_before = 0 } = this.founding;
    if (blocked) return 'blocked';
    const { issued_at = 0 } = principal;
    return issued_at < revoked_before || hasEnded(principal, now) ? 'session_expired' : null;
  }

  /** The principal as an actor, whom the entries of the log name. */
  actor(principal: Principal): Actor {
    return actorOf(principal, customerIdOf(this.founding));
  }

  /** The head as this reader sees it. */
  view(reader: Reader) {
    return this.#journal.view(reader);
  }

  /** Answers `hello`: a page of what came after `after` (P3). */
  welcome(peer: Peer, after: number): void {
    const { who } = peer.memory;
    const page = this.#journal.deps.log.after(after, PAGE_OF_MESSAGES + 1, who.role);
    const more = page.length > PAGE_OF_MESSAGES;
    const isNew = !peer.memory.caught_up && !more;
    peer.remember({ caught_up: !more });
    if (who.role === 'visitor') this.#reports.visitorCame();
    peer.send({
      type: 'welcome',
      protocol: PROTOCOL,
      conversation: this.view(who.role),
      last_seq: who.role === 'agent' ? this.state.last_seq : this.state.last_public_seq,
      messages: page.slice(0, PAGE_OF_MESSAGES),
      more,
    });
    if (who.role === 'agent' && isNew) this.presence.greet(peer);
  }

  /**
   * Takes a message in. Named by its UUID: a second time it changes nothing and gets the first ack
   * (P4). An agent's first reply to an unassigned conversation makes it theirs; nobody else's does.
   *
   * @param from the socket that it came over, which gets an ack instead of the message
   * @throws FoyerError forbidden, blocked, conflict, conversation_closed, rate_limited,
   *   human_check_required
   */
  post(principal: Principal, message: Post, from?: Peer): Ack {
    try {
      const ack = this.#take(principal, message, from);
      if (ack.first && message.kind !== 'note') this.#reports.written(principal, ack.seq);
      return ack;
    } catch (error) {
      if (this.state.closed_at) this.#reopening.giveUp();
      if (error instanceof FoyerError) this.#reports.refused(principal, error);
      throw error;
    }
  }

  #take(principal: Principal, { id, body, kind, file, mentions, senderName }: Post, from?: Peer) {
    mustBeAllowed(principal, kind === 'note' || mentions ? 'note' : 'message');
    const earlier = this.#ackOfMessage(principal, id);
    if (earlier) return earlier;
    const before = this.state;
    if (kind !== 'note') {
      this.#mustBeWelcome(principal);
      if (before.closed_at) this.#reopening.mustBeReserved(principal);
      // A file was counted before its bytes came (`expect`).
      if (kind !== 'file') this.#pace.count(principal, utf8Length(body));
      if (before.closed_at) this.#journal.event(this.actor(principal), { type: 'reopened' });
      if (principal.role === 'agent' && !before.assignee) this.commands.join(principal);
    }
    const message = this.#journal.append(
      {
        id,
        kind,
        sender: senderOf(principal, this.founding, senderName ?? null),
        by: this.actor(principal),
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
    if (status !== before.status || assignee !== before.assignee) this.#journal.broadcastHead();
    return { id, seq: message.seq, sent_at: message.sent_at, first: true };
  }

  /**
   * Whether the principal may send a file with a message of that id, before its bytes are stored.
   *
   * @param bytes of its text
   * @returns its ack where it is here already, else null
   * @throws FoyerError forbidden, blocked, conflict, conversation_closed, rate_limited,
   *   human_check_required
   */
  expect(principal: Principal, id: string, bytes: number): Ack | null {
    mustBeAllowed(principal, 'message');
    const earlier = this.#ackOfMessage(principal, id);
    if (earlier) return earlier;
    if (!this.#reopening.isBy(principal)) this.commands.mustBeOpen();
    this.#mustBeWelcome(principal);
    this.#pace.count(principal, bytes);
    return null;
  }

  /**
   * Changes the text of one's own message, or takes it back (`body` null), for a while. The change
   * is an entry of the log like any other: it has a number, and a resend changes nothing. The text
   * that was is gone.
   *
   * @throws FoyerError not_found, forbidden, conflict, conversation_closed, too_late, rate_limited
   */
  amend(principal: Principal, { id, seq, body, mentions }: Amendment): Ack {
    mustBeAllowed(principal, 'amend');
    const earlier = this.#ackOfAmendment(id);
    if (earlier) return earlier;
    const message = this.message(readerOf(principal), seq);
    if (!message || message.kind === 'event') throw new FoyerError('not_found');
    if (!isWriter(principal, this.founding, message)) {
      throw new FoyerError('forbidden', { message: 'Only who wrote a message may change it.' });
    }
    if (message.deleted_at) throw new FoyerError('not_found');
    this.commands.mustBeOpen();
    if (Date.parse(this.#journal.now()) - Date.parse(message.sent_at) > EDIT_MINUTES * 60_000) {
      throw new FoyerError('too_late');
    }
    this.#pace.count(principal, utf8Length(body ?? ''));
    const by = this.actor(principal);
    const entry = amendMessage(this.#journal, by, message, { id, body, mentions });
    return { id, seq: entry.seq, sent_at: entry.sent_at, first: true };
  }

  /**
   * Makes the conversation the agent's, as `Commands.claim`.
   *
   * @throws FoyerError forbidden where the principal is no agent, already_claimed, conversation_closed
   */
  claim(principal: Principal): void {
    mustBeAllowed(principal, 'claim');
    if (principal.role === 'agent') this.commands.claim(principal);
  }

  /** @throws FoyerError forbidden, and as `Commands.change` */
  change(principal: Principal, change: Change): void {
    mustBeAllowedToChange(principal, change);
    this.commands.change(this.actor(principal), change);
  }

  /** @throws FoyerError forbidden */
  close(principal: Principal, reason: ClosedReason): void {
    mustBeAllowed(principal, 'close');
    this.commands.close(this.actor(principal), reason);
  }

  /** @throws FoyerError forbidden */
  rename(principal: Principal, customer: Founding['customer']): void {
    mustBeAllowed(principal, 'rename');
    this.commands.rename(this.actor(principal), customer);
  }

  /** @throws FoyerError forbidden */
  restrain(principal: Principal, restraint: Restraint): void {
    mustBeAllowed(principal, 'restrain');
    this.commands.restrain(this.actor(principal), restraint);
  }

  /**
   * The visitor's rating, as `Commands.rate`; its comment is counted as a message's text.
   *
   * @throws FoyerError forbidden, too_late, rate_limited
   */
  rate(principal: Principal, rating: Rating): void {
    mustBeAllowed(principal, 'rate');
    this.#pace.countComment(principal, rating.comment);
    this.commands.rate(this.actor(principal), rating);
  }

  /** A page of the history, in order, for networks without WebSockets. */
  history(reader: Reader, page: { after?: number; before?: number; limit: number }) {
    return pageOfHistory(this.#journal.deps.log, reader, page);
  }

  /** The message of that number, if this reader may see it. */
  message(reader: Reader, seq: number): Message | null {
    return this.#journal.deps.log.at(seq, reader);
  }

  /**
   * The ack of the principal's message that has this id already; null where there is none.
   *
   * @throws FoyerError conflict when it is somebody else's
   */
  #ackOfMessage(principal: Principal, id: string): Ack | null {
    const isSame = (entry: Message) =>
      entry.kind !== 'event' && isWriter(principal, this.founding, entry);
    return this.#ackOf(id, isSame);
  }

  /** @throws FoyerError conflict when it is no amendment */
  #ackOfAmendment(id: string): Ack | null {
    return this.#ackOf(id, ({ event }) => event?.type === 'edited' || event?.type === 'deleted');
  }

  #ackOf(id: string, isSame: (entry: Message) => boolean): Ack | null {
    const entry = this.#journal.deps.log.find(id);
    if (!entry) return null;
    if (!isSame(entry)) {
      throw new FoyerError('conflict', { message: 'Another message has this id.' });
    }
    return { id, seq: entry.seq, sent_at: entry.sent_at, first: false };
  }

  #mustBeWelcome(principal: Principal): void {
    const refusal = this.refusalOf(principal, this.#journal.deps.now().getTime());
    if (refusal) throw new FoyerError(refusal);
  }

  /**
   * To be awaited before something that the principal writes is taken; null where it may be taken now.
   *
   * @param text what they write
   */
  ready(principal: Principal, text: string): Promise<void> | null {
    return this.#pace.ready(principal, text);
  }

  /**
   * To be awaited before a message is taken; null where it may be taken now.
   *
   * @param text the message's; null for one that was counted before
   */
  readyForMessage(principal: Principal, text: string | null): Promise<void> | null {
    const ready = text === null ? null : this.ready(principal, text);
    const isRefused = this.refusalOf(principal, this.#journal.deps.now().getTime()) !== null;
    const place = isRefused ? null : this.#reopening.prepare(principal);
    return ready && place ? Promise.all([ready, place]).then(() => {}) : (place ?? ready);
  }
}

type Reader = Who['role'];

/** As whom a principal reads: a visitor sees no notes and no actors, everybody else as agents do. */
export function readerOf({ role }: Principal): Reader {
  return role === 'visitor' ? 'visitor' : 'agent';
}
