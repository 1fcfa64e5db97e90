import { DurableObject } from 'cloudflare:workers';
import type {
  ConversationSummary,
  VisitorConversation,
} from '../../protocol/conversation/conversation.ts';
import type { Message } from '../../protocol/conversation/message.ts';
import type { ClosedReason } from '../../protocol/events/closed.ts';
import type { Rating } from '../../protocol/events/rated.ts';
import { CloseCode, PING, PONG } from '../../protocol/version.ts';
import type { Principal } from '../auth/principal.ts';
import type { Env } from '../env.ts';
import { type HumanCheck, humanCheckOf } from '../features/human-check/config.ts';
import { type Quotas, quotasOf } from '../features/quotas/quotas.ts';
import { type SearchIndex, searchIndexOf } from '../features/search/index-store.ts';
import { errorResponse, FoyerError } from '../kernel/errors.ts';
import { uuidv7 } from '../kernel/ids.ts';
import { log } from '../kernel/log/log.ts';
import { attempt, type Result } from '../kernel/result.ts';
import { shield } from '../kernel/shield.ts';
import { answerClose, COME_BACK } from '../kernel/sockets/closing.ts';
import { utf8Length } from '../kernel/utf8.ts';
import type { Policy } from '../organization/policy.ts';
import { Alarm } from './alarm.ts';
import type { Change, Restraint } from './commands/commands.ts';
import { type Reprojected, reproject } from './drain/reproject.ts';
import { attach, type Live, reassess, trafficOf } from './live.ts';
import { Log } from './log/log.ts';
import { type Projection, projectionOf } from './projection/store.ts';
import { Reports } from './reports.ts';
import { holdOpen } from './reserve-place.ts';
import { enter, enterWhenReady } from './room/admit.ts';
import type { Ack, Amendment, Post } from './room/post.ts';
import { Room, readerOf } from './room/room.ts';
import { Hearing } from './sockets/incoming.ts';
import type { Peer } from './sockets/peer.ts';
import { listening } from './sockets/sessions.ts';
import { Sockets } from './sockets/sockets.ts';
import { agentView, type Founding } from './state/state.ts';
import { timersOf } from './timers/object-timers.ts';
import type { Timers } from './timers/timers.ts';
import type { Traffic } from './traffic/traffic.ts';
import { WHO_HEADER, who } from './who.ts';

