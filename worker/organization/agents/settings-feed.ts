import type { LiveKind } from '../../../protocol/resources/live.ts';
import { ChangeVersions, type VersionsDeps } from '../change-versions.ts';
import { frameText } from './broadcast.ts';
import { framesOf, type SettingChange } from './setting-change.ts';
import { type AgentSockets, send } from './sockets.ts';

/** Numbers the changes of the organization's settings, and tells dashboards about them. */
export class SettingsFeed {
  readonly #sockets: AgentSockets;
  readonly #versions: ChangeVersions;

  constructor(sockets: AgentSockets, versions: VersionsDeps) {
    this.#sockets = sockets;
    this.#versions = new ChangeVersions(versions);
  }

  /** The number of a change that was just written. */
  next(what: LiveKind): number {
    return this.#versions.next(what);
  }

  /** Tells a socket that was just accepted which changes there have been. */
  welcome(socket: WebSocket): void {
    send(frameText({ type: 'versions', versions: this.#versions.current() }), socket);
  }

  /** Each agent gets the records that they may read. */
  tell(change: SettingChange): void {
    const textFor = framesOf(change);
    for (const socket of this.#sockets.open()) {
      const text = textFor(this.#sockets.memory(socket));
      if (text !== null) send(text, socket);
    }
  }

  /** Every dashboard loads the list again: the records are not at hand. */
  announce(what: LiveKind): void {
    const text = frameText({ type: 'setup', what, version: this.#versions.next(what) });
    for (const socket of this.#sockets.open()) send(text, socket);
  }
}
