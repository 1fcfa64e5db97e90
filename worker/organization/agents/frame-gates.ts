import type { z } from 'zod';
import {
  type OrganizationFrame,
  type OrganizationUpFrame,
  organizationUpFrame,
} from '../../../protocol/frames/organization-socket.ts';
import { Bucket, type Rate } from '../../kernel/bucket.ts';
import { Gate } from '../../kernel/sockets/frame-gate.ts';
import { frameText } from './broadcast.ts';
import { send } from './sockets.ts';

const UP_FRAMES = new Map<unknown, z.ZodType<OrganizationUpFrame>>(
  organizationUpFrame.options.map((option) => [option.shape.type.value, option]),
);

/** Checks the frames of dashboards; each socket has a gate of its own. */
export class FrameGates {
  readonly #gates = new WeakMap<WebSocket, Gate<OrganizationUpFrame>>();
  readonly #rate: () => Rate;

  /** @param rate how fast the frames of one socket may come */
  constructor(rate: () => Rate) {
    this.#rate = rate;
  }

  /**
   * @param now milliseconds since 1970
   * @returns the frame; null where it was refused and its socket got an `error`
   */
  hear(socket: WebSocket, raw: string | ArrayBuffer, now: number): OrganizationUpFrame | null {
    let gate = this.#gates.get(socket);
    if (!gate) {
      const refused = {
        send: (frame: OrganizationFrame) => send(frameText(frame), socket),
        close: (code: number, reason: string) => socket.close(code, reason),
      };
      gate = new Gate(refused, UP_FRAMES, new Bucket(this.#rate(), now));
      this.#gates.set(socket, gate);
    }
    return gate.hear(raw, now);
  }
}
