import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from './bench.ts';
import { settled, visitorClient } from './harness/client.ts';
import { scratchFolder } from './harness/folder.ts';
import {
  cpuMilliseconds,
  FILES,
  openFilesAtMost,
  residentBytes,
  watchPeak,
} from './harness/memory.ts';
import { inParallel } from './harness/parallel.ts';
import { cookieOf, startConversations } from './harness/people.ts';
import { startProxy } from './harness/proxy.ts';
import { startServer } from './harness/server.ts';
import { quantile, rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';

/** Conversations to which an agent writes while their visitors are away. */
const WRITTEN_TO = 100;

/** Milliseconds that everybody has to come back. */
const PATIENCE = 120_000;

/**
 * All visitors lose their connections in the same moment, each with one message just sent and one
 * more to write, and come back as the real client does. Then each has every message once.
 */
export const bench: Bench = {
  summary: '5,000 sockets drop at once and come back: how long, and that nothing is lost',
  async run({ quick }) {
    // All wake at once.
    const each = FILES.socket + FILES.awakeObject;
    const room = Math.floor((openFilesAtMost() - 2_000) / each);
    const count = Math.min(quick ? 500 : 5_000, room);
    const server = await startServer({ folder: scratchFolder() });
    const proxy = await startProxy(server);
    const conversations = await startConversations(server, count);
    const clients = conversations.map((conversation) => visitorClient(proxy, conversation));
    await inParallel(count, 32, async (index) => {
      clients[index]?.start();
      clients[index]?.send('before the storm');
      const client = clients[index];
      if (client) await settled(client);
    });
    const calm = residentBytes(server.pid);
    const memory = watchPeak(server.pid);

    for (const client of clients) client.send('just as it begins');
    // Long enough that some were heard and not yet acked.
    await sleep(20);
    const attempts = countAttempts(clients);
    const cpu = cpuMilliseconds(server.pid);
    const began = performance.now();
    proxy.cut();
    await Promise.all(clients.map(dropped));
    for (const client of clients) client.send('while away');
    const written = inParallel(Math.min(WRITTEN_TO, count), 8, (index) =>
      writeAsAgent(server.origin, conversations[index]?.id ?? ''),
    );
    const times: number[] = [];
    const back = clients.map(async (client) => {
      await settled(client);
      times.push(performance.now() - began);
    });
    await Promise.race([Promise.all(back), sleep(PATIENCE)]);
    const away = count - times.length;
    const cpuAfter = cpuMilliseconds(server.pid);
    await written;
    const heard = clients.slice(0, WRITTEN_TO).map((client) => heardOfAgent(client));
    if (away === 0) await Promise.all(heard);
    memory.stop();

    let lost = 0;
    let doubled = 0;
    let disordered = 0;
    await inParallel(count, 16, async (index) => {
      const conversation = conversations[index];
      const client = clients[index];
      if (!conversation || !client) return;
      const wanted = ['before the storm', 'just as it begins', 'while away'];
      if (index < WRITTEN_TO) wanted.push(AGENT_SAYS);
      const kept = await history(server.origin, conversation);
      const shown = client.state.messages.map(({ seq, body }) => ({ seq, body }));
      for (const list of [kept, shown]) {
        for (const body of wanted) {
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

const AGENT_SAYS = 'Are you still there?';

type Client = ReturnType<typeof visitorClient>;

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

function heardOfAgent(client: Client): Promise<void> {
  return becomes(client, () => client.state.messages.some(({ body }) => body === AGENT_SAYS));
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

async function writeAsAgent(origin: string, conversationId: string): Promise<void> {
  const response = await fetch(`${origin}/api/admin/conversations/${conversationId}/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: await cookieOf(0), origin },
    body: JSON.stringify({ id: crypto.randomUUID(), body: AGENT_SAYS, kind: 'text' }),
  });
  if (response.status !== 201) throw new Error(`Not written: ${await response.text()}`);
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
