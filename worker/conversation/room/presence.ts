import type { Peer } from '../sockets/peer.ts';
import { readMarkOf } from '../state/state.ts';
import type { Journal } from './journal.ts';
import { senderOf } from './sender.ts';

/** The people who are there, what they type, look at and have read: what costs no entry (P11). */
export class Presence {
  readonly #journal: Journal;
  /** The agents who have it open, as the last `viewers` frame said. */
  #viewersText = '';

  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /** Tells an agent who just opened it which agents have it open, and where the visitor is. */
  greet(newcomer: Peer): void {
    this.#sendViewers(newcomer);
    this.#sendPage(newcomer);
  }

  /** Tells the others that somebody types. Stored nowhere. Typing in a note is shown to agents alone. */
  typing(peer: Peer, typing: boolean, note = false): void {
    const sender = senderOf(peer.memory.who, this.#journal.founding, null);
    if (note && sender.kind !== 'agent') return;
    const frame = { type: 'typing' as const, sender, typing, ...(note && { note }) };
    this.#journal.broadcast(frame, { but: peer, ...(note && { to: 'agent' }) });
  }

  /** The visitor went to another page: agents see it, and only the socket remembers it. */
  moved(peer: Peer, page: { url: string; title: string }): void {
    if (peer.memory.who.role !== 'visitor') return;
    peer.remember({ page });
    this.#journal.broadcast({ type: 'page', page }, { to: 'agent' });
  }

  /**
   * A person saw everything up to `seq`. Costs no row: the next row stores it. Nobody is told what an
   * agent reads that another has read before; their own browser knows.
   */
  read(peer: Peer, seq: number): void {
    const { who } = peer.memory;
    const { role } = who;
    const before = this.#journal.sharedMarkOf(role);
    if (!this.#journal.moveReadMark(who, seq)) return;
    peer.remember({ read_seq: readMarkOf(this.#journal.state, who) });
    const mark = this.#journal.sharedMarkOf(role);
    if (mark === before) return;
    for (const other of this.#journal.deps.peers()) {
      if (other === peer || !other.memory.caught_up) continue;
      if (other.memory.who.role === 'agent') {
        other.send({ type: 'read', reader: role, seq: mark });
      } else if (this.#publicSeq(mark) > this.#publicSeq(before)) {
        // The visitor sees a mark on entries that they can see, and no trace of others.
        other.send({ type: 'read', reader: role, seq: this.#publicSeq(mark) });
      }
    }
    // The agents' lists show what an agent has read, so they are told now. What the visitor or the
    // assignee has read is stored with the next row, or when their socket closes.
    if (who.role === 'agent' && who.id !== this.#journal.state.assignee?.id)
      this.#journal.deps.changed();
  }

  /**
   * A socket closed: what its person read must not be lost. If the object slept, the socket was
   * closed when it woke, so its mark was not read yet.
   */
  left(peer: Peer): void {
    const { who, read_seq } = peer.memory;
    if (who.role === 'agent') this.#sendViewers();
    this.#journal.moveReadMark(who, read_seq);
    if (this.#journal.isStored) return;
    this.#journal.keep();
    this.#journal.deps.changed();
  }

  /** Tells a newcomer where the visitor is: in the tab that was opened last. */
  #sendPage(newcomer: Peer): void {
    const pages = [...this.#journal.deps.peers()].flatMap(({ memory }) => memory.page ?? []);
    const page = pages.at(-1);
    if (page) newcomer.send({ type: 'page', page });
  }

  /** Tells agents which of them have it open, if that changed; tells a newcomer always. */
  #sendViewers(newcomer?: Peer): void {
    const people = new Map<string, string>();
    for (const { memory } of this.#journal.deps.peers()) {
      if (memory.who.role === 'agent' && memory.caught_up)
        people.set(memory.who.id, memory.who.name);
    }
    const viewers = [...people].map(([id, name]) => ({ id, name }));
    const text = JSON.stringify(viewers);
    if (text !== this.#viewersText) {
      this.#viewersText = text;
      this.#journal.broadcast({ type: 'viewers', viewers }, { to: 'agent' });
    } else newcomer?.send({ type: 'viewers', viewers });
  }

  #publicSeq(seq: number): number {
    return Math.min(seq, this.#journal.state.last_public_seq);
  }
}
