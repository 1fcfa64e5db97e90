import type { DownFrame } from '../../protocol/frames/down.ts';
import type {
  OrganizationFrame,
  OrganizationUpFrame,
} from '../../protocol/frames/organization-socket.ts';
import type { UpFrame } from '../../protocol/frames/up.ts';

type Frame = DownFrame | OrganizationFrame;
type Typed<Type extends Frame['type']> = Extract<Frame, { type: Type }>;

/** A socket's browser end: says frames, and waits for those that come. */
export class TestSocket {
  readonly socket: WebSocket;
  /** Everything that came and was not yet waited for, in order. */
  readonly frames: Frame[] = [];
  closed: { code: number; reason: string } | null = null;
  #wake: () => void = () => {};

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.addEventListener('message', ({ data }) => {
      if (data !== 'pong') this.frames.push(JSON.parse(String(data)));
      this.#wake();
    });
    socket.addEventListener('close', ({ code, reason }) => {
      this.closed = { code, reason };
      this.#wake();
    });
    socket.accept();
  }

  say(frame: UpFrame | OrganizationUpFrame): void {
    this.socket.send(JSON.stringify(frame));
  }

  raw(data: string | ArrayBuffer): void {
    this.socket.send(data);
  }

  /** The next frame of that type; what came before it stays. */
  async next<Type extends Frame['type']>(
    type: Type,
    fits: (frame: Typed<Type>) => boolean = () => true,
  ): Promise<Typed<Type>> {
    const wanted = (frame: Frame): frame is Typed<Type> =>
      frame.type === type && fits(frame as Typed<Type>);
    await this.#until(() => this.frames.some(wanted));
    const frame = this.frames.find(wanted);
    if (!frame) throw new Error('It was there a moment ago.');
    this.frames.splice(this.frames.indexOf(frame), 1);
    return frame;
  }

  /** Says `hello` and answers the welcome. */
  async hello(after = 0): Promise<Typed<'welcome'>> {
    this.say({ type: 'hello', after });
    return this.next('welcome');
  }

  /** Sends a message and answers its ack. */
  async send(body: string, options: { id?: string; kind?: 'text' | 'note' } = {}) {
    const id = options.id ?? crypto.randomUUID();
    this.say({ type: 'send', body, ...options, id });
    return this.next('ack', (ack) => ack.id === id);
  }

  /** Waits until the other end has handled all that was said: an answer to a frame of no effect. */
  async settle(): Promise<void> {
    this.raw('{"type":"settle"}');
    await this.next('error', ({ code }) => code === 'unknown_type');
  }

  async gone(): Promise<{ code: number; reason: string }> {
    await this.#until(() => this.closed !== null);
    if (!this.closed) throw new Error('It was closed a moment ago.');
    return this.closed;
  }

  close(): void {
    this.socket.close(1000);
  }

  async #until(done: () => boolean): Promise<void> {
    const deadline = Date.now() + 5_000;
    while (!done()) {
      if (Date.now() > deadline) {
        throw new Error(`Waited in vain; there is ${JSON.stringify(this.frames)}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 250);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
}
