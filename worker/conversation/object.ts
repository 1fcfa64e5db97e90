import { DurableObject } from 'cloudflare:workers';
import type { ConversationSummary, VisitorConversation } from '../../protocol/conversation.ts';
import type { ClosedReason } from '../../protocol/events/closed.ts';
import type { Rating } from '../../protocol/events/rated.ts';
import type { Message } from '../../protocol/message.ts';
import type { Placed } from '../../protocol/sight.ts';
import { CloseCode, PING, PONG } from '../../protocol/version.ts';
import type { Principal } from '../auth/principal.ts';
import { answerClose, COME_BACK } from '../closing.ts';
import type { Env } from '../env.ts';
import { errorResponse, FoyerError } from '../errors.ts';
import { lostService } from '../failures.ts';
import { type HumanCheck, humanCheckOf } from '../features/human-check/config.ts';
import { framesOf, type Quotas, quotasOf } from '../features/quotas/quotas.ts';
import { uuidv7 } from '../ids.ts';
import { inboxOf } from '../inbox/address.ts';
import { Bucket } from '../kernel/bucket.ts';
import { log } from '../kernel/log.ts';
import type { LogFields } from '../kernel/log-fields.ts';
import { type Memory, outages } from '../kernel/outages.ts';
import { shield } from '../kernel/shield.ts';
import { utf8Length } from '../kernel/utf8.ts';
import { attempt, type Result } from '../result.ts';
import { openDatabase } from '../store/database.ts';
import { findMemberName } from '../store/members.ts';
import { type Projection, projectionOf } from '../store/projection.ts';
import { type SearchIndex, searchIndexOf } from '../store/search-index.ts';
import type { Change, Restraint } from './commands.ts';
import { Listener } from './frames.ts';
import { Indexer } from './indexer.ts';
import { Log } from './log.ts';
import { outageMemory } from './outage-memory.ts';
import type { Peer } from './peer.ts';
import { Projector } from './projector.ts';
import { type Ack, type Amendment, type Post, Room } from './room.ts';
import { Sockets } from './sockets.ts';
import { spokenIn } from './spoken.ts';
import { agentView, type Founding } from './state.ts';
import { Traffic } from './traffic.ts';
import { type Agent, type Who, who } from './who.ts';

/** The header in which the Worker tells the object whom it has let in. */
export const WHO_HEADER = 'x-foyer-who';

/**
 * Milliseconds after a change in which the alarm looks whether the database has it: what a crash
 * between ack and projection leaves behind. One alarm, and so one row, for all changes meanwhile.
 */
const WATCHDOG = 30 * 60_000;

/** What an object that was founded has, and another has not. */
type Live = { room: Room; projector: Projector; indexer: Indexer };

