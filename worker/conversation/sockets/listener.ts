import type { z } from 'zod';
import { type UpFrame, upFrame } from '../../../protocol/frames/up.ts';
import type { Bucket } from '../../kernel/bucket.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { Gate } from '../../kernel/sockets/frame-gate.ts';
import type { Room } from '../room/room.ts';
import type { Peer } from './peer.ts';

/** Handles the frames of one socket. A wrong frame gets an `error` and has no effect. */
export class Listener {
  readonly #room: Room;
  readonly #peer: Peer;
  readonly #gate: Gate<UpFrame>;
  /** The work on the last frame, while that waits; later frames wait for it. */
  #pending: Promise<void> | null = null;

  constructor(room: Room, peer: Peer, bucket: Bucket) {
    this.#room = room;
    this.#peer = peer;
    this.#gate = new Gate(peer, schemas, bucket);
  }

  /**
   * Handles one frame as it came over the wire. Throws nothing that a browser could cause.
   *
   * @returns when it is done, where the organization's object has to be asked first; frames keep
   *   their order, and the gate bounds how many wait
   */
  receive(raw: string | ArrayBuffer, now: number): Promise<void> | null {
    const frame = this.#gate.hear(raw, now);
    if (!frame) return null;
    const work = this.#pending ? this.#pending.then(() => this.#act(frame)) : this.#act(frame);
    if (!work) return null;
    const pending = work.then(() => {
      if (this.#pending === pending) this.#pending = null;
    });
    this.#pending = pending;
    return pending;
  }

  #act(frame: UpFrame): Promise<void> | null {
    switch (frame.type) {
      case 'hello':
        this.#room.welcome(this.#peer, frame.after);
        break;
      case 'send': {
        const ready = this.#room.readyForMessage(this.#peer.memory.who, frame.body);
        if (ready) return ready.then(() => this.#send(frame));
        this.#send(frame);
        break;
      }
      case 'typing':
        this.#room.presence.typing(this.#peer, frame.typing, frame.note);
        break;
      case 'page':
        this.#room.presence.moved(this.#peer, { url: frame.url, title: frame.title });
        break;
      case 'read':
        this.#room.presence.read(this.#peer, frame.seq);
        break;
    }
    return null;
  }

  #send({ id, body, kind = 'text', mentions }: SendFrame): void {
    try {
      const ack = this.#room.post(this.#peer.memory.who, { id, body, kind, mentions }, this.#peer);
      // A new message was acked when it was written; a resend is acked here.
      if (!ack.first) {
        this.#peer.send({ type: 'ack', id, seq: ack.seq, sent_at: ack.sent_at });
      }
    } catch (error) {
      if (!(error instanceof FoyerError)) throw error;
      const { code, message, retryAfter: retry_after, siteKey: site_key } = error;
      const more = { ...(retry_after && { retry_after }), ...(site_key && { site_key }) };
      this.#peer.send({ type: 'error', code, message, id, ...more });
    }
  }
}

/** The schema of each type of frame: of a union, zod would look for it once more. */
const schemas = new Map<unknown, z.ZodType<UpFrame>>(
  upFrame.options.map((option) => [option.shape.type.value, option]),
);

type SendFrame = Extract<UpFrame, { type: 'send' }>;
