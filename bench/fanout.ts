import type { WebSocket } from 'ws';
import type { Bench } from './bench.ts';
import { scratchFolder } from './harness/folder.ts';
import { cpuMilliseconds } from './harness/memory.ts';
import { inParallel } from './harness/parallel.ts';
import {
  type Conversation,
  caughtUp,
  nextText,
  openAgent,
  openInbox,
  openVisitor,
  sendFrame,
  startConversations,
} from './harness/people.ts';
import { type Server, startServer } from './harness/server.ts';
import { quantile, rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';

/** How long it takes until everybody who should see something has seen it. */
export const bench: Bench = {
  summary: 'one conversation with many readers, one inbox with many agents: until all have seen it',
  async run({ quick }) {
    const readers = quick ? [2, 20] : [2, 20, 200];
    const agents = quick ? [10, 100] : [10, 100, 1_000];
    const server = await startServer({ folder: scratchFolder(), agents: Math.max(...agents) });
    const conversation = await measureConversation(server, readers, quick ? 30 : 100);
    const inbox = await measureInbox(server, agents, quick ? 200 : 1_000);
    await server.stop();
    return { missed: [], figures: { conversation, inbox } };
  },
};

type Delays = {
  size: number;
  /** Milliseconds until the first of them, the median one and the last one had it; medians. */
  first: number;
  middle: number;
  last: number;
  /** Milliseconds until the last one had it, in the worst of a hundred messages. */
  last_p99: number;
  /** Microseconds of the server's CPU for one frame to one of them. */
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
  const found: Delays[] = [];
  const readers: WebSocket[] = [];
  for (const size of sizes) {
    const more = await inParallel(size - readers.length, 16, async (agent) =>
      caughtUp(await openAgent(server, conversation.id, agent % 10)),
    );
    readers.push(...more);
    const rounds: number[][] = [];
    const cpu = await cpuOf(server, async () => {
      for (let message = 0; message < messages; message++) {
        const { id, text } = sendFrame('Who reads this?');
        const seen = Promise.all(readers.map((reader) => arrival(reader, id)));
        const sent = performance.now();
        visitor.send(text);
        rounds.push((await seen).map((at) => at - sent));
      }
    });
    found.push(delays(size, rounds, cpu));
  }
  for (const socket of [visitor, ...readers]) socket.close();
  printDelays('One conversation: until its readers have a message', 'readers', found);
  return found;
}

/** Conversations that are active, each a message every fifty seconds. */
const MESSAGES_PER_SECOND = 20;

async function measureInbox(
  server: Server,
  sizes: readonly number[],
  active: number,
): Promise<(Delays & { joined: number })[]> {
  const conversations = await startConversations(server, active);
  const visitors = await inParallel(active, 16, async (index) =>
    caughtUp(await openVisitor(server, at(conversations, index))),
  );
  const found: (Delays & { joined: number })[] = [];
  const inboxes: WebSocket[] = [];
  for (const size of sizes) {
    const before = performance.now();
    const from = inboxes.length;
    const joining = inParallel(size - from, 16, (index) => openInbox(server, from + index));
    inboxes.push(...(await joining));
    const joined = performance.now() - before;
    const rounds: number[][] = [];
    const count = Math.min(active, MESSAGES_PER_SECOND * 10);
    const cpu = await cpuOf(server, async () => {
      const all: Promise<void>[] = [];
      for (let message = 0; message < count; message++) {
        all.push(
          speak(at(conversations, message), at(visitors, message), inboxes).then((round) => {
            rounds.push(round);
          }),
        );
        await new Promise((done) => setTimeout(done, 1_000 / MESSAGES_PER_SECOND));
      }
      await Promise.all(all);
    });
    found.push({ ...delays(size, rounds, cpu), joined: Math.round(joined) });
  }
  for (const socket of [...visitors, ...inboxes]) socket.close();
  printDelays(
    `One inbox, ${active} active conversations: until the agents see what was said`,
    'agents',
    found,
  );
  return found;
}

async function speak(
  { id: conversationId }: Conversation,
  visitor: WebSocket,
  inboxes: readonly WebSocket[],
): Promise<number[]> {
  const { id, text } = sendFrame(`Said at ${performance.now()}`);
  const seen = Promise.all(inboxes.map((inbox) => arrival(inbox, conversationId)));
  const sent = performance.now();
  visitor.send(text);
  const [arrivals] = await Promise.all([seen, nextText(visitor, (frame) => frame.includes(id))]);
  return arrivals.map((arrived) => arrived - sent);
}

/** When the socket is told of that id. */
async function arrival(socket: WebSocket, id: string): Promise<number> {
  await nextText(socket, (text) => text.includes(id));
  return performance.now();
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
  found: readonly (Delays & { joined?: number })[],
): void {
  printTable(
    title,
    [who, 'first ms', 'median ms', 'last ms', 'last p99 ms', 'CPU µs/frame', 'joined in ms'],
    found.map(({ size, first, middle, last, last_p99, cpu, joined = null }) => [
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
