import { setTimeout as sleep } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import type { Bench } from './bench.ts';
import { scratchFolder } from './harness/folder.ts';
import { cpuMilliseconds } from './harness/memory.ts';
import { inParallel } from './harness/parallel.ts';
import {
  caughtUp,
  openAgent,
  openInbox,
  openVisitor,
  sendFrame,
  startConversations,
} from './harness/people.ts';
import { type Server, startServer } from './harness/server.ts';
import { quantile, rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';

/** Milliseconds in which the agents of one step must be able to join. */
const JOIN_WITHIN = 60_000;

/** Measures how long it takes until everybody who should see a change has seen it. */
export const bench: Bench = {
  summary: 'one conversation with many readers, one inbox with many agents: until all have seen it',
  async run({ quick }) {
    const readers = quick ? [2, 5] : [2, 20, 200];
    const agents = quick ? [2, 5] : [10, 100, 1_000];
    const server = await startServer({ folder: scratchFolder(), agents: Math.max(...agents) });
    const conversation = await measureConversation(server, readers, quick ? 5 : 100);
    const inbox = await measureInbox(server, agents, quick ? 20 : 1_000);
    await server.stop();
    const most = Math.max(...agents);
    const joined = inbox.some(({ size }) => size === most);
    const missed = joined ? [] : [`${most} agents could not join one inbox.`];
    return { missed, figures: { conversation, inbox } };
  },
};

type Delays = {
  size: number;
  /** Milliseconds until the first, the median and the last recipient had it; medians. */
  first: number;
  middle: number;
  last: number;
  /** Milliseconds until the last recipient had it, in the worst of a hundred messages. */
  last_p99: number;
  /** Microseconds of the server's CPU for one frame to one recipient. */
  cpu: number | null;
};

async function measureConversation(
  server: Server,
  sizes: readonly number[],
  messages: number,
): Promise<Delays[]> {
  const [conversation] = await startConversations(server, 1);
  if (!conversation) throw new Error('No conversation was made.');
  const visitor = await caughtUp(await openVisitor(server, conversation));
  const results: Delays[] = [];
  const readers: WebSocket[] = [];
  const arrivals = new Arrivals();
  for (const size of sizes) {
    const more = await inParallel(size - readers.length, 16, async (agent) =>
      caughtUp(await openAgent(server, conversation.id, agent % 10)),
    );
    readers.push(...more);
    for (const reader of more) arrivals.listen(reader);
    const rounds: number[][] = [];
    const cpu = await cpuOf(server, async () => {
      for (let message = 0; message < messages; message++) {
        const { id, text } = sendFrame('Who reads this?');
        const arrived = arrivals.await(id, size);
        visitor.send(text);
        rounds.push(await arrived);
      }
    });
    results.push(delays(size, rounds, cpu));
  }
  for (const socket of [visitor, ...readers]) socket.close();
  printDelays('One conversation: until its readers have a message', 'readers', results);
  return results;
}

/** Conversations that are active, each a message every hundred seconds. */
const MESSAGES_PER_SECOND = 10;

async function measureInbox(
  server: Server,
  sizes: readonly number[],
  active: number,
): Promise<(Delays & { joined: number })[]> {
  const conversations = await startConversations(server, active);
  const visitors = await inParallel(active, 16, async (index) =>
    caughtUp(await openVisitor(server, at(conversations, index))),
  );
  const results: (Delays & { joined: number })[] = [];
  const inboxes: WebSocket[] = [];
  const arrivals = new Arrivals();
  for (const size of sizes) {
    const before = performance.now();
    const from = inboxes.length;
    const joining = inParallel(size - from, 16, async (index) => {
      const inbox = await openInbox(server, from + index);
      arrivals.listen(inbox);
      inboxes.push(inbox);
    });
    const late = sleep(JOIN_WITHIN, 'late', { ref: false });
    if ((await Promise.race([joining, late])) === 'late') {
      console.log(`\n${inboxes.length} of ${size} agents could join in ${JOIN_WITHIN / 1000} s.`);
      break;
    }
    const joined = performance.now() - before;
    const rounds: number[][] = [];
    const count = Math.min(active, MESSAGES_PER_SECOND * 10);
    const cpu = await cpuOf(server, async () => {
      const all: Promise<void>[] = [];
      for (let message = 0; message < count; message++) {
        const arrived = arrivals.await(at(conversations, message).id, size);
        at(visitors, message).send(sendFrame(`Message ${message}`).text);
        all.push(arrived.then((round) => void rounds.push(round)));
        await sleep(1_000 / MESSAGES_PER_SECOND);
      }
      await Promise.all(all);
    });
    results.push({ ...delays(size, rounds, cpu), joined: Math.round(joined) });
  }
  for (const socket of [...visitors, ...inboxes]) socket.close();
  printDelays(
    `One inbox, ${active} active conversations: until the agents see what was said`,
    'agents',
    results,
  );
  return results;
}

/** When each of several sockets got a frame with an id: any of the `changes`, or the first. */
class Arrivals {
  readonly #awaited = new Map<string, (socket: WebSocket) => void>();

  listen(socket: WebSocket): void {
    socket.on('message', (data) => {
      const text = data.toString();
      for (const [, id = ''] of text.matchAll(/"id":"([^"]+)"/g)) {
        this.#awaited.get(id)?.(socket);
        if (!text.startsWith('{"type":"changes"')) break;
      }
    });
  }

  /** Milliseconds from now until each of the sockets gets a frame with the id. */
  await(id: string, sockets: number): Promise<number[]> {
    const from = performance.now();
    const delays = new Map<WebSocket, number>();
    return new Promise((done) => {
      this.#awaited.set(id, (socket) => {
        if (!delays.has(socket)) delays.set(socket, performance.now() - from);
        if (delays.size < sockets) return;
        this.#awaited.delete(id);
        done([...delays.values()]);
      });
    });
  }
}

async function cpuOf(server: Server, work: () => Promise<void>): Promise<number | null> {
  const before = cpuMilliseconds(server.pid);
  await work();
  const after = cpuMilliseconds(server.pid);
  return before === null || after === null ? null : (after - before) * 1_000;
}

function delays(size: number, rounds: readonly number[][], cpu: number | null): Delays {
  const middle = (share: number, of: number) =>
    rounded(
      quantile(
        rounds.map((round) => quantile(round, share)),
        of,
      ),
    );
  return {
    size,
    first: middle(0, 0.5),
    middle: middle(0.5, 0.5),
    last: middle(1, 0.5),
    last_p99: middle(1, 0.99),
    cpu: cpu === null ? null : rounded(cpu / (rounds.length * size)),
  };
}

function printDelays(
  title: string,
  who: string,
  results: readonly (Delays & { joined?: number })[],
): void {
  printTable(
    title,
    [who, 'first ms', 'median ms', 'last ms', 'last p99 ms', 'CPU µs/frame', 'joined in ms'],
    results.map(({ size, first, middle, last, last_p99, cpu, joined = null }) => [
      size,
      first,
      middle,
      last,
      last_p99,
      cpu,
      joined,
    ]),
  );
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError(`There is no item ${index}.`);
  return item;
}
