import type { Actor } from '../../../protocol/conversation/actor.ts';
import {
  type Message,
  type Sender,
  withoutActor,
  withoutKnownActor,
} from '../../../protocol/conversation/message.ts';
import { sees } from '../../../protocol/conversation/visibility.ts';
import { type ConversationEvent, describeEvent } from '../../../protocol/events/index.ts';
import type { DownFrame } from '../../../protocol/frames/down.ts';
import type { HumanCheck } from '../../features/human-check/config.ts';
import type { Quotas } from '../../features/quotas/quotas.ts';
import type { Logger } from '../../kernel/log/log.ts';
import { COME_BACK } from '../../kernel/sockets/closing.ts';
import type { Log } from '../log/log.ts';
import type { Peer } from '../sockets/peer.ts';
import {
  agentView,
  append,
  type Founding,
  isPublic,
  markRead,
  type Reader,
  type State,
  visitorView,
} from '../state/state.ts';
import type { Traffic } from '../traffic/traffic.ts';
import type { Who } from '../who.ts';

export type Deps = {
  log: Log;
  /** The sockets that are open now. */
  peers: () => Iterable<Peer>;
  now: () => Date;
  uuid: () => string;
  quotas: Quotas;
  /** Counts what the visitor's addresses say. */
  traffic: Traffic;
  /** The check that suspected visitors must pass; undefined where none is configured. */
  humanCheck?: () => HumanCheck | undefined;
  /**
   * Reserves the place of an open conversation in the database; false where the visitor has another one
   * open in the department. Left out: visitors reopen nothing.
   */
  reservePlace?: () => Promise<boolean>;
  /** Gives that place back: writes the row as the conversation is. */
  releasePlace?: () => void;
  /** The entry up to which the activity log has what was done; undefined where nothing is recorded. */
  recordedSeq?: () => number | undefined;
  /** Something changed that the lists show. */
  changed: () => void;
  /** The log, for why somebody may not have received a message. */
  report?: Logger | undefined;
};

const SYSTEM: Sender = { kind: 'system', id: 'system', name: null };

/**
 * What a conversation is now, and the one way to change it: writing an entry, and then telling
 * everybody. Who may do what, the room decides.
 */
export class Journal {
  readonly deps: Deps;
  #founding: Founding;
  #state: State;
  /** The state that the last row has: `#state` but for the read marks that came since. */
  #storedState: State;

  constructor(deps: Deps, founding: Founding, state: State) {
    this.deps = deps;
    this.#founding = founding;
    this.#state = state;
    this.#storedState = state;
  }

  get founding(): Founding {
    return this.#founding;
  }

  get state(): State {
    return this.#state;
  }

  /** The part of the state that the log has: what a crash leaves. */
  get storedState(): State {
    return this.#storedState;
  }

  /**
   * Whether the log has all that must not be lost. An agent's own mark behind the team's may be: no row
   * is written for it alone.
   */
  get isStored(): boolean {
    return this.#state.version === this.#storedState.version;
  }

  now(): string {
    return this.deps.now().toISOString();
  }

  /** The head as this role may see it. */
  view(role: Who['role']) {
    return role === 'agent'
      ? agentView(this.#founding, this.#state)
      : visitorView(this.#founding, this.#state);
  }

  /**
   * The one place where a seq is given: write, then ack, then everyone else.
   *
   * @param ack called once it is written; the socket that it returns is not sent the message
   * @param further changes more of the state, where that needs the log
   */
  append(
    entry: Omit<Message, 'seq' | 'sent_at' | 'by'> & { by: Actor },
    ack?: (message: Message) => Peer | undefined,
    further: (state: State) => State = (state) => state,
  ): Message {
    const numbered = { ...entry, seq: this.#state.last_seq + 1, sent_at: this.now() };
    const message = withoutKnownActor(numbered);
    const next = this.#withRecorded(further(append(this.#state, message)));
    this.deps.log.append(message, next);
    this.#state = next;
    this.#storedState = next;
    const sender = ack?.(message);
    const forAgents = { type: 'message' as const, message };
    const forVisitor = isPublic(message) && {
      type: 'message' as const,
      message: withoutActor(message),
    };
    for (const peer of this.#listeners()) {
      if (peer === sender) continue;
      if (peer.memory.who.role === 'agent') peer.send(forAgents);
      else if (forVisitor) peer.send(forVisitor);
    }
    this.deps.changed();
    return message;
  }

  #withRecorded(state: State): State {
    const recorded_seq = this.deps.recordedSeq?.();
    if (recorded_seq === state.recorded_seq) return state;
    const { recorded_seq: _, ...rest } = state;
    return recorded_seq === undefined ? rest : { ...rest, recorded_seq };
  }

  /**
   * Writes an event.
   *
   * @param by who did it
   * @param id the event's, where the client chose it, so that a resend is recognised
   * @param further as for `append`
   */
  event(
    by: Actor,
    event: ConversationEvent,
    { id = this.deps.uuid(), further }: { id?: string; further?: (state: State) => State } = {},
  ): Message {
    const body = describeEvent(event);
    const entry = { id, kind: 'event' as const, sender: SYSTEM, by, body, event };
    return this.append(entry, undefined, further);
  }

  /** A change without an entry of its own, kept at once: a mention was seen. One row. */
  replace(state: State): void {
    this.#state = state;
    this.keep();
    this.deps.changed();
  }

  /** Stores what only memory has: read marks. */
  keep(): void {
    this.deps.log.keepState(this.#state);
    this.#storedState = this.#state;
  }

  keepFounding(founding: Founding): void {
    this.#founding = founding;
    this.deps.log.keepFounding(founding);
  }

  /** Moves a read mark, in memory. Returns whether it moved. */
  moveReadMark(reader: Reader, seq: number): boolean {
    const next = markRead(this.#state, reader, seq, this.now());
    if (next === this.#state) return false;
    this.#state = next;
    return true;
  }

  /** How far the visitor has read, or the agents have. */
  sharedMarkOf(role: Who['role']): number {
    return role === 'agent' ? this.#state.agent_read_seq : this.#state.visitor_read_seq;
  }

  broadcast(
    frame: DownFrame,
    { but, to }: { but?: Peer | undefined; to?: Who['role'] | undefined } = {},
  ): void {
    for (const peer of this.#listeners()) {
      if (peer === but) continue;
      if (to && peer.memory.who.role !== to) continue;
      peer.send(frame);
    }
  }

  broadcastHead(): void {
    for (const peer of this.#listeners()) {
      peer.send({ type: 'conversation', conversation: this.view(peer.memory.who.role) });
    }
  }

  /**
   * The sockets that have caught up. The socket of an agent who may not see the conversation any more,
   * since it was handed on, is closed; when it comes back, it gets a 404.
   */
  *#listeners(): Iterable<Peer> {
    for (const peer of this.deps.peers()) {
      const { who, caught_up } = peer.memory;
      if (who.role === 'agent' && !sees(who, this.#state)) peer.close(COME_BACK, 'come_back');
      else if (caught_up) yield peer;
    }
  }
}
