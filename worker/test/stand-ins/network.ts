import type { DownFrame } from '../../../protocol/frames/down.ts';
import type { Who } from '../../conversation/who.ts';
import type { Server, Wire } from '../server.ts';

/**
 * A network between real clients and the real room: each frame takes its time, frames keep their
 * order, and a line that breaks loses all that was under way in both directions.
 */
export class Network {
  readonly server: Server;
  readonly #who: Who;
  readonly #latency: () => number;
  readonly #lines = new Set<Line>();
  /** Refuses every new line, as an outage does. */
  down = false;

  constructor(server: Server, who: Who, latency: () => number) {
    this.server = server;
    this.#who = who;
    this.#latency = latency;
  }

  /** A new line, which is what the client sees as a `WebSocket`. */
  connect(): Line {
    const line = new Line(this.server, this.#who, this.#latency);
    this.#lines.add(line);
    line.begin(this.down);
    return line;
  }

  /** Breaks every connection; the browser is told at once or never, the server when it notices. */
  cut(silently: boolean): void {
    for (const line of this.#lines) line.cut(silently);
    this.#lines.clear();
  }
}

class Line {
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  readonly #server: Server;
  readonly #who: Who;
  readonly #latency: () => number;
  #wire: Wire | null = null;
  #whole = true;
  /** Whether anybody still listens at the browser's end. */
  #heard = true;
  /** When the last frame of each direction arrives: none overtakes another. */
  #arrival = { up: 0, down: 0 };

  constructor(server: Server, who: Who, latency: () => number) {
    this.#server = server;
    this.#who = who;
    this.#latency = latency;
  }

  begin(refused: boolean): void {
    this.#later('down', () => {
      if (refused) {
        this.cut(false);
        return;
      }
      this.#wire = this.#server.accept(this.#who);
      this.#wire.deliver = (frame) => this.#hear(frame);
      this.onopen?.();
    });
  }

  send(text: string): void {
    this.#later('up', () => {
      if (text === 'ping') this.#later('down', () => this.onmessage?.({ data: 'pong' }));
      else if (this.#wire) this.#server.hear(this.#wire, text);
    });
  }

  /** The browser leaves: it hears nothing more, but what it has said still arrives, and then the end. */
  close(): void {
    this.#heard = false;
    this.#later('up', () => this.#break());
  }

  cut(silently: boolean): void {
    if (!this.#whole) return;
    this.#break();
    if (!silently && this.#heard) this.onclose?.({ code: 1006, reason: '' });
  }

  #hear(frame: DownFrame): void {
    this.#later('down', () => this.onmessage?.({ data: JSON.stringify(frame) }));
  }

  #later(direction: 'up' | 'down', work: () => void): void {
    const at = Math.max(Date.now() + this.#latency(), this.#arrival[direction]);
    this.#arrival[direction] = at;
    setTimeout(() => {
      if (this.#whole && (direction === 'up' || this.#heard)) work();
    }, at - Date.now());
  }

  #break(): void {
    this.#whole = false;
    const wire = this.#wire;
    this.#wire = null;
    if (!wire) return;
    wire.deliver = null;
    setTimeout(() => {
      if (this.#server.wires.has(wire)) this.#server.notice(wire);
    }, 500);
  }
}
