import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../../worker/env.ts';

/**
 * The least that an object can do between two people: hand each frame to the others and tell its
 * sender. No rules, no order, nothing kept, nobody checked. What Foyer is measured against.
 */
export class Relay extends DurableObject<Env> {
  override fetch(): Response {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  override webSocketMessage(from: WebSocket, raw: string | ArrayBuffer): void {
    const { id }: { id: string } = JSON.parse(String(raw));
    from.send(JSON.stringify({ type: 'ack', id }));
    for (const socket of this.ctx.getWebSockets()) {
      if (socket !== from) socket.send(raw);
    }
  }
}

/** The same with the least that durable could mean: one bare row before the others hear of it. */
export class InsertingRelay extends Relay {
  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(`CREATE TABLE IF NOT EXISTS messages (body TEXT NOT NULL)`);
  }

  override webSocketMessage(from: WebSocket, raw: string | ArrayBuffer): void {
    this.ctx.storage.sql.exec(`INSERT INTO messages VALUES (?)`, String(raw));
    super.webSocketMessage(from, raw);
  }
}