/** The Durable Object of one conversation: takes calls and sockets, and hands them to the room. */
export class ConversationObject extends DurableObject<Env> {
  static {
    shield(ConversationObject, 'conversation_failed', (instance) => instance.#identity());
  }

  readonly #sockets: Sockets;
  readonly #log: Log;
  readonly #listeners = new WeakMap<WebSocket, Listener>();
  #live: Live | null = null;
  /** When the alarm rings; null when none is set. */
  #alarmAt: number | null = null;
  readonly #outage: Memory;
  readonly #quotas: Quotas;
  readonly #traffic: Traffic;
  /** How fast the visitor's frames may come, over all of their sockets together. */
  #visitorFrames: Bucket | undefined;
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
    this.#traffic = new Traffic({
      ask: async (report, address, bytes) => {
        const { organization_id, id } = this.#live?.room.founding ?? {};
        if (!organization_id || !id) return [];
        return inboxOf(env, organization_id).ask(id, report, address, bytes);
      },
      isCalm: (address) => this.#sockets.ofAddress(address).some(({ memory }) => memory.calm),
      remember: (address, calm) => {
        for (const peer of this.#sockets.ofAddress(address)) peer.remember({ calm });
      },
    });
    this.#log = new Log(ctx.storage.sql);
    this.#outage = outageMemory(ctx.storage.kv);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
    ctx.blockConcurrencyWhile(async () => {
      this.#alarmAt = await ctx.storage.getAlarm();
    });
    const room = Room.open(this.#roomDeps());
    // Woken with its sockets, it only slept: the database has what it had. Without, it may have
    // died between an ack and the projection, and looks when it is next spoken to.
    if (room) this.#enliven(room, this.#sockets.size > 0);
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
    if (!this.#live) {
      socket.close(CloseCode.sessionEnded, 'not_found');
      return undefined;
    }
    const now = Date.now();
    const { who } = this.#sockets.peer(socket).memory;
    // What was on its way while the conversation was handed on.
    if (!this.#live.room.admits(who)) {
      socket.close(COME_BACK, 'come_back');
      return undefined;
    }
    const refusal = this.#live.room.refusalOf(who, now);
    if (refusal) {
      socket.close(refusal === 'blocked' ? CloseCode.blocked : COME_BACK, refusal);
      return undefined;
    }
    let listener = this.#listeners.get(socket);
    if (!listener) {
      const peer = this.#sockets.peer(socket);
      const bucket = this.#frames(peer.memory.who.role, now);
      listener = new Listener(this.#live.room, peer, bucket);
      this.#listeners.set(socket, listener);
    }
    return listener.hear(raw, now) ?? undefined;
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    this.#live?.room.left(this.#sockets.gone(socket));
    answerClose(socket, code, reason);
  }

  override webSocketError(socket: WebSocket): void {
    this.#live?.room.left(this.#sockets.gone(socket));
  }

  /** Rings once for all that was due; may ring twice, and does the same then. */
  override async alarm(): Promise<void> {
    this.#alarmAt = null;
    this.#live?.room.commands.wake();
    this.#ringForSnooze();
    this.#endSessions();
    this.#ringForSessions();
    const [upToDate] = await Promise.all([
      this.#live?.projector.retry(),
      this.#live?.indexer.settle(),
    ]);
    if (upToDate) outages.worked('database', this.#identity(), this.#outage);
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
      const { projector } = this.#enliven(Room.found(this.#roomDeps(), founding), true);
      projector.announce();
      await projector.settle();
    }
    const { room } = this.#live ?? {};
    if (room?.founding.visitor_id !== founding.visitor_id) {
      return attempt(() => {
        throw new FoyerError('not_found');
      });
    }
    return { ok: true, value: agentView(room.founding, room.state) };
  }

  post(person: Who, message: Post): Result<Ack> | Promise<Result<Ack>> {
    // A file was counted before its bytes came (`expect`).
    const text = message.kind === 'file' ? null : message.body;
    return this.#whenReady(person, text, ({ room }) => room.post(person, message));
  }

  /**
   * Whether a message of that id may come, as `Room.expect`.
   *
   * @param text what is said to the file
   */
  expect(person: Who, id: string, text: string): Result<Ack | null> | Promise<Result<Ack | null>> {
    const bytes = utf8Length(text);
    return this.#whenReady(person, text, ({ room }) => room.expect(person, id, bytes));
  }

  /** The ids of the files that messages here carry. */
  files(): string[] {
    return this.#live ? this.#log.files() : [];
  }

  /** Changes or takes back (`body` null) a message of the person's own. */
  amend(person: Who, change: Amendment): Result<Ack> | Promise<Result<Ack>> {
    return this.#whenReady(person, change.body ?? '', ({ room, indexer }) => {
      const ack = room.amend(person, change);
      // What was taken back must not be found.
      this.ctx.waitUntil(indexer.settle());
      return ack;
    });
  }

  /** The message of that number; 404 where the person may not see it. */
  message(person: Who, seq: number): Result<Message> {
    return this.#with(person, ({ room }) => {
      const message = room.message(person.role, seq);
      if (!message) throw new FoyerError('not_found');
      return message;
    });
  }

  history(
    person: Who,
    page: { after?: number; before?: number; limit: number },
  ): Result<{ items: Message[]; next_cursor: string | null }> {
    return this.#with(person, ({ room }) => room.history(person.role, page));
  }

  /** The conversation as its visitor sees it. */
  look(person: Who): Result<VisitorConversation | ConversationSummary> {
    return this.#with(person, ({ room }) => room.view(person.role));
  }

  claim(agent: Agent): Promise<Result<ConversationSummary>> {
    return this.#change(agent, ({ commands }) => commands.claim(agent));
  }

  change(agent: Agent, change: Change): Promise<Result<ConversationSummary>> {
    return this.#change(agent, (room) => room.commands.change(room.actor(agent), change));
  }

  /** Closes for the person; waits for the database, so that a new one may be opened at once. */
  async close(
    person: Who,
    reason: ClosedReason,
  ): Promise<Result<VisitorConversation | ConversationSummary>> {
    const done = this.#with(person, ({ room }) => room.commands.close(room.actor(person), reason));
    if (!done.ok) return done;
    await this.#live?.projector.settle();
    return this.look(person);
  }

  /** Makes sure that the database has the newest state; whether it has. */
  async settle(): Promise<boolean> {
    this.#live?.projector.doubt();
    return (await this.#live?.projector.settle()) ?? false;
  }

  rename(person: Principal, customer: Founding['customer']): Result<void> {
    return this.#with(person, ({ room }) => room.commands.rename(room.actor(person), customer));
  }

  /** What the visitor thought of it. */
  rate(person: Who, rating: Rating): Result<void> | Promise<Result<void>> {
    return this.#whenReady(person, rating.comment ?? '', ({ room }) => room.rate(person, rating));
  }

  /**
   * Blocks the visitor or unblocks them, and ends their sessions that began before a moment: their
   * sockets close, and the object remembers it for those that come later.
   */
  restrain(person: Principal, restraint: Restraint): Result<void> {
    return this.#with(person, ({ room }) => {
      room.commands.restrain(room.actor(person), restraint);
      this.#endSessions();
    });
  }

  /** Closes the sockets of visitors who may do nothing here any more. */
  #endSessions(): void {
    for (const _ of this.#peers());
  }

  /**
   * The open sockets. One whose session is over, or whose visitor is blocked, is closed here and hears
   * nothing: a socket that nobody speaks on needs no timer to end.
   */
  *#peers(): Iterable<Peer> {
    const now = Date.now();
    for (const peer of this.#sockets.peers()) {
      const refusal = this.#live?.room.refusalOf(peer.memory.who, now) ?? null;
      if (refusal === null) yield peer;
      else peer.close(refusal === 'blocked' ? CloseCode.blocked : COME_BACK, refusal);
    }
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
   */
  async reassess(): Promise<void> {
    await this.#reassess();
    await this.#live?.projector.settle();
  }

  /** Invariant: who has an open conversation is a member, as far as the object can know. */
  async #reassess(): Promise<void> {
    if (!this.#live) return;
    const { room, projector } = this.#live;
    const { assignee, closed_at } = room.state;
    if (!assignee || closed_at) return;
    const { organization_id } = room.founding;
    const name = await findMemberName(openDatabase(this.env), organization_id, assignee.id);
    const before = room.state;
    room.commands.reassess(assignee.id, name);
    // Within the run that asked, where there is one.
    if (room.state !== before) void projector.settle();
  }

  async #change(agent: Agent, work: (room: Room) => void): Promise<Result<ConversationSummary>> {
    const done = this.#with(agent, ({ room, projector }) => {
      work(room);
      return { room, projector };
    });
    if (!done.ok) return done;
    this.#ringForSnooze();
    const { room, projector } = done.value;
    // Whoever asked reads the lists next.
    await projector.settle();
    // Answered also where they have given it out of their sight.
    return { ok: true, value: agentView(room.founding, room.state) };
  }

  /**
   * As `#with`, once the person's address may write a text.
   *
   * @param text null for one that was counted before
   */
  #whenReady<Value>(
    person: Who,
    text: string | null,
    work: (live: Live) => Value,
  ): Result<Value> | Promise<Result<Value>> {
    const isTheirs = this.#live?.room.admits(person) ?? false;
    const ready = isTheirs && text !== null ? this.#live?.room.ready(person, text) : null;
    return ready ? ready.then(() => this.#with(person, work)) : this.#with(person, work);
  }

  #with<Value>(person: Principal, work: (live: Live) => Value): Result<Value> {
    return attempt(() => {
      const live = this.#live;
      if (!live?.room.admits(person)) throw new FoyerError('not_found');
      // The one check before everything that a visitor may do here.
      const refusal = live.room.refusalOf(person, Date.now());
      if (refusal) throw new FoyerError(refusal);
      return work(live);
    });
  }

  #enliven(room: Room, certain: boolean): Live {
    const projector = new Projector(
      {
        read: () => ({ founding: room.founding, state: room.state, kept: room.kept }),
        project: async ({ founding, kept }, guess, certain) => {
          const projected = await this.projection.write(founding, kept, guess);
          outages.worked('database', this.#identity());
          // The search may have lost it, too.
          if (projected === 'restored') this.ctx.waitUntil(indexer.settle());
          // After the row, which whoever removes a member looks for: one of the two sees the other.
          if (kept.shelf === 'open' && !(certain && guess.shelf === 'open')) await this.#reassess();
        },
        publish: async ({ founding, state }, before) => {
          const traffic = this.#traffic.take();
          try {
            const regards = await inboxOf(this.env, founding.organization_id).publish(
              agentView(founding, state),
              isHandedOn(before, state) ? placeOf(before) : undefined,
              traffic,
            );
            this.#traffic.learn(regards);
          } catch (error) {
            this.#traffic.giveBack(traffic);
            throw error;
          }
        },
        retryIn: (milliseconds) => this.#ringIn(milliseconds),
        report: (error) => this.#report('projection_failed', error),
      },
      room.kept,
      certain,
    );
    const indexer = new Indexer(
      {
        write: (read) => this.searchIndex.write(room.founding, read),
        read: () => spokenIn(this.#log),
        retryIn: (milliseconds) => this.#ringIn(milliseconds),
        report: (error) => this.#report('indexing_failed', error),
      },
      room.state.closed_at,
    );
    this.#live = { room, projector, indexer };
    return this.#live;
  }

  #frames(role: Who['role'], now: number): Bucket {
    if (role === 'agent') return new Bucket(framesOf(this.#quotas), now);
    this.#visitorFrames ??= new Bucket(framesOf(this.#quotas), now);
    return this.#visitorFrames;
  }

  /** Whose object this is, for the log: as it was founded, or as it was called. */
  #identity(): Pick<LogFields, 'organization' | 'conversation'> {
    const [named, id] = this.ctx.id.name?.split('/') ?? [];
    const { organization_id = named, id: own = id } = this.#live?.room.founding ?? {};
    return { organization: organization_id, conversation: own };
  }

  /** What the lists or the search could not be told, and will be: an outage is told once. */
  #report(event: 'projection_failed' | 'indexing_failed', error: unknown): void {
    const service = lostService(error);
    const fields = this.#identity();
    if (service) outages.failed(service, error, fields, this.#outage);
    else log.error(event, { ...fields, outcome: 'retried', error });
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
      changed: () => this.#changed(),
      report: log.with(() => this.#identity()),
    };
  }

  /** In the same turn as the row, so that both are kept or neither: the alarm, then the telling. */
  #changed(): void {
    // One that is set for a later moment, as a snooze's, is no watchdog.
    this.#ringIn(WATCHDOG);
    if (!this.#live) return;
    const { room, projector, indexer } = this.#live;
    projector.changed();
    const indexing = indexer.changed(room.state.closed_at);
    if (indexing) this.ctx.waitUntil(indexing);
  }

  /**
   * Rings again when the next session of an open socket ends. Looked at when the alarm rings anyway, so
   * it costs a row only where a visitor's socket is still open half an hour after the last change, and
   * once a day then. Until it rings the object sleeps; a socket of a conversation without changes ends
   * with the next frame in either direction.
   */
  #ringForSessions(): void {
    const now = Date.now();
    const ends = [...this.#sockets.peers()].flatMap(({ memory: { who } }) =>
      who.role === 'visitor' && who.expires_at !== undefined ? [who.expires_at - now] : [],
    );
    const next = Math.min(...ends.filter((wait) => wait > 0));
    if (Number.isFinite(next)) this.#ringIn(next);
  }

  /** A snoozed conversation comes back by itself. */
  #ringForSnooze(): void {
    const until = this.#live?.room.state.snoozed_until;
    if (until) this.#ringIn(Math.max(0, Date.parse(until) - Date.now()));
  }

  #ringIn(milliseconds: number): void {
    const at = Date.now() + milliseconds;
    if (this.#alarmAt !== null && this.#alarmAt <= at) return;
    this.#alarmAt = at;
    this.ctx.waitUntil(this.ctx.storage.setAlarm(at));
  }
}

/** Whether somebody may have lost sight of it. */
function isHandedOn(before: Placed, after: Placed): boolean {
  const named = new Set(after.mentions.map(({ user_id }) => user_id));
  return (
    before.department_id !== after.department_id ||
    before.assignee?.id !== after.assignee?.id ||
    before.mentions.some(({ user_id }) => !named.has(user_id))
  );
}

function placeOf({ department_id, assignee, mentions }: Placed): Placed {
  return { department_id, assignee, mentions };
}
