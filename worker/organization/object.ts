import { DurableObject } from 'cloudflare:workers';
import { v7 } from 'uuid';
import type { ConversationSummary } from '../../protocol/conversation/conversation.ts';
import type { Placed } from '../../protocol/conversation/visibility.ts';
import type { OrganizationUpFrame } from '../../protocol/frames/organization-socket.ts';
import type { LiveKind } from '../../protocol/resources/live.ts';
import { PING, PONG } from '../../protocol/version.ts';
import { recordStatusChanges } from '../activity/status-store.ts';
import { conversationObject } from '../conversation/calls/address.ts';
import { rowsOf } from '../conversation/projection/batch-store.ts';
import type { Agent } from '../conversation/who.ts';
import { openDatabase } from '../database/database.ts';
import type { Env } from '../env.ts';
import { listAssigned } from '../features/conversations/store/assigned.ts';
import {
  Addresses,
  FINE,
  type Standing,
  type Traffic,
  type Verdict,
} from '../features/quotas/addresses.ts';
import { FileDays } from '../features/quotas/file-days.ts';
import { framesOf, quotasOf } from '../features/quotas/quotas.ts';
import { log } from '../kernel/log/log.ts';
import { shield } from '../kernel/shield.ts';
import { answerClose } from '../kernel/sockets/closing.ts';
import { selectedProtocol } from '../kernel/sockets/subprotocol.ts';
import { broadcast } from './agents/broadcast.ts';
import { FrameGates } from './agents/frame-gates.ts';
import { readNewcomer } from './agents/newcomer.ts';
import { PresenceFeed } from './agents/presence-feed.ts';
import { Sessions } from './agents/sessions.ts';
import type { SettingChange } from './agents/setting-change.ts';
import { SettingsFeed } from './agents/settings-feed.ts';
import { AgentSockets } from './agents/sockets.ts';
import { Attendance } from './attendance.ts';
import { Choices } from './choices.ts';
import type { Answer, Commit } from './commit/call.ts';
import { databaseFailures } from './commit/failures.ts';
import { GroupCommit } from './commit/group-commit.ts';
import type { HandedBack } from './commit/handover.ts';
import type { Rows } from './commit/rows.ts';
import { type Outcome, Outcomes, type Remembered } from './outcomes.ts';
import type { Policies } from './policies.ts';
import { policiesOf } from './policies-of.ts';
import type { Policy } from './policy.ts';
import type { Person } from './presence.ts';
import { each, Reassessment } from './reassessment.ts';
import { Revocations } from './revocations.ts';
import { Unattended } from './unattended.ts';

/**
 * The Durable Object that keeps an organization's agents live: who is there, and what changed in
 * conversations and settings. It keeps nothing that the database has. What a dashboard misses while its
 * socket is away is not repeated: it fetches its lists.
 *
 * It also knows which conversations a session has open, so that these end with the session.
 */
export class InboxObject extends DurableObject<Env> {
  static {
    shield(InboxObject, 'inbox_failed', ({ ctx }) => ({ organization: ctx.id.name }));
  }

