import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { PING, PONG } from '../protocol/version.ts';
import { WATCHED } from '../worker/inbox/desk.ts';
import type { Bench } from './bench.ts';
import { scratchFolder } from './harness/folder.ts';
import { cpuMilliseconds, residentBytes } from './harness/memory.ts';
import { inParallel } from './harness/parallel.ts';
import {
  caughtUp,
  nextText,
  openAgent,
  openVisitor,
  sendFrame,
  startConversations,
} from './harness/people.ts';
import { type Server, startServer } from './harness/server.ts';
import { rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';

/** Milliseconds without a frame after which every object must sleep. */
const IDLE = 15_000;

/**
 * Many conversations in which nobody says anything: a visitor's and an agent's socket each.
 *
 * Whether an object sleeps shows when it is next needed: a sleeping one is made anew, so that its
 * constructor runs once more; one that stayed awake is not. bench/worker counts constructions. So
 * after the idle time every visitor sends a message, and the count must have grown by exactly the
 * number of conversations. Before that every socket pings: that must wake nobody.
 */
export const bench: Bench = {
  summary: 'memory per idle socket at 10,000 sockets, and that every object sleeps',
  async run({ quick }) {
    const count = quick ? 500 : 5_000;
    const agents = Math.ceil(count / WATCHED);
    const server = await startServer({ folder: scratchFolder(), agents });
    const conversations = await startConversations(server, count);
    await sleep(IDLE);
    const empty = residentBytes(server.pid);
    const visitors: WebSocket[] = [];
    const all = await inParallel(count, 16, async (index) => {
      const conversation = conversations[index];
      if (!conversation) throw new RangeError(`There is no conversation ${index}.`);
      const visitor = await caughtUp(await openVisitor(server, conversation));
      const agent = Math.floor(index / WATCHED);
      const reader = await caughtUp(await openAgent(server, conversation.id, agent));
      visitors.push(visitor);
      return [visitor, reader];
    });
    const sockets = all.flat();
    const connected = residentBytes(server.pid);
    await sleep(IDLE);
    const idle = residentBytes(server.pid);
    const idleCpu = await cpuDuring(server, () => sleep(5_000));

    const before = await constructed(server);
    await inParallel(sockets.length, 256, async (index) => ping(sockets[index]));
    const afterPings = await constructed(server);
    await inParallel(count, 16, async (index) => speak(visitors[index]));
    const afterMessages = await constructed(server);
    for (const socket of sockets) socket.terminate();
    await server.stop();

    const woken = afterPings - before;
    const slept = afterMessages - afterPings;
    const perSocket = (bytes: number) => rounded((bytes - empty) / sockets.length / 1024);
    const figures = {
      sockets: sockets.length,
      conversations: count,
      megabytes_before: rounded(empty / 2 ** 20),
      kilobytes_per_socket_awake: perSocket(connected),
      kilobytes_per_socket_idle: perSocket(idle),
      cpu_percent_idle: idleCpu === null ? null : rounded(idleCpu / 50),
      objects_asleep: slept,
      woken_by_pings: woken,
    };
    printTable(
      `${sockets.length} sockets in ${count} conversations`,
      ['', ''],
      [
        ['MB of workerd with the conversations, without sockets', figures.megabytes_before],
        ['KB more per socket, just connected', figures.kilobytes_per_socket_awake],
        [`KB more per socket, idle for ${IDLE / 1000} s`, figures.kilobytes_per_socket_idle],
        ['CPU of workerd while all are idle, per cent', figures.cpu_percent_idle],
        ['objects that slept', slept],
        ['objects that a ping on every socket woke', woken],
      ],
    );
    const missed: string[] = [];
    if (slept !== count) missed.push(`of ${count} objects, ${slept} slept after ${IDLE / 1000} s.`);
    if (woken !== 0) missed.push(`pings woke ${woken} objects; they must wake none.`);
    return { missed, figures };
  },
};

async function ping(socket: WebSocket | undefined): Promise<void> {
  if (!socket) return;
  const pong = nextText(socket, (text) => text === PONG);
  socket.send(PING);
  await pong;
}

async function speak(visitor: WebSocket | undefined): Promise<void> {
  if (!visitor) return;
  const { id, text } = sendFrame('Still here?');
  const ack = nextText(visitor, (frame) => frame.includes(id));
  visitor.send(text);
  await ack;
}

async function constructed({ origin }: Server): Promise<number> {
  const response = await fetch(`${origin}/bench/constructed`);
  return Number(await response.text());
}

async function cpuDuring({ pid }: Server, work: () => Promise<unknown>): Promise<number | null> {
  const before = cpuMilliseconds(pid);
  await work();
  const after = cpuMilliseconds(pid);
  return before === null || after === null ? null : after - before;
}
