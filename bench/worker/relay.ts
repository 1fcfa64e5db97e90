import { DurableObject } from 'cloudflare:workers';
import type { Env } from '../../worker/env.ts';

/**
 * The minimum for an object between two people: forward each frame to the others and ack it. No rules, no
 * order, no storage, no checks. The baseline that Foyer is compared with.
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

/** The same with minimal durability: one bare row before the frame is forwarded. */
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
