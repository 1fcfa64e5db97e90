import type { DownFrame } from '../../../protocol/frames/down.ts';
import { OpenSockets } from '../../kernel/sockets/open-sockets.ts';
import { selectedProtocol } from '../../kernel/sockets/subprotocol.ts';
import type { Who } from '../who.ts';
import { type Peer, type PeerMemory, peerMemory } from './peer.ts';

/** Sockets of one conversation at most: tabs, phones and a team that reads along, with room. */
const MAX_SOCKETS = { visitor: 50, agent: 500 };

/** The open sockets of one object, and their memory, which outlives the object's sleep. */
export class Sockets {
  readonly #ctx: DurableObjectState;
  readonly #open: OpenSockets;
  readonly #peers = new WeakMap<WebSocket, Peer>();

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    this.#open = new OpenSockets(ctx);
  }

  /**
   * Takes a new socket in; the answer completes the upgrade.
   *
   * @param calm whether its visitor's address is known to be calm (traffic.ts)
   */
  accept(who: Who, request: Request, calm: boolean): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    const memory: PeerMemory = { who, caught_up: false, read_seq: 0, ...(calm && { calm }) };
    this.#ctx.acceptWebSocket(server, tagsOf(who));
    server.serializeAttachment(peerMemory.encode(memory));
    this.#open.add(server);
    this.#peers.set(server, new SocketPeer(server, memory));
    return new Response(null, {
      status: 101,
      webSocket: client,
      headers: selectedProtocol(request),
    });
  }

  isFull(role: Who['role']): boolean {
    return this.#ctx.getWebSockets(role).length >= MAX_SOCKETS[role];
  }

  get size(): number {
    return this.#ctx.getWebSockets().length;
  }

  *peers(): Iterable<Peer> {
    for (const socket of this.#open) yield this.peer(socket);
  }

  /** Those of visitors at an address, by its name for quotas. */
  ofAddress(address: string): Peer[] {
    return [...this.peers()].filter(
      ({ memory: { who } }) => who.role === 'visitor' && who.address === address,
    );
  }

  /** Leaves out a socket that closed; answers who it was. */
  gone(socket: WebSocket): Peer {
    this.#open.delete(socket);
    return this.peer(socket);
  }

  peer(socket: WebSocket): Peer {
    const open = this.#peers.get(socket);
    if (open) return open;
    const peer = new SocketPeer(socket, peerMemory.parse(socket.deserializeAttachment()));
    this.#peers.set(socket, peer);
    return peer;
  }

  /** Closes the sockets of an agent, or of one of the agent's sessions. */
  closeAgent(userId: string, sessionId: string | null, code: number, reason: string): void {
    const tag = sessionId === null ? `agent:${userId}` : `session:${sessionId}`;
    for (const socket of this.#ctx.getWebSockets(tag)) this.peer(socket).close(code, reason);
  }
}

function tagsOf(who: Who): string[] {
  if (who.role === 'visitor') return ['visitor'];
  return ['agent', `agent:${who.id}`, `session:${who.session_id}`];
}

type Written = { frame: DownFrame; text: string };

/**
 * The last two frames as they go over the wire: the others are sent the same ones, agents one and visitors
 * the other. No frame changes.
 */
let last: Written | null = null;
let secondLast: Written | null = null;

function written(frame: DownFrame): string {
  if (last?.frame === frame) return last.text;
  if (secondLast?.frame === frame) return secondLast.text;
  secondLast = last;
  last = { frame, text: JSON.stringify(frame) };
  return last.text;
}

class SocketPeer implements Peer {
  readonly #socket: WebSocket;
  #memory: PeerMemory;

  constructor(socket: WebSocket, memory: PeerMemory) {
    this.#socket = socket;
    this.#memory = memory;
  }

  get memory(): PeerMemory {
    return this.#memory;
  }

  remember(change: Partial<Omit<PeerMemory, 'who'>>): void {
    this.#memory = { ...this.#memory, ...change };
    this.#socket.serializeAttachment(peerMemory.encode(this.#memory));
  }

  send(frame: DownFrame): void {
    try {
      this.#socket.send(written(frame));
    } catch {
      // It went away in between; its reader resumes with its last seq.
    }
  }

  close(code: number, reason: string): void {
    try {
      this.#socket.close(code, reason);
    } catch {
      // Closed already.
    }
  }
}
