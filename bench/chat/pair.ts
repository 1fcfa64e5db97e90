import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';

/** A contender's format of a message; every answer names the message's id. */
export type Write = (id: string, body: string) => string;

const BODY = 'Hello, I have a question about my last order: could you look into it, please?';

/** Two people in one conversation: one sends and waits until the other has received. */
export class Pair {
  readonly #sender: WebSocket;
  readonly #write: Write;
  #id = '';
  #sentAt = 0;
  #latency = 0;
  /** The outstanding ack and receipt. */
  #awaited = 0;
  #done: (latency: number) => void = () => {};
  #fail: (error: Error) => void = () => {};

  constructor(sender: WebSocket, receiver: WebSocket, write: Write) {
    this.#sender = sender;
    this.#write = write;
    sender.on('message', (data) => this.#hear(data.toString()));
    for (const socket of [sender, receiver]) {
      socket.on('close', (code) => this.#fail(new Error(`A socket was closed with ${code}.`)));
    }
    receiver.on('message', (data) => {
      if (this.#hear(data.toString())) this.#latency = performance.now() - this.#sentAt;
    });
  }

  /**
   * Sends one message.
   *
   * @returns milliseconds until the other had it, once its sender also has the ack
   */
  say(): Promise<number> {
    this.#id = randomUUID();
    this.#awaited = 2;
    return new Promise((done, fail) => {
      this.#done = done;
      this.#fail = fail;
      this.#sentAt = performance.now();
      this.#sender.send(this.#write(this.#id, BODY));
    });
  }

  #hear(text: string): boolean {
    if (this.#id === '' || !text.includes(this.#id)) return false;
    this.#awaited -= 1;
    // The caller measures the receipt's time; both are done before the next message.
    if (this.#awaited === 0) queueMicrotask(() => this.#done(this.#latency));
    return true;
  }
}

/** The results of one closed loop: each pair sends its next message when the last was received. */
export type Load = { messages: number; seconds: number; latencies: number[] };

/** Runs the loop; the first `warmUp` milliseconds are not counted. */
export async function runLoop(
  pairs: readonly Pair[],
  { warmUp, milliseconds }: { warmUp: number; milliseconds: number },
): Promise<Load> {
  const from = performance.now() + warmUp;
  const until = from + milliseconds;
  const latencies: number[] = [];
  const loops = Promise.all(
    pairs.map(async (pair) => {
      for (let now = performance.now(); now < until; now = performance.now()) {
        const latency = await pair.say();
        const heard = performance.now();
        if (heard >= from && heard < until) latencies.push(latency);
      }
    }),
  );
  await within(loops, warmUp + milliseconds + PATIENCE);
  return { messages: latencies.length, seconds: milliseconds / 1000, latencies };
}

/** Milliseconds after which an unreceived message counts as lost, on a busy machine. */
const PATIENCE = 60_000;

async function within(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(
      () => fail(new Error('A message was not heard or not acked.')),
      milliseconds,
    );
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
