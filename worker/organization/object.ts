import { DurableObject } from 'cloudflare:workers';
import { v7 } from 'uuid';
import type { z } from 'zod';
import type { ConversationSummary } from '../../protocol/conversation/conversation.ts';
import type { Placed } from '../../protocol/conversation/visibility.ts';
import {
  type OrganizationFrame,
  type OrganizationUpFrame,
  organizationUpFrame,
  type SettingsChanged,
} from '../../protocol/frames/organization-socket.ts';
import { PING_SECONDS } from '../../protocol/limits.ts';
import { CHANGES, CloseCode, PING, PONG } from '../../protocol/version.ts';
import { recordStatusChanges } from '../activity/status-store.ts';
import { conversationObject } from '../conversation/calls/address.ts';
import { rowsOf } from '../conversation/projection/batch-store.ts';
import { type Agent, agent as agentSchema, WHO_HEADER } from '../conversation/who.ts';
import { openDatabase } from '../database/database.ts';
import type { Env } from '../env.ts';
import { listAnswered } from '../features/auto-close/store.ts';
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
import { Bucket } from '../kernel/bucket.ts';
import { log } from '../kernel/log/log.ts';
import { shield } from '../kernel/shield.ts';
import { answerClose, COME_BACK } from '../kernel/sockets/closing.ts';
import { Gate } from '../kernel/sockets/frame-gate.ts';
import { selectedProtocol, subprotocols } from '../kernel/sockets/subprotocol.ts';
import { Throttle } from '../kernel/throttle.ts';
import { broadcast, frameText, type Listener } from './agents/broadcast.ts';
import { Attendance } from './attendance.ts';
import { Choices } from './choices.ts';
import type { Answer, Commit } from './commit/call.ts';
import { GroupCommit } from './commit/group-commit.ts';
import type { Rows } from './commit/rows.ts';
import { watch } from './desk.ts';
import { Desks } from './desks.ts';
import { type Outcome, Outcomes, type Remembered } from './outcomes.ts';
import { Policies } from './policies.ts';
import type { Policy } from './policy.ts';
import { readPolicySettings } from './policy-settings.ts';
import { type Person, type Presence, presenceOf } from './presence.ts';
import { each, Reassessment } from './reassessment.ts';
import { Revocations } from './revocations.ts';
import { Unattended } from './unattended.ts';

/**
 * A tab that has not pinged for so long is dead, though the runtime may still list it: three pings
 * missed.
 */
const DEAD_AFTER = 3 * PING_SECONDS * 1000;

/**
 * Milliseconds between two tellings of who is there: when a whole team opens its dashboards, each
 * need not be told of each of the others.
 */
const PRESENCE_SPACING = 500;

