import { setTimeout as sleep } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { Bench } from './bench.ts';
import { agentClient, settled, visitorClient } from './harness/client.ts';
import { scratchFolder } from './harness/folder.ts';
import { startConversations } from './harness/people.ts';
import { startPostgres } from './harness/postgres.ts';
import { type Network, startProxy } from './harness/proxy.ts';
import { startServer } from './harness/server.ts';
import { printTable } from './harness/table.ts';
import { startRival } from './rivals/start.ts';

/** Milliseconds between two cuts of every connection. */
const CUT_EVERY = 2_000;
/** Milliseconds between two messages of one person. */
const SAY_EVERY = 250;
/** Milliseconds after the network is restored in which all messages must arrive. */
const GRACE = 20_000;

/**
 * Two people write to each other while all connections are cut every two seconds. The other person's app
 * must get each message exactly once, and after the earlier ones.
 */
export const bench: Bench = {
  summary:
    'connections cut every 2 s while messages flow: delivered once in order, against Socket.IO',
  async run({ quick }) {
    const duration = quick ? 5_000 : 60_000;
    const count = quick ? 2 : 16;
    const [foyer, socketIo] = await Promise.all([
      measureFoyer(count, duration),
      measureSocketIo(count, duration),
    ]);
    printTable(
      `${count} conversations for ${duration / 1000} s, cut every ${CUT_EVERY / 1000} s`,
      ['', 'sent', 'once in order', 'per cent', 'once', 'lost', 'doubled', 'out of order'],
      [
        ['Foyer', ...cells(foyer)],
        ['Socket.IO', ...cells(socketIo)],
      ],
    );
    const missed =
      foyer.delivered === foyer.sent ? [] : [`Foyer delivered ${foyer.percent} %, not 100.`];
    return { missed, figures: { foyer, socket_io: socketIo } };
  },
};

type Tally = {
  sent: number;
  /** Exactly once, and after all that its sender had sent before it. */
  delivered: number;
  percent: number;
  /** Exactly once, whatever the order. */
  once: number;
  lost: number;
  doubled: number;
  disordered: number;
};

function cells({ sent, delivered, percent, once, lost, doubled, disordered }: Tally): number[] {
  return [sent, delivered, percent, once, lost, doubled, disordered];
}

/** One person, who sends messages and receives those of the other. */
type Person = { say(body: string): void; received(): string[] };

async function measureFoyer(count: number, duration: number): Promise<Tally> {
  const server = await startServer({ folder: scratchFolder() });
  const proxy = await startProxy(server);
  const conversations = await startConversations(server, count);
  const clients = await Promise.all(
    conversations.map(async (conversation) => ({
      visitor: visitorClient(proxy, conversation),
      agent: await agentClient(proxy, conversation.id),
    })),
  );
  const all = clients.flatMap(({ visitor, agent }) => [visitor, agent]);
  for (const client of all) client.start();
  await Promise.all(all.map(settled));
  const persons = clients.map(({ visitor, agent }): [Person, Person] => [
    {
      say: (body) => void visitor.send(body),
      received: () => bodiesFrom(visitor.state.messages, 'agent'),
    },
    {
      say: (body) => void agent.send(body),
      received: () => bodiesFrom(agent.state.messages, 'visitor'),
    },
  ]);
  const tally = await talk(persons, proxy, duration);
  for (const client of all) client.stop();
  await proxy.stop();
  await server.stop();
  return tally;
}

function bodiesFrom(
  messages: readonly { sender: { kind: string }; body: string }[],
  kind: 'visitor' | 'agent',
): string[] {
  return messages.filter(({ sender }) => sender.kind === kind).map(({ body }) => body);
}

/** Socket.IO with its defaults on both sides, as most people run it. */
async function measureSocketIo(count: number, duration: number): Promise<Tally> {
  const postgres = await startPostgres(scratchFolder());
  const rival = await startRival('socket-io', postgres.url);
  const proxy = await startProxy(rival);
  const sockets: Socket[] = [];
  const person = async (conversation: string): Promise<Person> => {
    const socket = io(proxy.origin, { query: { conversation }, forceNew: true });
    sockets.push(socket);
    const received: string[] = [];
    socket.on('message', (_id: string, body: string) => received.push(body));
    await new Promise<void>((done) => socket.once('connect', done));
    return {
      say: (body) => void socket.emit('message', crypto.randomUUID(), body, () => {}),
      received: () => received,
    };
  };
  const persons = await Promise.all(
    Array.from({ length: count }, async (_, index): Promise<[Person, Person]> => {
      const conversation = `conversation-${index}`;
      return [await person(conversation), await person(conversation)];
    }),
  );
  const tally = await talk(persons, proxy, duration);
  for (const socket of sockets) socket.close();
  await proxy.stop();
  await rival.stop();
  await postgres.stop();
  return tally;
}

async function talk(
  conversations: readonly [Person, Person][],
  proxy: Network,
  duration: number,
): Promise<Tally> {
  let sent = 0;
  const cutter = setInterval(proxy.cut, CUT_EVERY);
  const until = performance.now() + duration;
  while (performance.now() < until) {
    for (const [one, other] of conversations) {
      one.say(`${sent}`);
      other.say(`${sent}`);
    }
    sent += 1;
    await sleep(SAY_EVERY);
  }
  clearInterval(cutter);
  const expected = Array.from({ length: sent }, (_, index) => `${index}`);
  const all = conversations.flat();
  for (let waited = 0; waited < GRACE; waited += 100) {
    if (all.every((person) => new Set(person.received()).size === sent)) break;
    await sleep(100);
  }
  const tallies = all.map((person) => judge(expected, person.received()));
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
  const delivered = sum('delivered');
  return {
    sent: sum('sent'),
    delivered,
    percent: Math.floor((delivered / sum('sent')) * 1_000) / 10,
    once: sum('once'),
    lost: sum('lost'),
    doubled: sum('doubled'),
    disordered: sum('disordered'),
  };
}

function judge(expected: readonly string[], received: readonly string[]): Tally {
  const times = new Map<string, number>();
  const late = new Set<string>();
  let highest = -1;
  for (const body of received) {
    times.set(body, (times.get(body) ?? 0) + 1);
    if (Number(body) < highest) late.add(body);
    highest = Math.max(highest, Number(body));
  }
  const lost = expected.filter((body) => !times.has(body)).length;
  const doubled = expected.filter((body) => (times.get(body) ?? 0) > 1).length;
  const once = expected.filter((body) => times.get(body) === 1);
  const delivered = once.filter((body) => !late.has(body)).length;
  return {
    sent: expected.length,
    delivered,
    percent: 0,
    once: once.length,
    lost,
    doubled,
    disordered: late.size,
  };
}
