import { PING_SECONDS } from '../../../protocol/limits.ts';
import { Throttle } from '../../kernel/throttle.ts';
import { type Presence, presenceOf } from '../presence.ts';
import { frameText } from './broadcast.ts';
import { type AgentSockets, send } from './sockets.ts';

/**
 * A tab that has not pinged for so long is dead, though the runtime may still list it: three pings
 * missed.
 */
const DEAD_AFTER = 3 * PING_SECONDS * 1000;

/**
 * Milliseconds between two `presence` frames: when a whole team opens its dashboards, each need not
 * get a frame for each of the others.
 */
const PRESENCE_SPACING = 500;

type Deps = {
  sockets: AgentSockets;
  /** Whether the agent with this id chose to be away. */
  isAway: (id: string) => boolean;
  /** When the tab pinged last; null: not yet. */
  pingedAt: (socket: WebSocket) => Date | null;
  /** Called with what is sent, also where nothing has changed. */
  sending: (presence: Presence) => void;
};

/** Sends the agents who of them is online and who is away, whenever that changes. */
export class PresenceFeed {
  readonly #deps: Deps;
  readonly #throttle = new Throttle(PRESENCE_SPACING, () => this.#send());
  /** The frame that was sent last, and the sockets that have not got it. */
  #sentText = '';
  #newcomers: WebSocket[] = [];

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Sends the presence to a socket that was just accepted, and to the others where it changed. */
  welcome(socket: WebSocket): void {
    this.#newcomers.push(socket);
    this.update();
  }

  /** To be called when the presence may have changed. */
  update(): void {
    this.#throttle.request();
  }

  current(): Presence {
    const { sockets, isAway } = this.#deps;
    const alive = [...sockets.open()].filter((socket) => this.#isAlive(socket));
    return presenceOf(
      alive.map((socket) => sockets.memory(socket)),
      isAway,
    );
  }

  /** To all agents when it has changed; otherwise only to those who have not got it yet. */
  #send(): void {
    const presence = this.current();
    this.#deps.sending(presence);
    const text = frameText({ type: 'presence', ...presence });
    const receivers = text === this.#sentText ? this.#newcomers : this.#deps.sockets.open();
    for (const socket of receivers) send(text, socket);
    this.#sentText = text;
    this.#newcomers = [];
  }

  #isAlive(socket: WebSocket): boolean {
    const pinged = this.#deps.pingedAt(socket);
    return pinged === null || Date.now() - pinged.getTime() < DEAD_AFTER;
  }
}
