import type { agentClient, visitorClient } from '../harness/client.ts';

/** The clients that are disconnected, and the messages that each must have in the end. */

/** The people of a conversation; their clients are one after the other. */
export const SIDES = ['visitor', 'agent'] as const;

export function sideOf(client: number): (typeof SIDES)[number] {
  return client % SIDES.length === 0 ? 'visitor' : 'agent';
}

/** The messages that both sides must have in the end. */
export const WANTED = ['before the storm', 'just as it begins', 'while away'].flatMap((when) =>
  SIDES.map((side) => `${side} ${when}`),
);

export type Client = ReturnType<typeof visitorClient> | Awaited<ReturnType<typeof agentClient>>;

/** Counts the connection attempts of all clients from now on. */
export function countAttempts(clients: readonly Client[]): () => number {
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

/** Resolves when the client notices the lost connection. */
export function dropped(client: Client): Promise<void> {
  return becomes(client, () => client.state.connection.state !== 'open');
}

/** Resolves when the client also has the other side's message. */
export function heardAll(client: Client): Promise<void> {
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

export async function historyOf(
  origin: string,
  { id, token }: { id: string; token: string },
): Promise<Kept[]> {
  const response = await fetch(`${origin}/api/widget/conversations/${id}/messages?after=0`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items }: { items: Kept[] } = JSON.parse(await response.text());
  return items.map(({ seq, body }) => ({ seq, body }));
}
