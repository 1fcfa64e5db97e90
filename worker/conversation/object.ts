import { DurableObject } from 'cloudflare:workers';
import type { ClosedReason } from '../../protocol/conversation/closed-reason.ts';
import type {
  ConversationSummary,
  VisitorConversation,
} from '../../protocol/conversation/conversation.ts';
import type { Message } from '../../protocol/conversation/message.ts';
import type { Rating } from '../../protocol/conversation/rating.ts';
import { CloseCode, PING, PONG } from '../../protocol/version.ts';
import type { Principal } from '../auth/principal.ts';
import type { Env } from '../env.ts';
import { type HumanCheck, humanCheckOf } from '../features/human-check/config.ts';
import { type SearchIndex, searchIndexOf } from '../features/search/index-store.ts';
import { errorResponse, FoyerError } from '../kernel/errors.ts';
import { attempt, type Result } from '../kernel/result.ts';
import { shield } from '../kernel/shield.ts';
import { answerClose, COME_BACK } from '../kernel/sockets/closing.ts';
import { utf8Length } from '../kernel/utf8.ts';
import type { Policy } from '../organization/policy.ts';
import type { Change, Restraint } from './commands/commands.ts';
import { type Reprojected, reproject } from './drain/reproject.ts';
import { type Live, reassess } from './live.ts';
import { Parts } from './parts.ts';
import { type Projection, projectionOf } from './projection/store.ts';
import { enter, enterWhenReady } from './room/admit.ts';
import type { Ack, Amendment, Post } from './room/post.ts';
import { type Room, readerOf } from './room/room.ts';
import { agentView, type Founding } from './state/state.ts';
import { WHO_HEADER, who } from './who.ts';

/** The Durable Object of one conversation: takes calls and sockets, and hands them to the room. */
export class ConversationObject extends DurableObject<Env> {
  static {
    shield(ConversationObject, 'conversation_failed', (instance) =>
      instance.#parts.reports.identity(),
    );
  }

  readonly #parts: Parts;
  /** Where rows are written; a test replaces it with a database that fails. */
  projection: Projection;
  /** Where the search's text is written; likewise. */
  searchIndex: SearchIndex;
  /** The check that suspected visitors must pass; likewise. */
  humanCheck: HumanCheck | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.projection = projectionOf(env);
    this.searchIndex = {
      ...searchIndexOf(env),
      handOver: async (key, text) => ctx.exports.DocumentWriter.take(key, text),
    };
    this.humanCheck = humanCheckOf(env);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
    this.#parts = new Parts(ctx, () => this.env, this);
  }

  get #live(): Live | null {
    return this.#parts.live;
  }

  /** Answers that objects can be called; health asks it of one that nobody created. */
  ping(): true {
    return true;
  }

  /** A socket for a person whom the Worker verified; 404 where the conversation is not theirs. */
  override async fetch(request: Request): Promise<Response> {
    const person = who.parse(JSON.parse(request.headers.get(WHO_HEADER) ?? 'null'));
    const live = this.#live;
    if (!live?.room.admits(person)) return errorResponse(new FoyerError('not_found'));
    // An object that woke without sockets checks the database; another has nothing to do.
    this.ctx.waitUntil(live.projector.settle());
    const refusal = live.room.refusalOf(person, Date.now());
    if (refusal) return errorResponse(new FoyerError(refusal));
    if (this.#parts.sockets.isFull(person.role))
      return errorResponse(new FoyerError('rate_limited'));
    const calm = person.role === 'visitor' && this.#parts.traffic.isCalm(person.address);
    return this.#parts.sockets.accept(person, request, calm);
  }

  override webSocketMessage(
    socket: WebSocket,
    raw: string | ArrayBuffer,
  ): Promise<void> | undefined {
    return this.#parts.incoming.receive(this.#live?.room ?? null, socket, raw);
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    this.#live?.room.presence.left(this.#parts.sockets.gone(socket));
    answerClose(socket, code, reason);
  }

  override webSocketError(socket: WebSocket): void {
    this.#live?.room.presence.left(this.#parts.sockets.gone(socket));
  }

  /** Rings once for all that was due; may ring twice, and does the same then. */
  override async alarm(): Promise<void> {
    this.#parts.alarm.clear();
    if (this.#live) await this.#parts.timers.ring();
  }

  /**
   * Makes this object that conversation. A second call changes nothing and answers the same.
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
      this.#parts.traffic.begin(address, fields);
      const { projector } = this.#parts.create(founding);
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
   * Whether a file may be sent with a message of that id, as `Room.expect`.
   *
   * @param text the message's
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
    return this.#live ? this.#parts.log.files() : [];
  }

  /** Changes or takes back (`body` null) a message of the person's own. */
  amend(person: Principal, change: Amendment): Result<Ack> | Promise<Result<Ack>> {
    return this.#whenReady(person, change.body ?? '', ({ room, indexer }) => {
      const ack = room.amend(person, change);
      // A search must not find what was taken back.
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
  settle(): Promise<boolean> {
    return this.#parts.settle();
  }

  /** Writes its row, its customer's and its search document again, as `reproject` (reproject.ts). */
  async reproject(): Promise<Reprojected> {
    return reproject(this.#live?.room ?? null, this.#parts.log, this);
  }

  rename(person: Principal, customer: Founding['customer']): Result<void> {
    return this.#with(person, ({ room }) => room.rename(person, customer));
  }

  /** The visitor's rating. */
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
      this.#parts.endSessions();
    });
  }

  /**
   * Closes an agent's sockets, or those of one of their sessions.
   *
   * @param forGood whether the session is over; else its browser comes back
   */
  revoke(userId: string, sessionId: string | null, forGood: boolean): void {
    const [code, reason] = forGood
      ? ([CloseCode.sessionEnded, 'session_ended'] as const)
      : ([COME_BACK, 'come_back'] as const);
    this.#parts.sockets.closeAgent(userId, sessionId, code, reason);
  }

  /**
   * Checks whether the assignee is still a member and still has this name. A closed conversation checks
   * when it is reopened, and every object when it wakes without knowing what the database has.
   *
   * The organization's object calls it and waits: it returns after its row, and never waits for the
   * projection, which waits for that object.
   */
  async reassess(): Promise<void> {
    if (!this.#live) return;
    await reassess(this.env, this.#live);
    this.ctx.waitUntil(this.#live.projector.settle());
  }

  /** The database is back after an outage in which a write of this conversation failed. */
  catchUp(): void {
    if (this.#live) this.ctx.waitUntil(this.#live.drain.retry());
  }

  /** The organization's policy has changed so that something may be due earlier. */
  follow(policy: Policy): void {
    if (this.#live) this.#parts.timers.learn(policy);
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
    // The caller reads the lists next.
    await projector.settleSoon();
    // Answered also where the agent may not see it any more.
    return { ok: true, value: agentView(room.founding, room.state) };
  }

  #whenReady<Value>(person: Principal, text: string, work: (live: Live) => Value) {
    return enterWhenReady(this.#live, person, (room) => room.ready(person, text), work);
  }

  #with<Value>(person: Principal, work: (live: Live) => Value): Result<Value> {
    return enter(this.#live, person, work);
  }
}
