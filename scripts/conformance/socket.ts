import { WebSocket } from 'ws';
import { valueAt } from './placeholders.ts';

/** How a socket ended. */
export type End = { code: number; reason: string };

/** A frame of no effect: it is answered once everything before it was handled. */
const BARRIER = '{"type":"conformance_barrier"}';

/** A client's socket, which keeps what comes until a step takes it. */
export class ClientSocket {
  readonly #socket: WebSocket;
  readonly #timeout: number;
  #frames: unknown[] = [];
  #texts: string[] = [];
  #end: End | null = null;
  #wake: () => void = () => {};

  private constructor(socket: WebSocket, timeout: number) {
    this.#socket = socket;
    this.#timeout = timeout;
    socket.on('message', (data) => this.#take(`${data}`));
    socket.on('close', (code, reason) => {
      this.#end = { code, reason: `${reason}` };
      this.#wake();
    });
    // A connection that breaks is told by its close event.
    socket.on('error', () => {});
  }

  /**
   * Opens a socket.
   *
   * @returns the socket, or the HTTP answer where the upgrade was refused
   */
  static open(
    url: string,
    protocols: string[],
    headers: Record<string, string>,
    timeout: number,
  ): Promise<ClientSocket | { status: number; body: string }> {
    return new Promise((done, fail) => {
      const raw = new WebSocket(url, protocols, { headers, handshakeTimeout: timeout });
      const socket = new ClientSocket(raw, timeout);
      raw.once('open', () => done(socket));
      raw.once('error', fail);
      raw.once('unexpected-response', (_request, response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          body += part;
        });
        response.on('end', () => done({ status: response.statusCode ?? 0, body }));
      });
    });
  }

  send(data: string | Buffer): void {
    this.#socket.send(data);
  }

  close(): void {
    this.#socket.close(1000);
  }

  /** Ends it at once, whatever the other side says. */
  end(): void {
    this.#socket.terminate();
  }

  /** The next frame of a type. @throws Error where none comes */
  async next(type: string): Promise<unknown> {
    const isOfType = (frame: unknown) => valueAt(frame, 'type') === type;
    await this.#until(() => this.#frames.some(isOfType), `a frame of the type ${type}`);
    const index = this.#frames.findIndex(isOfType);
    return this.#frames.splice(index, 1)[0];
  }

  /** The next text that is no JSON object. */
  async nextText(): Promise<string> {
    await this.#until(() => this.#texts.length > 0, 'a text');
    return this.#texts.shift() ?? '';
  }

  /** The frames that are waiting, once the server has handled all that was sent here. */
  async settled(): Promise<readonly unknown[]> {
    this.send(BARRIER);
    const isAnswer = (frame: unknown) => valueAt(frame, 'code') === 'unknown_type';
    await this.#until(() => this.#frames.some(isAnswer), 'the answer to an unknown frame');
    const index = this.#frames.findIndex(isAnswer);
    this.#frames.splice(index, 1);
    return this.#frames;
  }

  /** How it was closed. */
  async closed(): Promise<End> {
    await this.#until(() => this.#end !== null, 'the end of the socket');
    return this.#end ?? { code: 1006, reason: '' };
  }

  #take(text: string): void {
    const frame = text.startsWith('{') ? JSON.parse(text) : null;
    if (frame === null) this.#texts.push(text);
    else this.#frames.push(frame);
    this.#wake();
  }

  #until(isThere: () => boolean, what: string): Promise<void> {
    return new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`${what} did not come`)), this.#timeout);
      const finish = (error?: Error) => {
        clearTimeout(timer);
        this.#wake = () => {};
        if (error) fail(error);
        else done();
      };
      this.#wake = () => {
        if (isThere()) finish();
        else if (this.#end) {
          const { code, reason } = this.#end;
          finish(new Error(`the socket closed with ${code} ${reason}, and ${what} did not come`));
        }
      };
      this.#wake();
    });
  }
}
