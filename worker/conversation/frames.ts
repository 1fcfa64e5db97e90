import type { z } from 'zod';
import type { DownFrame } from '../../protocol/down.ts';
import { MAX_FRAME_LENGTH } from '../../protocol/limits.ts';
import { type UpFrame, upFrame } from '../../protocol/up.ts';
import { CloseCode } from '../../protocol/version.ts';
import { ERRORS, type ErrorCode, FoyerError } from '../errors.ts';
import { Bucket, STRIKES } from './flood.ts';
import type { Peer } from './peer.ts';
import type { Room } from './room.ts';

/**
 * What one socket says, frame by frame. A frame that is wrong gets an `error` and reaches nobody;
 * whoever goes on with it is thrown out. The counts live in memory only: an object that slept has
 * heard nothing for ten seconds, in which the bucket refills.
 */
export class Listener {
  readonly #room: Room;
  readonly #peer: Peer;
  readonly #bucket: Bucket;
  #strikes = 0;

  constructor(room: Room, peer: Peer, now: number) {
    this.#room = room;
    this.#peer = peer;
    this.#bucket = new Bucket(now);
  }

  /** Handles one frame as it came over the wire. Throws nothing that a browser could cause. */
  hear(raw: string | ArrayBuffer, now: number): void {
    // Thrown out; what was on its way is heard no more, since no ack would arrive.
    if (this.#strikes > STRIKES) return;
    const heard = this.#bucket.take(now) ? understand(raw) : flooded(raw);
    if ('refused' in heard) {
      this.#refuse(heard);
      return;
    }
    this.#strikes = 0;
    switch (heard.type) {
      case 'hello':
        this.#room.welcome(this.#peer, heard.after);
        break;
      case 'send':
        this.#send(heard);
        break;
      case 'typing':
        this.#room.typing(this.#peer, heard.typing, heard.note);
        break;
      case 'page':
        this.#room.moved(this.#peer, { url: heard.url, title: heard.title });
        break;
      case 'read':
        this.#room.read(this.#peer, heard.seq);
        break;
    }
  }

  #send({ id, body, kind = 'text', mentions }: SendFrame): void {
    try {
      const ack = this.#room.post(this.#peer.memory.who, { id, body, kind, mentions }, this.#peer);
      // A first message was acked as it was written; a resend hears of it here.
      if (!ack.first) {
        this.#peer.send({ type: 'ack', id, seq: ack.seq, sent_at: ack.sent_at });
      }
    } catch (error) {
      if (!(error instanceof FoyerError)) throw error;
      this.#peer.send({ type: 'error', code: error.code, message: error.message, id });
    }
  }

  #refuse({ refused: code, closeCode, id, message }: Refusal): void {
    this.#strikes += 1;
    const frame: DownFrame = { type: 'error', code, message: message ?? ERRORS[code][1] };
    this.#peer.send(id === undefined ? frame : { ...frame, id });
    if (this.#strikes > STRIKES) this.#peer.close(closeCode, code);
  }
}

/** Why a frame goes no further; `closeCode` is for those who go on like that. */
type Refusal = { refused: ErrorCode; closeCode: number; id?: string | undefined; message?: string };

/** The schema of each type of frame: of a union, zod would look for it once more. */
const schemas = new Map<unknown, z.ZodType<UpFrame>>(
  upFrame.options.map((option) => [option.shape.type.value, option]),
);

function understand(raw: string | ArrayBuffer): UpFrame | Refusal {
  const closeCode = CloseCode.protocolViolated;
  if (typeof raw !== 'string') return { refused: 'malformed_frame', closeCode };
  if (raw.length > MAX_FRAME_LENGTH) {
    return { refused: 'frame_too_large', closeCode: CloseCode.frameTooLarge };
  }
  const json = parse(raw);
  const type = typeOf(json);
  if (type === undefined) return { refused: 'malformed_frame', closeCode };
  const schema = schemas.get(type);
  if (!schema) return { refused: 'unknown_type', closeCode };
  const frame = schema.safeParse(json);
  if (frame.success) return frame.data;
  const [issue] = frame.error.issues;
  const message = `${issue?.path.join('.')}: ${issue?.message}`;
  return { refused: 'validation_failed', closeCode, id: idOf(raw), message };
}

function flooded(raw: string | ArrayBuffer): Refusal {
  return { refused: 'rate_limited', closeCode: CloseCode.flooded, id: idOf(raw) };
}

type SendFrame = Extract<UpFrame, { type: 'send' }>;

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function typeOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null && 'type' in json ? json.type : undefined;
}

/** The id of a refused `send`, so that its sender knows which message was refused. */
function idOf(raw: string | ArrayBuffer): string | undefined {
  if (typeof raw !== 'string' || raw.length > MAX_FRAME_LENGTH) return undefined;
  const json = parse(raw);
  if (typeof json !== 'object' || json === null || !('id' in json)) return undefined;
  return typeof json.id === 'string' ? json.id.slice(0, 64) : undefined;
}
