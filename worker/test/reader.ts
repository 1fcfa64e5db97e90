import type { Message } from '../../protocol/conversation/message.ts';
import type { DownFrame } from '../../protocol/frames/down.ts';
import type { UpFrame } from '../../protocol/frames/up.ts';
import type { Who } from '../conversation/who.ts';
import type { Server, Wire } from './server.ts';

type Head = Extract<DownFrame, { type: 'welcome' }>['conversation'];
type Draft = { id: string; kind: 'text' | 'note'; body: string };

/**
 * A browser as simple as the protocol allows: one cursor, one outbox, and two queues of frames
 * under way, which are lost when the line drops. Whatever it is told that breaks the protocol, it
 * throws.
 */
export class Reader {
  readonly who: Who;
  readonly #server: Server;
  readonly have = new Map<number, Message>();
  /** Written and not acked, in order. */
  outbox: Draft[] = [];
  /** Everything that was ever sent, for resends. */
  readonly written: Draft[] = [];
  readonly acked = new Map<string, number>();
  readonly refused = new Set<string>();
  head: Head | null = null;
  caughtUp = false;
  wire: Wire | null = null;
  up: string[] = [];
  down: DownFrame[] = [];
  /** The last read mark of each side that this line was told. */
  #marks = { visitor: 0, agent: 0 };

  constructor(server: Server, who: Who) {
    this.#server = server;
    this.who = who;
  }

  get cursor(): number {
    return Math.max(0, ...this.have.keys());
  }

  connect(): void {
    if (this.wire) return;
    this.wire = this.#server.accept(this.who);
    this.wire.deliver = (frame) => this.down.push(frame);
    this.caughtUp = false;
    this.say({ type: 'hello', after: this.cursor });
  }

  /** The line is gone with all that was under way; the server learns of it when it is told. */
  drop(): Wire | null {
    const { wire } = this;
    if (wire) wire.deliver = null;
    this.wire = null;
    this.up = [];
    this.down = [];
    this.caughtUp = false;
    this.#marks = { visitor: 0, agent: 0 };
    return wire;
  }

  write(draft: Draft): void {
    this.outbox.push(draft);
    this.written.push(draft);
    this.send(draft);
  }

  /** Nothing is sent before the line has caught up: its ack would run ahead of the pages to come. */
  send({ id, kind, body }: Draft): void {
    if (!this.caughtUp) return;
    this.say({ type: 'send', id, body, ...(kind === 'note' && { kind }) });
  }

  /** Sends words of its own under an id that somebody else has given. */
  steal(id: string): void {
    const draft: Draft = { id, kind: 'text', body: 'Stolen' };
    this.written.push(draft);
    this.send(draft);
  }

  say(frame: UpFrame): void {
    if (this.wire) this.up.push(JSON.stringify(frame));
  }

  /** The next frame under way arrives here. */
  receive(): void {
    const frame = this.down.shift();
    if (!frame) return;
    switch (frame.type) {
      case 'welcome':
        this.#welcomed(frame);
        break;
      case 'message':
        this.#take(frame.message);
        break;
      case 'ack':
        this.#acked(frame);
        break;
      case 'read':
        if (frame.seq <= this.#marks[frame.reader]) throw new Error('A read mark without news.');
        this.#marks[frame.reader] = frame.seq;
        break;
      case 'conversation':
        this.head = frame.conversation;
        break;
      case 'error':
        // Too fast is not refused: it is sent again after the next welcome.
        if (frame.id && frame.code !== 'rate_limited') this.#refuse(frame.id);
    }
  }

  #welcomed({ conversation, messages, more, last_seq }: Extract<DownFrame, { type: 'welcome' }>) {
    if (messages.some(({ seq }) => this.have.has(seq))) throw new Error('It had these already.');
    this.head = conversation;
    const { agent_read_seq, visitor_read_seq } = conversation;
    this.#marks = { agent: agent_read_seq, visitor: visitor_read_seq };
    for (const message of messages) this.#take(message);
    if (more) {
      this.say({ type: 'hello', after: this.cursor });
      return;
    }
    if (this.cursor !== last_seq) throw new Error('The last page does not reach the last message.');
    this.caughtUp = true;
    for (const draft of this.outbox) this.send(draft);
  }

  #take(message: Message): void {
    const before = this.have.get(message.seq);
    if (before) throw new Error(`Seq ${message.seq} came twice.`);
    if (message.seq < this.cursor) throw new Error(`Seq ${message.seq} came late.`);
    this.have.set(message.seq, message);
    if (this.outbox.some(({ id }) => id === message.id)) this.#settle(message.id, message.seq);
  }

  #acked({ id, seq, sent_at }: Extract<DownFrame, { type: 'ack' }>): void {
    const draft = this.written.find((item) => item.id === id);
    if (!draft) throw new Error('An ack for what was never written here.');
    if (this.have.get(seq)?.id !== id) {
      const sender =
        this.who.role === 'agent'
          ? { kind: 'agent' as const, id: this.who.id, name: this.who.name }
          : { kind: 'visitor' as const, id: 'customer', name: null };
      this.#take({ seq, id, kind: draft.kind, sender, body: draft.body, sent_at });
    }
    this.#settle(id, seq);
  }

  /** P4: however often it was sent, there is one ack. */
  #settle(id: string, seq: number): void {
    const first = this.acked.get(id);
    if (first !== undefined && first !== seq) throw new Error('Acked with two numbers.');
    this.acked.set(id, seq);
    this.outbox = this.outbox.filter((draft) => draft.id !== id);
  }

  #refuse(id: string): void {
    this.refused.add(id);
    this.outbox = this.outbox.filter((draft) => draft.id !== id);
  }
}
