import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import { PING, PONG } from '../protocol/version.ts';
import { WATCHED } from '../worker/organization/agents/socket-memory.ts';
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

/** Milliseconds without a frame after which every object must sleep; workerd waits for ten seconds. */
const IDLE = 15_000;

/** Milliseconds in which workerd's CPU time is read while all are idle. */
const IDLE_CPU = 5_000;

/** Milliseconds that those of a wave have to fall asleep, on a machine that has other work. */
const PATIENCE = 120_000;

/**
 * Conversations opened before all of them sleep again. What an object that is awake takes is given
 * back for the next one, not to the system: few are awake at once, so that they hide little.
 */
const WAVE = 250;

/**
 * Many silent conversations, each with a visitor's and an agent's socket, in as many server processes as
 * the limit of open files requires.
 *
 * There are two signs that an object sleeps. An awake object has its database open, which the system
 * reports. And an object that slept is created again when it is needed, so that its constructor runs;
 * bench/worker records that. So after the idle time every visitor sends a message, and each object must have
 * been created again. Before that every socket pings, which must wake no object.
 */
export const bench: Bench = {
  summary: 'memory per idle socket at 10,000 sockets, and that every object sleeps',
  async run({ quick }) {
    const conversations = quick ? 20 : 5_000;
    const idle = quick ? 0 : IDLE;
    const limit = Math.floor((openFilesAtMost() - 2_000) / (2 * FILES.socket + FILES.awakeObject));
    const processes = Math.ceil(conversations / limit);
    const each = Math.ceil(conversations / processes);
    const heldByProcess = await Promise.all(
      Array.from({ length: processes }, () => hold(each, idle)),
    );

    const sum = (key: Exclude<keyof Held, 'cpu'>) =>
      heldByProcess.reduce((all, share) => all + share[key], 0);
    const cpu = heldByProcess.reduce<number | null>(
      (all, share) => (all === null || share.cpu === null ? null : all + share.cpu),
      0,
    );
    const figures = {
      sockets: sum('sockets'),
      conversations: sum('conversations'),
      processes,
      megabytes_after_first: rounded(sum('early') / 2 ** 20),
      megabytes: rounded(sum('late') / 2 ** 20),
      kilobytes_per_socket:
        sum('added') === 0 ? null : rounded((sum('late') - sum('early')) / sum('added') / 1024),
      cpu_percent_idle: cpu === null ? null : rounded(cpu / 50),
      awake_after_15_s: sum('awake'),
      objects_asleep: sum('slept'),
      woken_by_pings: sum('woken'),
    };
    printTable(
      `${figures.sockets} sockets in ${figures.conversations} conversations, ${processes} of workerd`,
      ['', ''],
      [
        [
          `MB of workerd with the first ${WAVE} conversations of each`,
          figures.megabytes_after_first,
        ],
        ['MB with all', figures.megabytes],
        ['KB for each socket more', figures.kilobytes_per_socket],
        ['CPU of workerd while all are idle, per cent', figures.cpu_percent_idle],
        [`objects that were awake after ${IDLE / 1000} s`, figures.awake_after_15_s],
        ['objects that a ping on every socket woke', figures.woken_by_pings],
        ['objects that slept, of those that a message woke', figures.objects_asleep],
      ],
    );
    const missed: string[] = [];
    // A quick run waits only until all objects sleep.
    if (!quick && figures.awake_after_15_s > 0) {
      missed.push(`${figures.awake_after_15_s} objects were awake after ${IDLE / 1000} s.`);
    }
    if (figures.objects_asleep !== figures.conversations) {
      missed.push(`of ${figures.conversations} objects, ${figures.objects_asleep} slept.`);
    }
    if (figures.woken_by_pings > 0) {
      missed.push(`pings woke ${figures.woken_by_pings} objects; they must wake none.`);
    }
    return { missed, figures };
  },
};