/**
 * The Durable Object that keeps an organization's agents live: who is there, and what changed in
 * the conversations. It keeps nothing that the database has; what was said while a socket was away
 * is not repeated, since the browser fetches its lists after each opening.
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
    rows: () => this.rows,
    policy: () => this.#policies.current(),
    tell: (changes) => broadcast(changes, this.#listeners()),
    catchUp: (organization, ids) =>
      void each(ids, (id) => conversationObject(this.env, organization, id).catchUp()),
  });
  readonly #unattended: Unattended;
  readonly #revocations = new Revocations(Date.now());
  readonly #desks: Desks;
  readonly #choices: Choices;
  readonly #attendance: Attendance;
  readonly #gates = new WeakMap<WebSocket, Gate<OrganizationUpFrame>>();
  readonly #presence = new Throttle(PRESENCE_SPACING, () => this.#tellPresence());
  readonly #policies: Policies;
  readonly #reassessment: Reassessment;
  /** What was told last of who is there, and the sockets that have not heard it. */
  #toldPresence = '';
  #newcomers: WebSocket[] = [];
  /** The organization's id, once an agent has come. */
  #organization: string | undefined;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.addresses = new Addresses(quotasOf(env));
    this.fileDays = new FileDays(quotasOf(env), ctx.storage.kv);
    this.rows = rowsOf(env);
    this.#unattended = new Unattended(ctx.storage.sql);
    this.#desks = new Desks(ctx);
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
    this.#policies = new Policies({
      kv: ctx.storage.kv,
      read: (organization) => readPolicySettings(env, organization),
      list: (organization, page) => listAnswered(openDatabase(env), organization, page),
      tell: (organization, id, policy) => conversationObject(env, organization, id).follow(policy),
      report: (failed) => log.error('policy_incomplete', failed),
      now: () => Date.now(),
      stepIn: (milliseconds) => this.#stepIn(milliseconds),
    });
    this.#reassessment = new Reassessment({
      kv: ctx.storage.kv,
      list: ({ organization, user }, page) =>
        listAssigned(openDatabase(env), organization, user, page),
      ask: (organization, id) => conversationObject(env, organization, id).reassess(),
      report: (failed) => log.error('release_incomplete', failed),
    });
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  /** An agent's socket; the Worker has verified the agent. */
  override async fetch(request: Request): Promise<Response> {
    const { organization_id, id, name, session_id, departments } = agentSchema.parse(
      JSON.parse(request.headers.get(WHO_HEADER) ?? 'null'),
    );
    this.#organization = organization_id;
    const { 0: client, 1: server } = new WebSocketPair();
    const idle = new URL(request.url).searchParams.get('idle') === 'true' || undefined;
    const memory = { id, name, session_id, departments, idle, watching: [] };
    this.#desks.accept(server, memory, subprotocols(request).includes(CHANGES));
    this.#newcomers.push(server);
    this.#presence.request();
    return new Response(null, {
      status: 101,
      webSocket: client,
      headers: selectedProtocol(request),
    });
  }

  /** `ping` is answered by the runtime; what is no frame of a dashboard gets an `error`. */
  override webSocketMessage(socket: WebSocket, raw: string | ArrayBuffer): void {
    const now = Date.now();
    let gate = this.#gates.get(socket);
    if (!gate) {
      const refused = {
        send: (frame: OrganizationFrame) => send(frameText(frame), socket),
        close: (code: number, reason: string) => socket.close(code, reason),
      };
      gate = new Gate(refused, UP_FRAMES, new Bucket(framesOf(quotasOf(this.env)), now));
      this.#gates.set(socket, gate);
    }
    const frame = gate.hear(raw, now);
    if (frame) this.#hear(socket, frame);
  }

  #hear(socket: WebSocket, frame: OrganizationUpFrame): void {
    const memory = this.#desks.memory(socket);
    if (frame.type === 'status') this.#choices.choose(memory.id, frame.status);
    else this.#desks.remember(socket, { ...memory, idle: frame.idle });
    this.#presence.request();
  }

  override webSocketClose(socket: WebSocket, code: number, reason: string): void {
    this.#gone(socket);
    answerClose(socket, code, reason);
  }

  override webSocketError(socket: WebSocket): void {
    this.#gone(socket);
  }

  /**
   * A conversation changed: its agents are told, its row is written, and what its visitor's addresses
   * did is counted. It waits for the row, and never for a conversation. The agents are told before
   * the row is written, with the changes of one flush in one frame (K13).
   */
  async commit({ id, news, traffic, row, policy_version }: Commit): Promise<Answer> {
    if (news) this.#commits.tell(news);
    const regards = traffic ? this.addresses.heard(id, traffic, Date.now()) : [];
    const outcome = row && (await this.#commits.write(row));
    // After the write, during which it may have changed.
    const policy = this.#policies.since(policy_version);
    return { regards, ...(outcome && { row: outcome }), ...(policy && { policy }) };
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

  *#listeners(): Iterable<Listener> {
    for (const socket of this.#desks.open()) {
      yield {
        restricted: () => (this.#desks.isRestricted(socket) ? this.#desks.memory(socket) : null),
        takesChanges: this.#desks.takesChanges(socket),
        send: (text) => send(text, socket),
      };
    }
  }

  /**
   * A visitor opens a session: who is there, and what is held against their address.
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

  /** Tells every agent that something of the organization's set-up was changed. */
  announce(what: SettingsChanged['what']): void {
    const text = frameText({ type: 'setup', what });
    for (const socket of this.#desks.open()) send(text, socket);
  }

  /** Who counts as there now: agents who are online. */
  online(): Person[] {
    return this.#present().online;
  }

  #present(): Presence {
    const alive = [...this.#desks.open()].filter((socket) => this.#isAlive(socket));
    const tabs = alive.map((socket) => this.#desks.memory(socket));
    return presenceOf(tabs, (id) => this.#choices.isAway(id));
  }

  /**
   * Notes that a session opens a conversation's socket. Kept in the attachment of the session's
   * inbox socket, where it costs nothing; in a row where the session has none.
   *
   * @returns milliseconds for which nothing of the agent's was revoked: one that was recognised within
   *   them still is who they were
   */
  async watch(agent: Agent, conversationId: string): Promise<number> {
    const untouched = this.#revocations.untouched(agent.id, Date.now());
    const [socket] = this.#desks.openOf(agent.id, agent.session_id);
    if (!socket) {
      this.#unattended.add(agent.id, agent.session_id, [conversationId]);
      return untouched;
    }
    const memory = this.#desks.memory(socket);
    const { watching, dropped } = watch(memory.watching, conversationId);
    this.#desks.remember(socket, { ...memory, watching });
    // What the inbox forgets would outlive the session: its socket comes back and is known again.
    await this.#endIn(dropped, agent.organization_id, agent.id, agent.session_id, false);
    return untouched;
  }

  /**
   * Ends everything that an agent, or one session of theirs, has open: here and in the
   * conversations. The Worker lets nothing new in.
   *
   * @param sessionId null for all of the agent's sessions
   * @param ends false where the agent stays signed in, and what they may do has changed: their
   *   sockets come back by themselves, and are let in anew
   */
  async revoke(
    organizationId: string,
    userId: string,
    sessionId: string | null,
    ends = true,
  ): Promise<void> {
    this.#revocations.note(userId, Date.now());
    const watched = new Set(this.#unattended.take(userId, sessionId));
    for (const socket of this.#desks.openOf(userId, sessionId)) {
      const memory = this.#desks.memory(socket);
      for (const id of memory.watching) watched.add(id);
      // Nothing is left for `#gone` to remember.
      this.#desks.remember(socket, { ...memory, watching: [] });
      if (ends) socket.close(CloseCode.sessionEnded, 'session_ended');
      else socket.close(COME_BACK, 'come_back');
    }
    this.#presence.request();
    await this.#endIn([...watched], organizationId, userId, sessionId, ends);
  }

  /**
   * Has the conversations that somebody has look who that is: they left, or have another name. Those
   * of the first step have, when it returns; the alarm sees to the rest, and to what failed.
   */
  async reassess(organizationId: string, userId: string): Promise<void> {
    this.#reassessment.begin(organizationId, userId);
    await this.alarm();
  }

  override async alarm(): Promise<void> {
    const waits = await Promise.all([
      this.#reassessment.step(),
      this.#policies.step(),
      this.#attendance.step(this.#present()),
    ]);
    for (const wait of waits) if (wait !== null) await this.#stepIn(wait);
  }

  /** Has the alarm ring in so many milliseconds, unless it rings before. */
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

  async #endIn(
    conversationIds: string[],
    organizationId: string,
    userId: string,
    sessionId: string | null,
    forGood: boolean,
  ): Promise<void> {
    await Promise.all(
      conversationIds.map((id) =>
        conversationObject(this.env, organizationId, id).revoke(userId, sessionId, forGood),
      ),
    );
  }

  /** A page closes its sockets in any order: what it watched outlives its inbox socket. */
  #gone(socket: WebSocket): void {
    const { id, session_id, watching } = this.#desks.memory(socket);
    if (watching.length > 0) this.#unattended.add(id, session_id, watching);
    this.#desks.gone(socket);
    this.#presence.request();
  }

  /** All hear of it when it has changed; else only those who have not heard it yet. */
  #tellPresence(): void {
    const presence = this.#present();
    this.ctx.waitUntil(this.#attendance.note(presence, this.#organization));
    const text = frameText({ type: 'presence', ...presence });
    const all = text === this.#toldPresence ? this.#newcomers : this.#desks.open();
    for (const socket of all) send(text, socket);
    this.#toldPresence = text;
    this.#newcomers = [];
  }

  #isAlive(socket: WebSocket): boolean {
    const pinged = this.ctx.getWebSocketAutoResponseTimestamp(socket);
    return pinged === null || Date.now() - pinged.getTime() < DEAD_AFTER;
  }
}

const UP_FRAMES = new Map<unknown, z.ZodType<OrganizationUpFrame>>(
  organizationUpFrame.options.map((option) => [option.shape.type.value, option]),
);

function send(text: string, socket: WebSocket): void {
  try {
    socket.send(text);
  } catch {
    // It went away in between; its browser fetches its lists when it is back.
  }
}