/** The Durable Object of one conversation: takes calls and sockets, and hands them to the room. */
export class ConversationObject extends DurableObject<Env> {
  static {
    shield(ConversationObject, 'conversation_failed', (instance) => instance.#reports.identity());
  }

  readonly #sockets: Sockets;
  readonly #log: Log;
  readonly #hearing: Hearing;
  #live: Live | null = null;
  readonly #alarm: Alarm;
  readonly #timers: Timers;
  readonly #reports: Reports;
  readonly #quotas: Quotas;
  readonly #traffic: Traffic;
  /** Where the projection goes; a test puts a database that fails here. */
  projection: Projection;
  /** Where the search's words go; likewise. */
  searchIndex: SearchIndex;
  /** The check that suspected visitors must pass; likewise. */
  humanCheck: HumanCheck | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.projection = projectionOf(env);
    this.searchIndex = searchIndexOf(env);
    this.#quotas = quotasOf(env);
    this.humanCheck = humanCheckOf(env);
    this.#sockets = new Sockets(ctx);
    this.#hearing = new Hearing(this.#sockets, this.#quotas);
    this.#traffic = trafficOf(env, this.#sockets, () => this.#live?.room.founding);
    this.#log = new Log(ctx.storage.sql);
    this.#reports = new Reports(ctx, () => this.#live?.room.founding);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
    this.#alarm = new Alarm(ctx);
    this.#timers = timersOf({
      env: () => this.env,
      live: () => this.#live,
      sockets: this.#sockets,
      alarm: this.#alarm,
      reports: this.#reports,
      endSessions: () => this.#endSessions(),
    });
    const room = Room.open(this.#roomDeps());
    // Woken with its sockets, it only slept: the database has what it had. Without, it may have
    // died between an ack and the projection, and looks when it is next spoken to.
    if (room) this.#attach(room, this.#sockets.size > 0);
  }

  /** Answers that objects can be called; health asks it of one that nobody created. */
  ping(): true {
    return true;
  }

  /** A socket for a person whom the Worker let in; 404 where they have no business. */
  override async fetch(request: Request): Promise<Response> {
    const person = who.parse(JSON.parse(request.headers.get(WHO_HEADER) ?? 'null'));
    const live = this.#live;
    if (!live?.room.admits(person)) return errorResponse(new FoyerError('not_found'));
    // The look that a fresh object owes the database; nothing, where it knows.
    this.ctx.waitUntil(live.projector.settle());
    const refusal = live.room.refusalOf(person, Date.now());
    if (refusal) return errorResponse(new FoyerError(refusal));
    if (this.#sockets.isFull(person.role)) return errorResponse(new FoyerError('rate_limited'));
    const calm = person.role === 'visitor' && this.#traffic.isCalm(person.address);
    return this.#sockets.accept(person, request, calm);
  }

  override webSocketMessage(
    socket: WebSocket,
    raw: string | ArrayBuffer,
  ): Promise<void> | undefined {
    return this.#hearing.hear(this.#live?.room ?? null, socket, raw);
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    this.#live?.room.presence.left(this.#sockets.gone(socket));
    answerClose(socket, code, reason);
  }

  override webSocketError(socket: WebSocket): void {
    this.#live?.room.presence.left(this.#sockets.gone(socket));
  }

  /** Rings once for all that was due; may ring twice, and does the same then. */
  override async alarm(): Promise<void> {
    this.#alarm.rang();
    if (this.#live) await this.#timers.ring();
  }

  /**
   * Makes this object that conversation, once; a second time it answers what is.
   *
   * @param address the name of the address that begins it, for quotas
   * @param fields bytes of the fields that it begins with, where they were not counted yet
   * @returns the conversation as it is now
   */
  async found(
    founding: Founding,
    address?: string,
    fields = 0,
  ): Promise<Result<ConversationSummary>> {
    if (!this.#live) {
      this.#traffic.begin(address, fields);
      const { projector } = this.#attach(Room.found(this.#roomDeps(), founding), true);
      projector.announce();
      await projector.settleSoon();
    }
    const { room } = this.#live ?? {};
    if (room?.founding.visitor_id !== founding.visitor_id) {
      return attempt(() => {
        throw new FoyerError('not_found');
      });
    }
    return { ok: true, value: agentView(room.founding, room.state) };
  }

  post(person: Principal, message: Post): Result<Ack> | Promise<Result<Ack>> {
    // A file was counted before its bytes came (`expect`).
    const text = message.kind === 'file' ? null : message.body;
    return enterWhenReady(
      this.#live,
      person,
      (room) => room.readyForMessage(person, text),
      ({ room }) => room.post(person, message),
    );
  }

  /**
   * Whether a message of that id may come, as `Room.expect`.
   *
   * @param text what is said to the file
   */
  expect(
    person: Principal,
    id: string,
    text: string,
  ): Result<Ack | null> | Promise<Result<Ack | null>> {
    const bytes = utf8Length(text);
    return this.#whenReady(person, text, ({ room }) => room.expect(person, id, bytes));
  }

  /** The ids of the files that messages here carry. */
  files(): string[] {
    return this.#live ? this.#log.files() : [];
  }

  /** Changes or takes back (`body` null) a message of the person's own. */
  amend(person: Principal, change: Amendment): Result<Ack> | Promise<Result<Ack>> {
    return this.#whenReady(person, change.body ?? '', ({ room, indexer }) => {
      const ack = room.amend(person, change);
      // What was taken back must not be found.
      this.ctx.waitUntil(indexer.settle());
      return ack;
    });
  }

  /** The message of that number; 404 where the person may not see it. */
  message(person: Principal, seq: number): Result<Message> {
    return this.#with(person, ({ room }) => {
      const message = room.message(readerOf(person), seq);
      if (!message) throw new FoyerError('not_found');
      return message;
    });
  }

  history(
    person: Principal,
    page: { after?: number; before?: number; limit: number },
  ): Result<{ items: Message[]; next_cursor: string | null }> {
    return this.#with(person, ({ room }) => room.history(readerOf(person), page));
  }

  /** The conversation as its visitor sees it. */
  look(person: Principal): Result<VisitorConversation | ConversationSummary> {
    return this.#with(person, ({ room }) => room.view(readerOf(person)));
  }

  claim(person: Principal): Promise<Result<ConversationSummary>> {
    return this.#change(person, (room) => room.claim(person));
  }

  change(person: Principal, change: Change): Promise<Result<ConversationSummary>> {
    return this.#change(person, (room) => room.change(person, change));
  }

  /** Closes for the person; the lists follow where they can, so that a new one may be opened at once. */
  async close(
    person: Principal,
    reason: ClosedReason,
  ): Promise<Result<VisitorConversation | ConversationSummary>> {
    const done = this.#with(person, ({ room }) => room.close(person, reason));
    if (!done.ok) return done;
    await this.#live?.projector.settleSoon();
    return this.look(person);
  }

  /** Makes sure that the database has the newest state; whether it has. */
  async settle(): Promise<boolean> {
    this.#live?.projector.doubt();
    return (await this.#live?.projector.settle()) ?? false;
  }

  /** Writes its row, its customer's and its search document again, as `reproject` (reproject.ts). */
  async reproject(): Promise<Reprojected> {
    return reproject(this.#live?.room ?? null, this.#log, this);
  }

  rename(person: Principal, customer: Founding['customer']): Result<void> {
    return this.#with(person, ({ room }) => room.rename(person, customer));
  }

  /** What the visitor thought of it. */
  rate(person: Principal, rating: Rating): Result<void> | Promise<Result<void>> {
    return this.#whenReady(person, rating.comment ?? '', ({ room }) => room.rate(person, rating));
  }

  /**
   * Blocks the visitor or unblocks them, and ends their sessions that began before a moment: their
   * sockets close, and the object remembers it for those that come later.
   */
  restrain(person: Principal, restraint: Restraint): Result<void> {
    return this.#with(person, ({ room }) => {
      room.restrain(person, restraint);
      this.#endSessions();
    });
  }

  /** Closes the sockets of visitors who may do nothing here any more. */
  #endSessions(): void {
    for (const _ of this.#peers());
  }

  #peers(): Iterable<Peer> {
    return listening(this.#sockets, this.#live?.room);
  }

  /**
   * Ends what an agent, or one session of theirs, has open here.
   *
   * @param forGood whether the session is over; else its browser comes back
   */
  revoke(userId: string, sessionId: string | null, forGood: boolean): void {
    const [code, reason] = forGood
      ? ([CloseCode.sessionEnded, 'session_ended'] as const)
      : ([COME_BACK, 'come_back'] as const);
    this.#sockets.closeAgent(userId, sessionId, code, reason);
  }

  /**
   * Looks whether the assignee is still a member, and called as here: for somebody who left or has
   * another name. What sleeps meanwhile looks by itself once it is open again, and whenever the
   * object wakes without knowing what the database has.
   *
   * The organization's object calls it and waits: it returns after its row, and never waits for the
   * projection, which waits for that object.
   */
  async reassess(): Promise<void> {
    if (!this.#live) return;
    await reassess(this.env, this.#live);
    this.ctx.waitUntil(this.#live.projector.settle());
  }

  /** The organization's policy has changed so that something may be due earlier. */
  follow(policy: Policy): void {
    if (this.#live) this.#timers.learn(policy);
  }

  async #change(
    person: Principal,
    work: (room: Room) => void,
  ): Promise<Result<ConversationSummary>> {
    const done = this.#with(person, ({ room, projector }) => {
      work(room);
      return { room, projector };
    });
    if (!done.ok) return done;
    const { room, projector } = done.value;
    // Whoever asked reads the lists next.
    await projector.settleSoon();
    // Answered also where they have given it out of their sight.
    return { ok: true, value: agentView(room.founding, room.state) };
  }

  #whenReady<Value>(person: Principal, text: string, work: (live: Live) => Value) {
    return enterWhenReady(this.#live, person, (room) => room.ready(person, text), work);
  }

  #with<Value>(person: Principal, work: (live: Live) => Value): Result<Value> {
    return enter(this.#live, person, work);
  }

  #attach(room: Room, certain: boolean): Live {
    this.#live = attach(
      room,
      {
        env: () => this.env,
        targets: () => this,
        log: this.#log,
        traffic: this.#traffic,
        retryIn: (milliseconds) => this.#timers.retryIn(milliseconds),
        policy: {
          current: () => this.#timers.policy,
          learn: (policy) => this.#timers.learn(policy),
        },
        worked: () => this.#reports.worked(),
        report: (event, error) => this.#reports.failed(event, error),
      },
      certain,
    );
    return this.#live;
  }

  #roomDeps() {
    return {
      log: this.#log,
      peers: () => this.#peers(),
      now: () => new Date(),
      uuid: uuidv7,
      quotas: this.#quotas,
      traffic: this.#traffic,
      humanCheck: () => this.humanCheck,
      recordedSeq: () => this.#live?.recorder.recordedSeq,
      changed: () => this.#changed(),
      hold: () => holdOpen(this.env, this.#live?.room.founding),
      release: () => this.ctx.waitUntil(this.settle()),
      report: log.with(() => this.#reports.identity()),
    };
  }

  /** In the same turn as the row, so that both are kept or neither: the alarm, then the telling. */
  #changed(): void {
    if (!this.#live) return;
    this.#timers.changed();
    const { room, projector, indexer } = this.#live;
    projector.changed();
    const indexing = indexer.changed(room.state.closed_at);
    if (indexing) this.ctx.waitUntil(indexing);
  }
}
