import { createConversationClient } from './client.ts';
import { visitor } from './fake-socket.ts';
import { localOutbox } from './outbox.ts';
import type { ConversationHttp } from './types.ts';

/** For tests: the outbox of `create`'s clients, as storage has it now. */
export const outbox = () => localOutbox('foyer:outbox:c1');

/** For tests: a visitor's client of one conversation, which has not started. */
export function create(http: Partial<ConversationHttp> = {}) {
  return createConversationClient({
    url: 'wss://foyer.example/socket',
    protocols: async () => ['foyer.v1', 'st_1'],
    http: {
      messagesBefore: async () => ({ items: [], next_cursor: null }),
      check: async () => {},
      ...http,
    },
    outbox: outbox(),
    self: visitor,
  });
}

/** The bodies of messages, in their order. */
export const bodies = (list: readonly { body: string }[]) => list.map((item) => item.body);
