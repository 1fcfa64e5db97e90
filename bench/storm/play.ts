import { setTimeout as sleep } from 'node:timers/promises';
import { WATCHED } from '../../worker/organization/agents/socket-memory.ts';
import { agentClient, settled, visitorClient } from '../harness/client.ts';
import { scratchFolder } from '../harness/folder.ts';
import { cpuMilliseconds, residentBytes, watchPeak } from '../harness/memory.ts';
import { inParallel } from '../harness/parallel.ts';
import { startConversations } from '../harness/people.ts';
import { startProxy } from '../harness/proxy.ts';
import { startServer } from '../harness/server.ts';
import { quantile } from '../harness/stats.ts';
import {
  type Client,
  countAttempts,
  dropped,
  heardAll,
  historyOf,
  SIDES,
  sideOf,
  WANTED,
} from './people.ts';

/** Milliseconds within which everybody must be connected again. */
export const PATIENCE = 120_000;

/**
 * The results of one storm. `lost`, `doubled` and `disordered` count messages and conversations; the
 * times are seconds, the memory bytes of workerd.
 */
export type Storm = {
  sockets: number;
  untilHalf: number;
  untilAll: number;
  attempts: number;
  /** Milliseconds of workerd's CPU until everybody was connected again; null if it is not reported. */
  cpu: number | null;
  notBack: number;
  lost: number;
  doubled: number;
  disordered: number;
  calm: number;
  peak: number;
};

/**
 * All visitors and their agents lose their connections at the same moment, each with one message just sent
 * and another to write, and reconnect like the real client. Afterwards each must have every message once,
 * also those of the other side.
 *
 * @param talks conversations, with two sockets each
 * @param release the Worker of an earlier release; by default this one
 */
export async function playStorm(talks: number, release?: string): Promise<Storm> {
  const agents = Math.ceil(talks / WATCHED);
  const server = await startServer({
    folder: scratchFolder(),
    agents,
    limits: false,
    ...(release !== undefined && { release }),
  });
  const proxy = await startProxy(server);
  const conversations = await startConversations(server, talks);
  const clients: Client[] = await Promise.all(
    conversations.flatMap((conversation, index) => [
      visitorClient(proxy, conversation),
      agentClient(proxy, conversation.id, index % agents),
    ]),
  );
  await inParallel(clients.length, 32, async (index) => {
    const client = clients[index];
    client?.start();
    client?.send(`${sideOf(index)} before the storm`);
    if (client) await settled(client);
  });
  // Updates of the lists from before must not count as part of the storm.
  await sleep(SETTLED);
  const calm = residentBytes(server.pid);
  const memory = watchPeak(server.pid);

  for (const [index, client] of clients.entries()) {
    client.send(`${sideOf(index)} just as it begins`);
  }
  // Long enough for some messages to have arrived without an ack.
  await sleep(20);
  const attempts = countAttempts(clients);
  const before = cpuMilliseconds(server.pid);
  const began = performance.now();
  proxy.cut();
  await Promise.all(clients.map(dropped));
  for (const [index, client] of clients.entries()) {
    client.send(`${sideOf(index)} while away`);
  }
  const times: number[] = [];
  const back = clients.map(async (client) => {
    await settled(client);
    times.push((performance.now() - began) / 1_000);
  });
  await Promise.race([Promise.all(back), sleep(PATIENCE)]);
  // The lists are updated within a second, which is part of the work.
  await sleep(SETTLED);
  const after = cpuMilliseconds(server.pid);
  const notBack = clients.length - times.length;
  if (notBack === 0) await Promise.all(clients.map(heardAll));
  memory.stop();

  const mistakes = { lost: 0, doubled: 0, disordered: 0 };
  await inParallel(clients.length, 16, async (index) => {
    const conversation = conversations[Math.floor(index / SIDES.length)];
    const client = clients[index];
    if (!conversation || !client) return;
    const kept = await historyOf(server.origin, conversation);
    const shown = client.state.messages.map(({ seq, body }) => ({ seq, body }));
    for (const list of [kept, shown]) {
      for (const body of WANTED) {
        const count = list.filter((message) => message.body === body).length;
        if (count === 0) mistakes.lost += 1;
        if (count > 1) mistakes.doubled += 1;
      }
    }
    if (JSON.stringify(kept) !== JSON.stringify(shown)) mistakes.disordered += 1;
  });
  for (const client of clients) client.stop();
  await proxy.stop();
  await server.stop();
  return {
    sockets: clients.length,
    untilHalf: quantile(times, 0.5),
    untilAll: quantile(times, 1),
    attempts: attempts(),
    cpu: before === null || after === null ? null : after - before,
    notBack,
    ...mistakes,
    calm,
    peak: memory.peak(),
  };
}

/** Milliseconds after which the lists are updated (worker/conversation/drain/projector.ts). */
const SETTLED = 2_500;
