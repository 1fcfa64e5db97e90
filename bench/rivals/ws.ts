import { type WebSocket, WebSocketServer } from 'ws';
import { openStore } from './store.ts';

/** The same server as in socket-io.ts, with the `ws` package and nothing else. */
const store = openStore(process.env.DATABASE_URL ?? '');
const conversations = new Map<string, Set<WebSocket>>();
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env.PORT) });

server.on('connection', (socket, { url = '/' }) => {
  const conversation = url.slice(1);
  const sockets = conversations.get(conversation) ?? new Set();
  conversations.set(conversation, sockets.add(socket));
  socket.on('close', () => sockets.delete(socket));
  socket.on('message', async (data) => {
    const { id, body }: { id: string; body: string } = JSON.parse(data.toString());
    await store.insert(conversation, id, body);
    socket.send(JSON.stringify({ type: 'ack', id }));
    const text = JSON.stringify({ type: 'message', id, body });
    for (const other of sockets) if (other !== socket) other.send(text);
  });
});

server.on('listening', () => process.send?.('ready'));
process.on('disconnect', () => process.exit());