  /** What visitors' addresses do; a test puts other quotas here. */
  addresses: Addresses;
  /** The files of visitors; likewise. */
  fileDays: FileDays;
  /** Where the conversations' rows are written; likewise. */
  rows: Rows;
  readonly #commits = new GroupCommit({
    failures: databaseFailures,
    rows: () => this.rows,
    policy: () => this.#policies.current(),
    tell: (changes) => broadcast(changes, this.#sockets.listeners()),
    catchUp: (organization, ids) =>
      void each(ids, (id) => conversationObject(this.env, organization, id).catchUp()),
  });
  readonly #sockets: AgentSockets;
  readonly #sessions: Sessions;
  readonly #choices: Choices;
  readonly #attendance: Attendance;
  readonly #gates = new FrameGates(() => framesOf(quotasOf(this.env)));
  readonly #presence: PresenceFeed;
  readonly #policies: Policies;
  readonly #reassessment: Reassessment;
  readonly #settings: SettingsFeed;
  /** The organization's id, once an agent has come. */
  #organization: string | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.addresses = new Addresses(quotasOf(env));
    this.fileDays = new FileDays(quotasOf(env), ctx.storage.kv);
    this.rows = {
      ...rowsOf(env),
      handOver: async (changes) => ctx.exports.RowWriter.take(changes),
    };
    this.#sockets = new AgentSockets(ctx);
    this.#sessions = new Sessions({
      sockets: this.#sockets,
      unattended: new Unattended(ctx.storage.sql),
      revocations: new Revocations(Date.now()),
      end: (id, { organizationId, userId, sessionId }, forGood) =>
        conversationObject(this.env, organizationId, id).revoke(userId, sessionId, forGood),
    });
    this.#choices = new Choices(ctx.storage.kv);
    this.#attendance = new Attendance({
      kv: ctx.storage.kv,
      write: (organization, changes) =>
        recordStatusChanges(openDatabase(env), organization, changes),
      report: (failed) => log.error('presence_unrecorded', failed),
      now: () => Date.now(),
      idAt: (msecs) => v7({ msecs }),
      stepIn: (milliseconds) => this.#stepIn(milliseconds),
    });
    this.#presence = new PresenceFeed({
      sockets: this.#sockets,
      isAway: (id) => this.#choices.isAway(id),
      pingedAt: (socket) => ctx.getWebSocketAutoResponseTimestamp(socket),
      sending: (presence) => ctx.waitUntil(this.#attendance.note(presence, this.#organization)),
    });
    this.#policies = policiesOf(env, ctx.storage.kv, (wait) => this.#stepIn(wait));
    this.#reassessment = new Reassessment({
      kv: ctx.storage.kv,
      list: ({ organization, user }, page) =>
        listAssigned(openDatabase(env), organization, user, page),
      ask: (organization, id) => conversationObject(env, organization, id).reassess(),
      report: (failed) => log.error('release_incomplete', failed),
    });
    this.#settings = new SettingsFeed(this.#sockets, { kv: ctx.storage.kv, now: () => Date.now() });
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  /** An agent's socket; the Worker has verified the agent. */
  override async fetch(request: Request): Promise<Response> {
    const { organizationId, memory, takesChanges } = readNewcomer(request);
    this.#organization = organizationId;
    const { 0: client, 1: server } = new WebSocketPair();
    this.#sockets.accept(server, memory, takesChanges);
    this.#settings.welcome(server);
    this.#presence.welcome(server);
    return new Response(null, {
      status: 101,
      webSocket: client,
      headers: selectedProtocol(request),
    });
  }

  /** `ping` is answered by the runtime; what is no frame of a dashboard gets an `error`. */
  override webSocketMessage(socket: WebSocket, raw: string | ArrayBuffer): void {
    const frame = this.#gates.hear(socket, raw, Date.now());
    if (frame) this.#hear(socket, frame);
  }

  #hear(socket: WebSocket, frame: OrganizationUpFrame): void {
    const memory = this.#sockets.memory(socket);
    if (frame.type === 'status') this.#choices.choose(memory.id, frame.status);
    else this.#sockets.remember(socket, { ...memory, idle: frame.idle });
    this.#presence.update();
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    this.#closed(socket);
    answerClose(socket, code, reason);
  }

  override webSocketError(socket: WebSocket): void {
    this.#closed(socket);
  }

  /**
   * A conversation changed: its agents are told, its row is written, and what its visitor's addresses
   * did is counted. It waits for the row, unless the caller does not (K15), and never for a conversation.
   * The agents are told before the row is written, with the changes of one flush in one frame (K13).
   */
  async commit(commit: Commit): Promise<Answer> {
    const { id, news, traffic, row, without_outcome, policy_version } = commit;
    if (news) this.#commits.tell(news);
    const standings = traffic ? this.addresses.heard(id, traffic, Date.now()) : [];
    const outcome = row && (await this.#commits.write(row, without_outcome));
    // After the write, during which it may have changed.
    const policy = this.#policies.since(policy_version);
    return { regards: standings, ...(outcome && { row: outcome }), ...(policy && { policy }) };
  }

  /** What the Worker hands back of the rows that were handed to it (commit/handover.ts). */
  handBack(back: HandedBack): void {
    this.#commits.handBack(back);
  }

  /**
   * As `commit` without a row: what conversations of a version before it call.
   *
   * @returns what each of the addresses may do there
   */
  publish(conversation: ConversationSummary, before?: Placed, traffic?: Traffic): Standing[] {
    this.#commits.tell({ conversation, before });
    return traffic ? this.addresses.heard(conversation.id, traffic, Date.now()) : [];
  }

  /**
   * A visitor opens a session: which agents are online, and what is held against the visitor's address.
   *
   * @param address of a visitor whom nobody knows yet; left out, nothing is counted
   */
  arrive(address?: string): { online: Person[]; verdict: Verdict } {
    const now = Date.now();
    const verdict = address === undefined ? FINE : this.addresses.arrived(address, now);
    return { online: this.online(), verdict };
  }

  /**
   * Whether an address may write one more message in a conversation, as `Addresses.ask`.
   *
   * @param traffic what its visitor's addresses did since the last call
   * @returns what each of them may do there; the last is about the message
   */
  ask(conversationId: string, traffic: Traffic, address: string, bytes: number): Standing[] {
    const now = Date.now();
    const heard = this.addresses.heard(conversationId, traffic, now);
    return [...heard, this.addresses.ask(conversationId, address, bytes, now)];
  }

  /**
   * Counts a visitor's file, as `FileDays.take` and `Addresses.takeFile`: the seconds to wait where it
   * is too much.
   *
   * @param most bytes of one visitor in a day, where the organization has set a number
   * @param address left out, none is counted
   */
  takeFile(
    visitorId: string,
    bytes: number,
    { most, address }: { most?: number | undefined; address?: string | undefined } = {},
  ): number | null {
    const now = Date.now();
    const wait = address === undefined ? null : this.addresses.takeFile(address, bytes, now);
    return wait ?? this.fileDays.take(visitorId, bytes, now, most);
  }

  /** Notes how a piece of the installation's own work ended (features/health/outcomes.ts). */
  noteOutcome(what: Remembered, failure: string | null): void {
    new Outcomes(this.ctx.storage.kv).note(what, failure, Date.now());
  }

  /** The last outcomes of that work. Health asks it, and learns that objects answer. */
  outcomes(): Record<Remembered, Outcome> {
    return new Outcomes(this.ctx.storage.kv).all();
  }

  /** What is held against an address that stores so many bytes of fields, as `Addresses.judge`. */
  judge(address: string, bytes = 0): Verdict {
    return this.addresses.judge(address, bytes, Date.now());
  }

  /** The number of a change, as `SettingsFeed.next`. */
  nextVersion(what: LiveKind): number {
    return this.#settings.next(what);
  }

  /** Tells the agents' dashboards of a change, as `SettingsFeed.tell`. */
  tellChange(change: SettingChange): void {
    this.#settings.tell(change);
  }

  /** Has every dashboard load a list again, as `SettingsFeed.announce`. */
  announce(what: LiveKind): void {
    this.#settings.announce(what);
  }

  /** The agents who are online now. */
  online(): Person[] {
    return this.#presence.current().online;
  }

  /** Notes that a session opens a conversation's socket, as `Sessions.watch`. */
  watch(agent: Agent, conversationId: string): Promise<number> {
    return this.#sessions.watch(agent, conversationId);
  }

  /**
   * Ends everything that an agent, or one session of theirs, has open: here and in the
   * conversations. The Worker lets nothing new in.
   *
   * @param sessionId null for all of the agent's sessions
   * @param ends false where the agent stays signed in, and what they may do has changed: their
   *   sockets come back by themselves, and are let in as what the agent is now
   */
  async revoke(
    organizationId: string,
    userId: string,
    sessionId: string | null,
    ends = true,
  ): Promise<void> {
    const revoked = this.#sessions.revoke({ organizationId, userId, sessionId }, ends);
    this.#presence.update();
    await revoked;
  }

  /**
   * Makes the conversations that are assigned to somebody check who that is: they left, or have
   * another name. The first step is done when it returns; the alarm does the rest, and what failed.
   */
  async reassess(organizationId: string, userId: string): Promise<void> {
    this.#reassessment.begin(organizationId, userId);
    await this.alarm();
  }

  override async alarm(): Promise<void> {
    const waits = await Promise.all([
      this.#reassessment.step(),
      this.#policies.step(),
      this.#attendance.step(this.#presence.current()),
    ]);
    for (const wait of waits) if (wait !== null) await this.#stepIn(wait);
  }

  /** Sets the alarm to so many milliseconds from now, unless it rings before. */
  async #stepIn(milliseconds: number): Promise<void> {
    const at = Date.now() + milliseconds;
    const set = await this.ctx.storage.getAlarm();
    if (set === null || set > at) await this.ctx.storage.setAlarm(at);
  }

  /** The organization's settings that its conversations need. */
  policy(): Policy {
    return this.#policies.current();
  }

  /** To be called before such a setting is changed, as `Policies.expect`. */
  async expectPolicy(organizationId: string): Promise<void> {
    await this.#policies.expect(organizationId);
  }

  /** To be called after it, as `Policies.refresh`. */
  async refreshPolicy(organizationId: string): Promise<void> {
    await this.#policies.refresh(organizationId);
  }

  /** Lets these agents' sockets come back, where what they may see has changed. */
  async comeBack(organizationId: string, userIds: readonly string[]): Promise<void> {
    await Promise.all(userIds.map((id) => this.revoke(organizationId, id, null, false)));
  }

  #closed(socket: WebSocket): void {
    this.#sessions.closed(socket);
    this.#presence.update();
  }
}
