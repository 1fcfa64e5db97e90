import { CloseCode } from '../../../protocol/version.ts';
import { framesOf, type Quotas } from '../../features/quotas/quotas.ts';
import { Bucket } from '../../kernel/bucket.ts';
import { COME_BACK } from '../../kernel/sockets/closing.ts';
import type { Room } from '../room/room.ts';
import type { Who } from '../who.ts';
import { Listener } from './listener.ts';
import type { Sockets } from './sockets.ts';

/** Frames of all sockets: checks that the sender may still act, and hands each to its socket's listener. */
export class IncomingFrames {
  readonly #sockets: Sockets;
  readonly #quotas: Quotas;
  readonly #listeners = new WeakMap<WebSocket, Listener>();
  /** How fast the visitor's frames may come, over all of their sockets together. */
  #visitorFrames: Bucket | undefined;

  constructor(sockets: Sockets, quotas: Quotas) {
    this.#sockets = sockets;
    this.#quotas = quotas;
  }

  /** @param room the conversation; null where nobody created it */
  receive(
    room: Room | null,
    socket: WebSocket,
    raw: string | ArrayBuffer,
  ): Promise<void> | undefined {
    if (!room) {
      socket.close(CloseCode.sessionEnded, 'not_found');
      return undefined;
    }
    const now = Date.now();
    const peer = this.#sockets.peer(socket);
    const { who } = peer.memory;
    // The frame was on its way while the conversation was handed on.
    if (!room.admits(who)) {
      socket.close(COME_BACK, 'come_back');
      return undefined;
    }
    const refusal = room.refusalOf(who, now);
    if (refusal) {
      socket.close(refusal === 'blocked' ? CloseCode.blocked : COME_BACK, refusal);
      return undefined;
    }
    let listener = this.#listeners.get(socket);
    if (!listener) {
      listener = new Listener(room, peer, this.#frames(who.role, now));
      this.#listeners.set(socket, listener);
    }
    return listener.receive(raw, now) ?? undefined;
  }

  #frames(role: Who['role'], now: number): Bucket {
    if (role === 'agent') return new Bucket(framesOf(this.#quotas), now);
    this.#visitorFrames ??= new Bucket(framesOf(this.#quotas), now);
    return this.#visitorFrames;
  }
}
