import type { z } from 'zod';
import type { errorDown } from '../../../protocol/frames/down.ts';
import { MAX_FRAME_LENGTH } from '../../../protocol/limits.ts';
import { CloseCode } from '../../../protocol/version.ts';
import type { Bucket } from '../bucket.ts';
import { ERRORS, type ErrorCode } from '../errors.ts';

/** Refused frames in a row after which the socket is closed. */
export const STRIKES = 50;

/** The end of a socket that gets a refusal. */
type Refused = {
  send(frame: z.infer<typeof errorDown>): void;
  close(code: number, reason: string): void;
};

/** Why a frame goes no further; `closeCode` is for those who go on like that. */
type Refusal = { code: ErrorCode; closeCode: number; id?: string | undefined; message?: string };

/**
 * What stands between a socket and those who act on its frames. A frame that is wrong gets an
 * `error`; a socket that sends `STRIKES` of them in a row is closed. Fields that a frame's schema
 * does not name are ignored, so that a newer browser may speak to an older Worker. The counts live
 * in memory only: an object that slept has heard nothing for ten seconds, in which the bucket refills.
 */
export class Gate<Frame> {
  readonly #socket: Refused;
  readonly #schemas: ReadonlyMap<unknown, z.ZodType<Frame>>;
  readonly #bucket: Bucket;
  #strikes = 0;

  /**
   * @param schemas each type of frame that is understood
   * @param bucket how fast frames may come; one person's sockets may share it
   */
  constructor(socket: Refused, schemas: ReadonlyMap<unknown, z.ZodType<Frame>>, bucket: Bucket) {
    this.#socket = socket;
    this.#schemas = schemas;
    this.#bucket = bucket;
  }

  /** The frame that came over the wire; null once it was refused. */
  hear(raw: string | ArrayBuffer, now: number): Frame | null {
    // Closed; what was on its way is not heard, since no ack would arrive.
    if (this.#strikes > STRIKES) return null;
    const frame = this.#bucket.take(now) ? understand(raw, this.#schemas) : flooded(raw);
    if ('frame' in frame) {
      this.#strikes = 0;
      return frame.frame;
    }
    this.#refuse(frame);
    return null;
  }

  #refuse({ code, closeCode, id, message = ERRORS[code][1] }: Refusal): void {
    this.#strikes += 1;
    this.#socket.send({ type: 'error', code, message, ...(id !== undefined && { id }) });
    if (this.#strikes > STRIKES) this.#socket.close(closeCode, code);
  }
}

function understand<Frame>(
  raw: string | ArrayBuffer,
  schemas: ReadonlyMap<unknown, z.ZodType<Frame>>,
): { frame: Frame } | Refusal {
  const closeCode = CloseCode.protocolViolated;
  if (typeof raw !== 'string') return { code: 'malformed_frame', closeCode };
  if (raw.length > MAX_FRAME_LENGTH) {
    return { code: 'frame_too_large', closeCode: CloseCode.frameTooLarge };
  }
  const json = parse(raw);
  const type = typeOf(json);
  if (type === undefined) return { code: 'malformed_frame', closeCode };
  const schema = schemas.get(type);
  if (!schema) return { code: 'unknown_type', closeCode };
  const parsed = schema.safeParse(json);
  if (parsed.success) return { frame: parsed.data };
  const [issue] = parsed.error.issues;
  const message = `${issue?.path.join('.')}: ${issue?.message}`;
  return { code: 'validation_failed', closeCode, id: idOf(raw), message };
}

function flooded(raw: string | ArrayBuffer): Refusal {
  return { code: 'rate_limited', closeCode: CloseCode.flooded, id: idOf(raw) };
}

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
