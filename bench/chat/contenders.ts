import { randomUUID } from 'node:crypto';
import { WATCHED } from '../../worker/organization/agents/socket-memory.ts';
import { inParallel } from '../harness/parallel.ts';
import {
  caughtUp,
  nextText,
  openAgent,
  openInbox,
  openSocket,
  openVisitor,
  socketUrl,
  startConversations,
} from '../harness/people.ts';
import { startPostgres } from '../harness/postgres.ts';
import { startServer } from '../harness/server.ts';
import { startRival } from '../rivals/start.ts';
import { Pair, type Write } from './pair.ts';

/** A server for messages, with its open conversations. */
export type Contender = { name: string; pid: number; pairs: Pair[] };

const WIDTH = 16;

const writeFrame: Write = (id, body) => JSON.stringify({ type: 'send', id, body });

/** Event 421 asks for ack number 1: Socket.IO's packet in Engine.IO's, as its client writes it. */
const writeSocketIo: Write = (id, body) => `421${JSON.stringify(['message', id, body])}`;

/** A session opens WATCHED conversations (worker/organization/agents/socket-memory.ts); then another is used. */
function agentOf(conversation: number): number {
  return Math.floor(conversation / WATCHED);
}

/** Starts all of them over the same folder, with `count` conversations each. */
export async function startContenders(
  folder: string,
  count: number,
): Promise<{ contenders: Contender[]; stop: () => Promise<void> }> {
  const foyer = await startServer({ folder, agents: agentOf(count) + 1 });
  const postgres = await startPostgres(folder);
  const [socketIo, ws] = await Promise.all([
    startRival('socket-io', postgres.url),
    startRival('ws', postgres.url),
  ]);
  const atRelay = (kind: string) => () => {
    const url = socketUrl(foyer, `/bench/${kind}/${randomUUID()}`);
    return pairOf(() => openSocket(url), writeFrame);
  };
  const open = (work: (index: number) => Promise<Pair>) => inParallel(count, WIDTH, work);
  const conversations = await startConversations(foyer, count);
  // The agent has the dashboard open, which gets every message, too.
  await openInbox(foyer);
  const contenders = [
    { name: 'relay', pid: foyer.pid, pairs: await open(atRelay('relay')) },
    { name: 'relay + INSERT', pid: foyer.pid, pairs: await open(atRelay('inserting-relay')) },
    {
      name: 'Foyer',
      pid: foyer.pid,
      pairs: await open(async (index) => {
        const conversation = conversations[index];
        if (!conversation) throw new RangeError(`There is no conversation ${index}.`);
        const visitor = await caughtUp(await openVisitor(foyer, conversation));
        return new Pair(
          visitor,
          await caughtUp(await openAgent(foyer, conversation.id, agentOf(index))),
          writeFrame,
        );
      }),
    },
    {
      name: 'Socket.IO',
      pid: socketIo.pid,
      pairs: await open(() => {
        const query = `EIO=4&transport=websocket&conversation=${randomUUID()}`;
        const url = socketUrl(socketIo, `/socket.io/?${query}`);
        return pairOf(() => openSocketIo(url), writeSocketIo);
      }),
    },
    {
      name: 'ws',
      pid: ws.pid,
      pairs: await open(() => {
        const url = socketUrl(ws, `/${randomUUID()}`);
        return pairOf(() => openSocket(url), writeFrame);
      }),
    },
  ];
  return {
    contenders,
    async stop() {
      await Promise.all([foyer.stop(), socketIo.stop(), ws.stop()]);
      await postgres.stop();
    },
  };
}

async function pairOf(open: () => ReturnType<typeof openSocket>, write: Write): Promise<Pair> {
  return new Pair(await open(), await open(), write);
}

/** Socket.IO's handshake, written by hand, so that all contenders have the same load generator. */
async function openSocketIo(url: string) {
  const socket = await openSocket(url);
  socket.on('message', (data) => {
    if (data.toString() === '2') socket.send('3');
  });
  const connected = nextText(socket, (text) => text.startsWith('40'));
  socket.send('40');
  await connected;
  return socket;
}
