import { expect } from 'vitest';
import type { Message } from '../../protocol/conversation/message.ts';
import type { DownFrame } from '../../protocol/frames/down.ts';
import { PAGE_OF_MESSAGES } from '../../protocol/limits.ts';
import type { State } from '../conversation/state/state.ts';
import { FoyerError } from '../kernel/errors.ts';
import { Reader } from './reader.ts';
import { type Action, type Entry, Reference } from './reference.ts';
import { agentNamed, BY, Server, VISITOR, type Wire } from './server.ts';
import type { Step } from './steps.ts';

const AMOS = agentNamed('Amos');
const BEA = agentNamed('Bea');
/** Two tabs of the visitor, and two agents; `steps.ts` knows how many they are. */
const PEOPLE = [VISITOR, VISITOR, AMOS, BEA];

/** A history of one conversation: the real room, listener and log against a plain list. */
export class History {
  readonly #reference = new Reference();
  readonly #server: Server;
  readonly #readers: Reader[];
  /** Lines that dropped and of which the object does not know. */
  readonly #vanished: Wire[] = [];
  #ids = 0;
  #told: State;

  constructor() {
    this.#server = new Server(() => this.#id());
    this.#told = this.#server.room.state;
    this.#readers = PEOPLE.map((person) => new Reader(this.#server, person));
    this.#server.watch = (wire, frame) => this.#watch(wire, frame);
    this.#server.changed = () => {
      const { state } = this.#server.room;
      // What the lists are told: what differs has a higher number.
      if (state.version === this.#told.version) expect(state).toEqual(this.#told);
      else expect(state.version).toBeGreaterThan(this.#told.version);
      this.#told = state;
    };
  }

  take(step: Step): void {
    switch (step.do) {
      case 'connect':
        this.#reader(step.who).connect();
        break;
      case 'write':
        this.#write(step.who, step.note);
        break;
      case 'resend': {
        const draft = this.#written(step.who, step.which);
        if (draft) this.#reader(step.who).send(draft);
        break;
      }
      case 'steal': {
        const draft = this.#written(step.who + 1, step.which);
        if (draft) this.#reader(step.who).steal(draft.id);
        break;
      }
      case 'post':
        this.#post(step.who, step.which);
        break;
      case 'up':
        for (let n = 0; n < step.some; n += 1) this.#up(this.#reader(step.who));
        break;
      case 'down':
        for (let n = 0; n < step.some; n += 1) this.#down(this.#reader(step.who));
        break;
      case 'read': {
        const reader = this.#reader(step.who);
        reader.say({ type: 'read', seq: Math.max(0, reader.cursor + 1 - step.back) });
        break;
      }
      case 'type':
        this.#reader(step.who).say({ type: 'typing', typing: true });
        break;
      case 'drop': {
        const wire = this.#reader(step.who).drop();
        if (wire) this.#vanished.push(wire);
        break;
      }
      case 'notice':
        this.#notice(step.asleep);
        break;
      case 'evict':
        this.#server.evict();
        this.#compare();
        break;
      case 'crash':
        this.#crash();
        break;
      case 'many':
        this.#many(step.who);
        break;
      case 'full':
        this.#server.disk.full = step.full;
        break;
      case 'act':
        this.#act(step.action);
        break;
      case 'wait':
        this.#server.now += step.ms;
    }
  }

  /** Everybody comes back and hears all; then everything must agree. */
  settle(): void {
    this.#server.disk.full = false;
    this.#act({ type: 'reopen' });
    this.#server.evict();
    for (const reader of this.#readers) {
      reader.connect();
      // What the disk had no room for, or what was too fast, is sent again after a reconnect.
      for (let round = 0; round < 3; round += 1) {
        this.#exchange();
        if (reader.outbox.length === 0) break;
        this.#server.now += 10_000;
        const wire = reader.drop();
        if (wire) this.#server.notice(wire);
        this.#reference.keep();
        reader.connect();
      }
    }
    this.#exchange();
    this.#compare();
    for (const reader of this.#readers) {
      expect(reader.outbox).toEqual([]);
      expect([...reader.have.values()]).toEqual(this.#stored(reader.who.role));
      expect(reader.head).toMatchObject(headOf(this.#server.room.view(reader.who.role)));
      for (const [id, seq] of reader.acked) expect(this.#reference.log[seq - 1]?.id).toBe(id);
    }
  }

  #exchange(): void {
    while (this.#readers.some(({ up, down }) => up.length + down.length > 0)) {
      for (const reader of this.#readers) {
        this.#up(reader);
        this.#down(reader);
      }
    }
  }

  #write(index: number, note: boolean): void {
    const reader = this.#reader(index);
    const kind = note && reader.who.role === 'agent' ? 'note' : 'text';
    reader.write({ id: this.#id(), kind, body: `${kind} ${this.#ids}` });
  }

  #up(reader: Reader): void {
    const raw = reader.up.shift();
    const { wire } = reader;
    if (raw === undefined || !wire) return;
    const frame = JSON.parse(raw);
    const length = this.#reference.log.length;
    try {
      this.#server.hear(wire, raw);
    } catch (error) {
      // The object dies of a disk that is full; what it was about to say is not sent.
      if (!this.#server.disk.full) throw error;
      if (this.#server.room.state.last_seq !== length) throw error;
      return;
    }
    if (frame.type === 'send') {
      const { id, kind = 'text', body } = frame;
      const outcome = this.#reference.send(reader.who, id, kind, body);
      const [answer] = this.#answers(reader, id);
      if ('seq' in outcome) expect(answer).toMatchObject({ type: 'ack', seq: outcome.seq });
      else if ('refused' in outcome) {
        expect(answer).toMatchObject({ type: 'error', code: outcome.refused });
      }
    } else if (frame.type === 'read') this.#reference.mark(reader.who.role, frame.seq);
    this.#same();
  }

  /** What the last frame was answered with; the readers have not heard it yet. */
  #answers(reader: Reader, id: string): DownFrame[] {
    return reader.down.filter((frame) => 'id' in frame && frame.id === id).slice(-1);
  }

  #down(reader: Reader): void {
    reader.receive();
    // P3: at every moment a reader that has caught up has all there was, without a gap.
    if (!reader.caughtUp) return;
    const { cursor } = reader;
    const visible = this.#reference.visible(reader.who.role).filter(({ seq }) => seq <= cursor);
    expect([...reader.have.keys()]).toEqual(visible.map(({ seq }) => seq));
  }

  /** The same message over HTTP, as from a network without WebSockets. */
  #post(index: number, which: number): void {
    const draft = this.#written(index, which);
    if (!draft || this.#server.disk.full) return;
    const { who } = this.#reader(index);
    const outcome = this.#reference.send(who, draft.id, draft.kind, draft.body);
    expect(this.#tried(() => this.#server.room.post(who, draft))).toMatchObject(outcome);
    this.#same();
  }

  #act(action: Action): void {
    if (this.#server.disk.full) return;
    const { room } = this.#server;
    const outcome = this.#reference.act(AMOS.id, action);
    const person = (id: string) => ({ id, name: id === 'amos' ? 'Amos' : 'Bea' });
    const done = this.#tried(() => {
      if (action.type === 'claim') room.commands.claim(AMOS);
      else if (action.type === 'close') room.commands.change(BY, { status: 'closed' });
      else if (action.type === 'reopen') room.commands.change(BY, { status: 'active' });
      else if (action.type === 'move') {
        room.commands.change(BY, { department: { id: action.to, name: action.to } });
      } else room.commands.change(BY, { assignee: action.to === null ? null : person(action.to) });
      return null;
    });
    if ('refused' in outcome) expect(done).toEqual(outcome);
    else expect(done).toBe(null);
    this.#same();
  }

  #notice(asleep: boolean): void {
    const wire = this.#vanished.shift();
    if (!wire || !this.#server.wires.has(wire)) return;
    if (asleep) {
      // What wakes the object is the closing of a socket, which is then no longer open.
      wire.open = false;
      this.#server.evict();
    }
    this.#server.notice(wire);
    this.#reference.keep();
    this.#same();
  }

  #crash(): void {
    for (const reader of this.#readers) reader.drop();
    this.#vanished.length = 0;
    this.#reference.crash();
    // No machine is back within the millisecond.
    this.#server.now += 1_000;
    this.#server.crash();
    this.#compare();
  }

  /** More than a page, so that those who come back catch up in several. */
  #many(index: number): void {
    if (this.#server.disk.full) return;
    const { who } = this.#reader(index);
    for (let n = 0; n < PAGE_OF_MESSAGES + 20; n += 1) {
      const id = this.#id();
      const outcome = this.#reference.send(who, id, 'text', id);
      const done = this.#tried(() => this.#server.room.post(who, { id, kind: 'text', body: id }));
      expect(done).toMatchObject(outcome);
    }
  }

  /** Sees each frame before it leaves. */
  #watch(wire: Wire, frame: DownFrame): void {
    const ofMessage = frame.type === 'ack' ? frame : frame.type === 'message' && frame.message;
    if (ofMessage) {
      // P2: it is on disk before anybody receives it.
      const rows = this.#server.disk
        .exec('SELECT id FROM messages WHERE seq = ?', ofMessage.seq)
        .toArray();
      expect(rows).toEqual([{ id: ofMessage.id }]);
    }
    if (wire.who.role === 'agent') return;
    // What is private never goes to a visitor, in whatever frame.
    expect(JSON.stringify(frame)).not.toMatch(/"note|"assigned"|"by"/);
    if (frame.type === 'read') expect(frame.seq).toBeLessThanOrEqual(this.#publicSeq());
  }

  #publicSeq(): number {
    return this.#server.room.state.last_public_seq;
  }

  /** The room's state and the reference agree. */
  #same(): void {
    const { state } = this.#server.room;
    const { log, read, closed, assignee, department } = this.#reference;
    expect(state.last_seq).toBe(log.length);
    expect(state.status === 'closed').toBe(closed);
    expect(state.closed_at !== null).toBe(closed);
    expect(state.assignee?.id ?? null).toBe(assignee);
    expect(state.department_id).toBe(department);
    expect({ visitor: state.visitor_read_seq, agent: state.agent_read_seq }).toEqual(read);
  }

  /** The log and the reference agree, entry by entry. */
  #compare(): void {
    this.#same();
    expect(this.#stored('agent').map(toEntry)).toEqual(this.#reference.log);
    const visible = this.#reference.visible('visitor');
    expect(this.#stored('visitor').map(({ seq }) => seq)).toEqual(visible.map(({ seq }) => seq));
  }

  /** The whole history, page by page. */
  #stored(role: 'visitor' | 'agent'): Message[] {
    const items: Message[] = [];
    for (let after = 0; ; ) {
      const page = this.#server.room.history(role, { after, limit: PAGE_OF_MESSAGES });
      items.push(...page.items);
      if (page.next_cursor === null) return items;
      after = Number(page.next_cursor);
    }
  }

  #tried<Value>(work: () => Value): Value | { refused: string } {
    try {
      return work();
    } catch (error) {
      if (error instanceof FoyerError) return { refused: error.code };
      throw error;
    }
  }

  #written(index: number, which: number) {
    const { written } = this.#reader(index);
    return written[which % Math.max(1, written.length)];
  }

  #reader(index: number): Reader {
    const reader = this.#readers[index % this.#readers.length];
    if (!reader) throw new RangeError(`There is no reader ${index}.`);
    return reader;
  }

  #id(): string {
    this.#ids += 1;
    return `01900000-0000-7000-8000-${String(this.#ids).padStart(12, '0')}`;
  }
}

function toEntry({ id, kind, sender, body, event }: Message): Entry {
  if (kind === 'file') throw new Error('No history here has files.');
  const from = sender.kind === 'agent' ? sender.id : sender.kind;
  if (!event) return { id, kind, from, says: body };
  return { id: null, kind, from, says: [event.type, aboutWhat(event)].join(' ').trim() };
}

function aboutWhat(event: NonNullable<Message['event']>): string {
  if (event.type === 'joined') return event.agent.id;
  if (event.type === 'assigned') return String(event.assignee?.id ?? null);
  return event.type === 'department_changed' ? event.department.id : '';
}

/** The part of the head that is pushed when it changes. */
function headOf({
  status,
  assignee,
  department_id,
  closed_reason,
}: Pick<State, 'status' | 'assignee' | 'department_id' | 'closed_reason'>) {
  return { status, assignee, department_id, closed_reason };
}
