import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { openStore } from './store.ts';

/**
 * A chat server as people write it with Socket.IO: a room for each conversation; a message is
 * inserted, then acked, then emitted to the others. All settings are Socket.IO's defaults.
 */
const store = openStore(process.env.DATABASE_URL ?? '');
const http = createServer();
const io = new Server<
  { message: (id: string, body: string, acknowledge: (id: string) => void) => void },
  { message: (id: string, body: string) => void }
>(http);

io.on('connection', (socket) => {
  const conversation = String(socket.handshake.query.conversation);
  void socket.join(conversation);
  socket.on('message', async (id, body, acknowledge) => {
    await store.insert(conversation, id, body);
    acknowledge(id);
    socket.to(conversation).emit('message', id, body);
  });
});

http.listen(Number(process.env.PORT), '127.0.0.1', () => process.send?.('ready'));
process.on('disconnect', () => process.exit());
