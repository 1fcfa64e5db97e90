import { connect, createServer, type Socket } from 'node:net';
import { z } from 'zod';

/** The process of a proxy (proxy.ts): passes bytes on to the port that it was told. */

const told = z.union([z.object({ port: z.number() }), z.literal('cut')]);

const open = new Set<Socket>();
let target = 0;

const server = createServer((near) => {
  const far = connect(target, '127.0.0.1');
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

process.on('message', (message) => {
  const order = told.parse(message);
  if (order === 'cut') {
    for (const socket of open) socket.resetAndDestroy();
    return;
  }
  target = order.port;
  // A whole town may come back at once.
  server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, () => {
    process.send?.(server.address());
  });
});
process.on('disconnect', () => process.exit());
