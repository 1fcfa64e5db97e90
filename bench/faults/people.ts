import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { message } from '../../protocol/conversation/message.ts';
import { agentClient, settled, visitorClient } from '../harness/client.ts';
import { type Conversation, cookieOf, startConversations } from '../harness/people.ts';
import { ORGANIZATION } from '../harness/seed.ts';
import type { Server } from '../harness/server.ts';

/** A conversation whose two people write all the time, with the apps' client. */
export type Talk = {
  conversation: Conversation;
  clients: [Awaited<ReturnType<typeof agentClient>>, ReturnType<typeof visitorClient>];
};

/** The most milliseconds between two messages of one person. */
const PAUSE = 60;

export async function startTalks(server: Server, count: number): Promise<Talk[]> {
  const conversations = await startConversations(server, count);
  return Promise.all(
    conversations.map(async (conversation): Promise<Talk> => {
      const clients: Talk['clients'] = [
        await agentClient(server, conversation.id),
        visitorClient(server, conversation),
      ];
      for (const client of clients) client.start();
      return { conversation, clients };
    }),
  );
}

/** Starts the writing; the returned `stop` ends it and returns the number of written messages. */
export function talking(talks: readonly Talk[]): { stop(): number } {
  let written = 0;
  let over = false;
  for (const { clients } of talks) {
    for (const client of clients) {
      const say = () => {
        if (over) return;
        // Without a network people go on writing, up to a limit.
        if (client.state.outgoing.length < 50) {
          written += 1;
          client.send(`Message ${written}`);
        }
        setTimeout(say, Math.random() * PAUSE);
      };
      say();
    }
  }
  return {
    stop() {
      over = true;
      return written;
    },
  };
}

/** Makes all waiting clients reconnect now, as the event `online` would. */
export function reconnect(talks: readonly Talk[]): void {
  for (const { clients } of talks) {
    for (const client of clients) if (client.state.connection.state === 'waiting') client.start();
  }
}

/** Milliseconds. */
const PATIENCE = 90_000;
const NUDGE = 500;

/**
 * Resolves when everybody is connected and has nothing left to send.
 *
 * @throws Error with what the others wait for
 */
export async function allSettled(talks: readonly Talk[]): Promise<void> {
  const all = talks.flatMap(({ clients }) => clients.map((client) => settled(client)));
  const patience = new AbortController();
  const { signal } = patience;
  const late = pause(PATIENCE, undefined, { signal }).then(() => {
    const states = talks.flatMap(({ clients }) => clients.map(({ state }) => state));
    const open = states.filter(({ outgoing }) => outgoing.length > 0);
    throw new Error(`Unsettled: ${JSON.stringify(open.map(({ connection }) => connection))}`);
  });
  // After many failures in a row a client pauses for half a minute, which is not measured here.
  const nudge = setInterval(reconnect, NUDGE, talks);
  await Promise.race([Promise.all(all), late]);
  clearInterval(nudge);
  late.catch(() => {});
  patience.abort();
}

/** The acked messages of each person, with their seq. */
export function ackedSoFar({ clients }: Talk): [id: string, seq: number][] {
  return clients.flatMap(({ state }) =>
    state.messages.map(({ id, seq }): [string, number] => [id, seq]),
  );
}

const page = z.object({ items: z.array(message), next_cursor: z.string().nullable() });

/** The server's whole history, for one side. */
export async function historyOf(
  server: Server,
  { id, token }: Conversation,
  side: 'agent' | 'visitor',
): Promise<z.infer<typeof message>[]> {
  const history: z.infer<typeof message>[] = [];
  const base = side === 'agent' ? 'admin' : 'widget';
  const headers: Record<string, string> =
    side === 'agent' ? { cookie: await cookieOf(0) } : { authorization: `Bearer ${token}` };
  for (let query: string | null = 'after=0'; query !== null; ) {
    const url = `${server.origin}/api/${base}/conversations/${id}/messages?${query}`;
    const response = await fetch(url, { headers });
    const { items, next_cursor } = page.parse(await response.json());
    history.push(...items);
    query = next_cursor && `cursor=${next_cursor}`;
  }
  return history;
}

const row = z.object({
  conversation: z.object({
    last_seq: z.number(),
    message_count: z.number(),
    last_message_preview: z.string().nullable(),
  }),
});

/** The conversation's row in the database. */
export async function rowOf(server: Server, { id }: Conversation) {
  const response = await fetch(`${server.origin}/api/admin/conversations/${id}`, {
    headers: { cookie: await cookieOf(0) },
  });
  return row.parse(await response.json()).conversation;
}

/** When the object's alarm rings; null when it is not set. */
export function alarmOf(server: Server, { id }: Conversation): Promise<unknown> {
  return ask(server, `alarm/${ORGANIZATION}/${id}`);
}

/** Runs the alarm; returns whether the database then has the newest state. */
export function settleRow(server: Server, { id }: Conversation): Promise<unknown> {
  return ask(server, `settle/${ORGANIZATION}/${id}`);
}

/** Sets the injected faults; see bench/worker/faults.ts. */
export async function setFaults(
  server: Server,
  faults: { failing?: number; away?: boolean; skew?: number },
): Promise<void> {
  await fetch(`${server.origin}/bench/faults`, { method: 'POST', body: JSON.stringify(faults) });
}

async function ask({ origin }: Server, path: string): Promise<unknown> {
  const response = await fetch(`${origin}/bench/${path}`);
  return response.json();
}
