import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { PING, PONG } from '../protocol/version.ts';
import { WATCHED } from '../worker/inbox/desk.ts';
import type { Bench } from './bench.ts';
import { scratchFolder } from './harness/folder.ts';
import {
  cpuMilliseconds,
  FILES,
  openDatabases,
  openFilesAtMost,
  residentBytes,
} from './harness/memory.ts';
import { inParallel } from './harness/parallel.ts';
import {
  type Conversation,
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

/** Milliseconds after which workerd puts an object to sleep, with a little more. */
const SLEEPS_AFTER = 11_000;

/** Milliseconds without a frame after which every object must sleep. */
const IDLE = 15_000;

/**
 * Conversations opened before the first of them sleep again: an object that is awake has files
 * open, and how many may be is limited.
 */
const WAVE = 750;

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
    const room = openFilesAtMost() - 500 - WAVE * 2 * FILES.awakeObject;
    const count = Math.min(quick ? 500 : 5_000, Math.floor(room / (2 * FILES.socket)));
    const agents = Math.ceil(count / WATCHED);
    const server = await startServer({ folder: scratchFolder(), agents });
    const conversations: Conversation[] = [];
    while (conversations.length < count) {
      const wave = Math.min(WAVE, count - conversations.length);
      conversations.push(...(await startConversations(server, wave)));
      await sleep(SLEEPS_AFTER);
    }
    await sleep(IDLE);
    const empty = residentBytes(server.pid);
    const pairs: { visitor: WebSocket; reader: WebSocket }[] = [];
    while (pairs.length < count) {
      const from = pairs.length;
      const open = await inParallel(Math.min(WAVE, count - from), 16, async (index) => {
        const conversation = conversations[from + index];
        if (!conversation) throw new RangeError(`There is no conversation ${from + index}.`);
        const agent = Math.floor((from + index) / WATCHED);
        return {
          visitor: await caughtUp(await openVisitor(server, conversation)),
          reader: await caughtUp(await openAgent(server, conversation.id, agent)),
        };
      });
      pairs.push(...open);
      await sleep(SLEEPS_AFTER);
    }
    const sockets = pairs.flatMap(({ visitor, reader }) => [visitor, reader]);
    await sleep(IDLE);
    const idle = residentBytes(server.pid);
    // An object that is awake has its database open; some of the files belong to the whole kind.
    const open = openDatabases(server.pid, 'foyer-ConversationObject');
    const idleCpu = await cpuDuring(server, () => sleep(5_000));

    const before = await constructed(server);
    await inParallel(sockets.length, 256, async (index) => ping(sockets[index]));
    const afterPings = await constructed(server);
    await inParallel(count, 16, async (index) => speakAndLeave(pairs[index]));
    const afterMessages = await constructed(server);
    await server.stop();

    const woken = afterPings - before;
    const slept = afterMessages - afterPings;
    const perSocket = (bytes: number) => rounded((bytes - empty) / sockets.length / 1024);
    const figures = {
      sockets: sockets.length,
      conversations: count,
      megabytes_before: rounded(empty / 2 ** 20),
      kilobytes_per_socket: perSocket(idle),
      cpu_percent_idle: idleCpu === null ? null : rounded(idleCpu / 50),
      database_files_open: open,
      objects_asleep: slept,
      woken_by_pings: woken,
    };
    printTable(
      `${sockets.length} sockets in ${count} conversations`,
      ['', ''],
      [
        ['MB of workerd with the conversations, without sockets', figures.megabytes_before],
        [`KB more per socket, idle for ${IDLE / 1000} s`, figures.kilobytes_per_socket],
        ['CPU of workerd while all are idle, per cent', figures.cpu_percent_idle],
        ['files of all conversations that are open', open],
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

/** The sockets go at once, so that the woken object's files have room. */
async function speakAndLeave(pair: { visitor: WebSocket; reader: WebSocket } | undefined) {
  if (!pair) return;
  const { visitor, reader } = pair;
  const { id, text } = sendFrame('Still here?');
  const ack = nextText(visitor, (frame) => frame.includes(id));
  visitor.send(text);
  await ack;
  visitor.terminate();
  reader.terminate();
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
