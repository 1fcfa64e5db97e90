import { Agent, request } from 'node:http';
import { description, type HostileRequest } from '../../worker/test/hostile/requests.ts';
import type { Server } from '../harness/server.ts';

const agent = new Agent({ keepAlive: true });

/** Without these the runtime refuses an upgrade before it reaches the Worker (RFC 6455, 4.1). */
const UPGRADE = {
  connection: 'upgrade',
  'sec-websocket-key': btoa('sixteen bytes it'),
  'sec-websocket-version': '13',
};

/** A raw request that no browser would allow. A socket that opens is closed at once. */
export function ask(
  { origin }: Pick<Server, 'origin'>,
  { method, path, headers, body }: HostileRequest,
): Promise<{ status: number; text: string }> {
  const handshake: Record<string, string> = headers.upgrade ? UPGRADE : {};
  // Node sends no length with DELETE, and its body would be read as the next request.
  const json =
    body === null
      ? {}
      : { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(body)}` };
  return new Promise((done, fail) => {
    const sent = request(`${origin}${path}`, {
      method,
      agent,
      headers: { ...json, ...headers, ...handshake },
    });
    sent.on('response', async (response) => {
      try {
        const text = (await response.setEncoding('utf8').toArray()).join('');
        done({ status: response.statusCode ?? 0, text });
      } catch (error) {
        fail(error);
      }
    });
    sent.on('upgrade', (_response, socket) => {
      socket.destroy();
      done({ status: 101, text: '' });
    });
    sent.on('error', fail);
    sent.end(body ?? undefined);
  });
}

/** The server's routes, from its own description. */
export async function describedBy({ origin }: Pick<Server, 'origin'>) {
  const response = await fetch(`${origin}/api/openapi.json`);
  return description.parse(await response.json());
}
