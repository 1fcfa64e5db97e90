import type { DownFrame } from '../../protocol/frames/down.ts';
import { Log } from '../conversation/log/log.ts';
import { Room } from '../conversation/room/room.ts';
import { Listener } from '../conversation/sockets/listener.ts';
import { type Peer, type PeerMemory, peerMemory } from '../conversation/sockets/peer.ts';
import type { Founding } from '../conversation/state/state.ts';
import { freeAmountOf, Traffic } from '../conversation/traffic/traffic.ts';
import type { Who } from '../conversation/who.ts';
import { framesOf, quotasOf } from '../features/quotas/quotas.ts';
import { Bucket } from '../kernel/bucket.ts';
import { Disk } from './stand-ins/sqlite.ts';

/** The real room on a real log, behind sockets that lose what is under way when they drop. */

/** What is tested is the order of things, at any speed. */
const QUOTAS = quotasOf({ FOYER_QUOTAS: 'off' });

export const FOUNDING: Founding = {
  id: '01900000-0000-7000-8000-000000000001',
  organization_id: 'acme',
  widget_customer_id: 'customer',
  customer_id: null,
  visitor_id: 'visitor',
  customer: { full_name: null, email: null },
  department_id: 'sales',
  previous_conversation_id: null,
  created_at: '2027-01-15T08:00:00.000Z',
};

export const VISITOR: Who = { role: 'visitor', organization_id: 'acme', visitor_id: 'visitor' };

export function agentNamed(name: string) {
  return {
    role: 'agent' as const,
    organization_id: 'acme',
    id: name.toLowerCase(),
    name,
    session_id: `session of ${name}`,
  };
}

/** The agent who does what a test has nobody else do. */
export const BY = { kind: 'agent', id: 'amos', name: 'Amos' } as const;

/** The object's end of a socket. The attachment is what the runtime keeps while the object sleeps. */
export class Wire {
  readonly who: Who;
  attachment: string;
  /** Whether the object still believes in it; a browser that vanished is noticed later. */
  open = true;
  /** How frames reach the browser; null when it has vanished. */
  deliver: ((frame: DownFrame) => void) | null = null;
  closedWith: number | null = null;

  constructor(who: Who) {
    this.who = who;
    this.attachment = written({ who, caught_up: false, read_seq: 0 });
  }
}

const written = (memory: PeerMemory) => JSON.stringify(peerMemory.encode(memory));

class WirePeer implements Peer {
  readonly #wire: Wire;
  readonly #sent: (wire: Wire, frame: DownFrame) => void;
  #memory: PeerMemory;

  constructor(wire: Wire, sent: (wire: Wire, frame: DownFrame) => void) {
    this.#wire = wire;
    this.#sent = sent;
    this.#memory = peerMemory.parse(JSON.parse(wire.attachment));
  }

  get memory(): PeerMemory {
    return this.#memory;
  }

  remember(change: Partial<Omit<PeerMemory, 'who'>>): void {
    this.#memory = { ...this.#memory, ...change };
    this.#wire.attachment = written(this.#memory);
  }

  send(frame: DownFrame): void {
    // As it is at this moment: the room may change its objects later.
    const copy: DownFrame = JSON.parse(JSON.stringify(frame));
    this.#sent(this.#wire, copy);
    this.#wire.deliver?.(copy);
  }

  close(code: number): void {
    this.#wire.open = false;
    this.#wire.closedWith = code;
  }
}

export class Server {
  readonly disk = new Disk();
  readonly wires = new Set<Wire>();
  /** Milliseconds since the epoch, where only the test moves the time. */
  now = Date.parse(FOUNDING.created_at);
  /** What the object takes for the time. */
  clock = () => this.now;
  /** Looks at every frame as it is sent, before anybody gets it. */
  watch: (wire: Wire, frame: DownFrame) => void = () => {};
  /** The entry up to which what was done is recorded; undefined where nothing is. */
  recordedSeq: () => number | undefined = () => undefined;
  /** Called when the lists would be told. */
  changed: () => void = () => {};
  readonly #events: () => string;
  #room: Room;
  #peers = new Map<Wire, WirePeer>();
  #listeners = new Map<Wire, Listener>();

  constructor(uuid: () => string) {
    this.#events = uuid;
    this.#room = Room.create(this.#deps(), FOUNDING);
  }

  get room(): Room {
    return this.#room;
  }

  accept(who: Who): Wire {
    const wire = new Wire(who);
    this.wires.add(wire);
    return wire;
  }

  hear(wire: Wire, raw: string): void {
    if (!wire.open) return;
    let listener = this.#listeners.get(wire);
    if (!listener) {
      const bucket = new Bucket(framesOf(QUOTAS), this.clock());
      listener = new Listener(this.#room, this.#peer(wire), bucket);
      this.#listeners.set(wire, listener);
    }
    listener.receive(raw, this.clock());
  }

  /** The object learns that a socket is gone; as in the runtime it is no longer listed then. */
  notice(wire: Wire): void {
    wire.open = false;
    const peer = this.#peer(wire);
    this.wires.delete(wire);
    this.#room.presence.left(peer);
    this.#peers.delete(wire);
  }

  /**
   * The object is discarded and created again from its storage; its sockets stay. An object sleeps
   * when nothing was said for ten seconds: versions, which run ahead of a clock that stands still,
   * are behind it again.
   */
  evict(): void {
    this.now += 10_000;
    this.#peers = new Map();
    this.#listeners = new Map();
    const room = Room.open(this.#deps());
    if (!room) throw new Error('The log has forgotten its conversation.');
    this.#room = room;
  }

  /** The machine dies: every socket with it, and nobody was told. */
  crash(): void {
    for (const wire of this.wires) {
      wire.open = false;
      wire.deliver = null;
    }
    this.wires.clear();
    this.evict();
  }

  #peer(wire: Wire): WirePeer {
    let peer = this.#peers.get(wire);
    if (!peer) {
      peer = new WirePeer(wire, (to, frame) => this.watch(to, frame));
      this.#peers.set(wire, peer);
    }
    return peer;
  }

  #deps() {
    return {
      log: new Log(this.disk),
      peers: () => [...this.wires].filter(({ open }) => open).map((wire) => this.#peer(wire)),
      now: () => new Date(this.clock()),
      uuid: this.#events,
      quotas: QUOTAS,
      traffic: new Traffic({
        free: freeAmountOf(QUOTAS),
        ask: () => Promise.reject(new Error('There is no organization here.')),
        isCalm: () => true,
        remember: () => {},
      }),
      recordedSeq: () => this.recordedSeq(),
      reservePlace: async () => true,
      changed: () => this.changed(),
    };
  }
}
