import { setTimeout as sleep } from 'node:timers/promises';
import { WATCHED } from '../worker/organization/desk.ts';
import type { Bench } from './bench.ts';
import { agentClient, settled, visitorClient } from './harness/client.ts';
import { scratchFolder } from './harness/folder.ts';
import {
  cpuMilliseconds,
  FILES,
  openFilesAtMost,
  residentBytes,
  watchPeak,
} from './harness/memory.ts';
import { inParallel } from './harness/parallel.ts';
import { startConversations } from './harness/people.ts';
import { startProxy } from './harness/proxy.ts';
import { startServer } from './harness/server.ts';
import { quantile, rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';

/** Milliseconds that everybody has to come back. */
const PATIENCE = 120_000;

/**
 * All visitors and the agents whom they talk with lose their connections in the same moment, each
 * with one message just sent and one more to write, and come back as the real client does. Then
 * each has every message once, the other's too.
 */
export const bench: Bench = {
  summary: '5,000 sockets drop at once and come back: how long, and that nothing is lost',
  async run({ quick }) {
    // All wake at once.
    const each = SIDES.length * FILES.socket + FILES.awakeObject;
    const room = Math.floor((openFilesAtMost() - 2_000) / each);
    const talks = Math.min(quick ? 20 : 2_500, room);
    const agents = Math.ceil(talks / WATCHED);
    const server = await startServer({ folder: scratchFolder(), agents });
    const proxy = await startProxy(server);
    const conversations = await startConversations(server, talks);
    const clients = await Promise.all(
      conversations.flatMap((conversation, index) => [
        visitorClient(proxy, conversation),
        agentClient(proxy, conversation.id, index % agents),
      ]),
    );
    const count = clients.length;
    await inParallel(count, 32, async (index) => {
      const client = clients[index];
      client?.start();
      client?.send(`${sideOf(index)} before the storm`);
      if (client) await settled(client);
    });
    const calm = residentBytes(server.pid);
    const memory = watchPeak(server.pid);

    for (const [index, client] of clients.entries()) {
      client.send(`${sideOf(index)} just as it begins`);
    }
    // Long enough that some were heard and not yet acked.
    await sleep(20);
    const attempts = countAttempts(clients);
    const cpu = cpuMilliseconds(server.pid);
    const began = performance.now();
    proxy.cut();
    await Promise.all(clients.map(dropped));
    for (const [index, client] of clients.entries()) {
      client.send(`${sideOf(index)} while away`);
    }
    const times: number[] = [];
    const back = clients.map(async (client) => {
      await settled(client);
      times.push(performance.now() - began);
    });
    await Promise.race([Promise.all(back), sleep(PATIENCE)]);
    const away = count - times.length;
    const cpuAfter = cpuMilliseconds(server.pid);
    if (away === 0) await Promise.all(clients.map(heardAll));
    memory.stop();

    let lost = 0;
    let doubled = 0;
    let disordered = 0;
    await inParallel(count, 16, async (index) => {
      const conversation = conversations[Math.floor(index / SIDES.length)];
      const client = clients[index];
      if (!conversation || !client) return;
      const kept = await history(server.origin, conversation);
      const shown = client.state.messages.map(({ seq, body }) => ({ seq, body }));
      for (const list of [kept, shown]) {
        for (const body of WANTED) {
          const times = list.filter((message) => message.body === body).length;
          if (times === 0) lost += 1;
          if (times > 1) doubled += 1;
        }
      }
      if (JSON.stringify(kept) !== JSON.stringify(shown)) disordered += 1;
    });
    for (const client of clients) client.stop();
    await proxy.stop();
    await server.stop();

    const figures = {
      sockets: count,
      seconds_until_half: rounded(quantile(times, 0.5) / 1000),
      seconds_until_all: rounded(quantile(times, 1) / 1000),
      attempts_per_socket: rounded(attempts() / count),
      cpu_ms_per_socket:
        cpu === null || cpuAfter === null ? null : rounded((cpuAfter - cpu) / count),
      not_back: away,
      lost,
      doubled,
      disordered,
      megabytes_calm: rounded(calm / 2 ** 20),
      megabytes_peak: rounded(memory.peak() / 2 ** 20),
    };
    printTable(
      `${count} sockets dropped at once`,
      ['', ''],
      [
        ['seconds until half were back with everything sent', figures.seconds_until_half],
        ['seconds until all were', figures.seconds_until_all],
        ['attempts to connect, for each', figures.attempts_per_socket],
        ["milliseconds of workerd's CPU for each", figures.cpu_ms_per_socket],
        ['not back in time', away],
        ['messages lost', lost],
        ['messages doubled', doubled],
        ['conversations in another order here than there', disordered],
        ['MB of workerd before', figures.megabytes_calm],
        ['MB of workerd at the most', figures.megabytes_peak],
      ],
    );
    const missed: string[] = [];
    if (away > 0) missed.push(`${away} were not back after ${PATIENCE / 1000} s.`);
    if (lost > 0) missed.push(`${lost} messages were lost.`);
    if (doubled > 0) missed.push(`${doubled} messages are there twice.`);
    if (disordered > 0)
      missed.push(`${disordered} conversations differ between client and server.`);
    return { missed, figures };
  },
};

/** Who speaks, of a conversation; their clients stand one after the other. */
const SIDES = ['visitor', 'agent'] as const;

function sideOf(client: number): (typeof SIDES)[number] {
  return client % SIDES.length === 0 ? 'visitor' : 'agent';
}

/** What both sides must have in the end. */
const WANTED = ['before the storm', 'just as it begins', 'while away'].flatMap((when) =>
  SIDES.map((side) => `${side} ${when}`),
);

type Client = ReturnType<typeof visitorClient> | Awaited<ReturnType<typeof agentClient>>;

/** Counts how often all of them began to connect from now on. */
function countAttempts(clients: readonly Client[]): () => number {
  let attempts = 0;
  for (const client of clients) {
    let { connection } = client.state;
    client.subscribe((state) => {
      if (state.connection === connection) return;
      connection = state.connection;
      if (connection.state === 'connecting') attempts += 1;
    });
  }
  return () => attempts;
}

/** Resolves when the client knows that its connection is gone. */
function dropped(client: Client): Promise<void> {
  return becomes(client, () => client.state.connection.state !== 'open');
}

/** Resolves when the client has what the other side wrote, too. */
function heardAll(client: Client): Promise<void> {
  return becomes(client, () =>
    WANTED.every((wanted) => client.state.messages.some(({ body }) => body === wanted)),
  );
}

function becomes(client: Client, is: () => boolean): Promise<void> {
  return new Promise((done) => {
    if (is()) {
      done();
      return;
    }
    const stop = client.subscribe(() => {
      if (!is()) return;
      stop();
      done();
    });
  });
}

type Kept = { seq: number; body: string };

async function history(
  origin: string,
  { id, token }: { id: string; token: string },
): Promise<Kept[]> {
  const response = await fetch(`${origin}/api/widget/conversations/${id}/messages?after=0`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items }: { items: Kept[] } = JSON.parse(await response.text());
  return items.map(({ seq, body }) => ({ seq, body }));
}
