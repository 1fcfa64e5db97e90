import { connect, createServer, type Socket } from 'node:net';
import { z } from 'zod';

/** The process of a proxy (proxy.ts): forwards bytes to a port. */

const orderSchema = z.union([z.object({ port: z.number() }), z.literal('cut')]);

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
  const order = orderSchema.parse(message);
  if (order === 'cut') {
    for (const socket of open) socket.resetAndDestroy();
    return;
  }
  target = order.port;
  // Many clients may reconnect at once.
  server.listen({ host: '127.0.0.1', port: 0, backlog: 4_096 }, () => {
    process.send?.(server.address());
  });
});
process.on('disconnect', () => process.exit());