type Held = {
  conversations: number;
  sockets: number;
  /** Bytes of workerd with the first wave, with all, and the sockets in between. */
  early: number;
  late: number;
  added: number;
  /** CPU milliseconds in five idle seconds; null if the system does not report it. */
  cpu: number | null;
  /** Objects: awake at the end of the idle time, created for a ping, created for a message. */
  awake: number;
  woken: number;
  slept: number;
};

type Pair = { visitor: WebSocket; agent: WebSocket };

/** One server with so many conversations, to its end; all are silent for `idle` milliseconds. */
async function hold(conversations: number, idle: number): Promise<Held> {
  const agents = Math.ceil(conversations / WATCHED);
  const server = await startServer({ folder: scratchFolder(), agents });
  const pairs: Pair[] = [];
  let early = 0;
  while (pairs.length < conversations) {
    pairs.push(...(await open(server, pairs.length, Math.min(WAVE, conversations - pairs.length))));
    if (pairs.length < conversations) await allAsleep(server);
    if (early === 0) early = residentBytes(server.pid);
  }
  await sleep(idle);
  const awake = awakeObjects(server);
  await allAsleep(server);
  const late = residentBytes(server.pid);
  const cpu = await cpuDuring(server, () => sleep(IDLE_CPU));

  const sockets = pairs.flatMap(({ visitor, agent }) => [visitor, agent]);
  await madeSince(server);
  await inParallel(sockets.length, 256, async (index) => ping(sockets[index]));
  const woken = await madeSince(server);
  await inParallel(conversations, 16, async (index) => speak(pairs[index]));
  const slept = await madeSince(server);
  await server.stop();
  const added = Math.max(0, sockets.length - 2 * WAVE);
  return { conversations, sockets: sockets.length, early, late, added, cpu, awake, woken, slept };
}

/** New conversations, from a number on, with both sockets. */
async function open(server: Server, from: number, count: number): Promise<Pair[]> {
  const started = await startConversations(server, count);
  return inParallel(count, 16, async (index) => {
    const conversation = started[index];
    if (!conversation) throw new RangeError(`There is no conversation ${index}.`);
    const agent = Math.floor((from + index) / WATCHED);
    return {
      visitor: await caughtUp(await openVisitor(server, conversation)),
      agent: await caughtUp(await openAgent(server, conversation.id, agent)),
    };
  });
}

/** Files that belong to the objects' whole kind, and are always open. */
const OF_THE_KIND = FILES.awakeObject;

/** Objects whose databases are open. */
function awakeObjects({ pid }: Server): number {
  const open = openDatabases(pid, 'foyer-ConversationObject');
  if (open === null) throw new Error('Open files cannot be listed here (Linux only).');
  return Math.max(0, open - OF_THE_KIND) / FILES.awakeObject;
}

/** Resolves when no object is awake. */
async function allAsleep(server: Server): Promise<void> {
  const until = performance.now() + PATIENCE;
  while (awakeObjects(server) > 0) {
    if (performance.now() > until) {
      throw new Error(`${awakeObjects(server)} objects do not fall asleep.`);
    }
    await sleep(500);
  }
}

async function ping(socket: WebSocket | undefined): Promise<void> {
  if (!socket) return;
  const pong = nextText(socket, (text) => text === PONG);
  socket.send(PING);
  await pong;
}

async function speak(pair: Pair | undefined): Promise<void> {
  if (!pair) return;
  const { id, text } = sendFrame('Still here?');
  const ack = nextText(pair.visitor, (frame) => frame.includes(id));
  pair.visitor.send(text);
  await ack;
}

/** The number of objects that were created since the last question. */
async function madeSince({ origin }: Server): Promise<number> {
  const response = await fetch(`${origin}/bench/made`);
  return z.number().parse(await response.json());
}

async function cpuDuring({ pid }: Server, work: () => Promise<unknown>): Promise<number | null> {
  const before = cpuMilliseconds(pid);
  await work();
  const after = cpuMilliseconds(pid);
  return before === null || after === null ? null : after - before;
}
