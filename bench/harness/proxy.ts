import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A network that can be cut: passes bytes on to a server until it is told to drop everybody. */
export type Network = {
  /** Where clients connect to instead of the server. */
  origin: string;
  /** Ends every connection at both ends at once, as a lost network does. */
  cut(): void;
  stop(): void;
};

export async function startProxy(target: { origin: string }): Promise<Network> {
  const port = Number(new URL(target.origin).port);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.setNoDelay(true).pipe(other);
      socket.on('error', () => {});
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
    }
  });
  // A whole town may come back at once.
  server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  const cut = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    origin: `http://127.0.0.1:${address.port}`,
    cut,
    stop() {
      server.close();
      cut();
    },
  };
}
