import { expect } from 'vitest';
import type { ConversationSummary } from '../../protocol/conversation/conversation.ts';
import { COME_BACK } from '../kernel/sockets/closing.ts';
import type { TestSocket } from './socket.ts';
import type { SignedInAgent } from './world.ts';

/** What an agent sees of the conversations: queues, counts, and what their sockets are told. */

/** All pages of a queue. */
export async function walk(agent: SignedInAgent, query: string): Promise<ConversationSummary[]> {
  const all: ConversationSummary[] = [];
  for (let cursor = ''; ; ) {
    const path = `/admin/conversations?${query}&limit=3${cursor}`;
    const { status, json } = await agent.call('GET', path);
    expect(status, path).toBe(200);
    all.push(...json.items);
    if (json.next_cursor === null) return all;
    cursor = `&cursor=${json.next_cursor}`;
  }
}

export const counts = async (agent: SignedInAgent) =>
  (await agent.call('GET', '/admin/conversations/counts')).json;

/** The sockets of an agent's dashboard and of a conversation that they have open. */
export async function connect(agent: SignedInAgent, id: string): Promise<TestSocket[]> {
  const inbox = await agent.socket('/inbox/socket');
  const socket = await agent.socket(`/conversations/${id}/socket`);
  await socket.hello();
  return [inbox, socket];
}

/** Waits until each of the sockets was closed with the code that asks to connect again. */
export async function expectReconnecting(sockets: readonly TestSocket[]): Promise<void> {
  for (const socket of sockets) expect((await socket.gone()).code).toBe(COME_BACK);
}
