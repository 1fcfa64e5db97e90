import { type Accessor, createSignal } from 'solid-js';
import { createConversationClient } from '../../../protocol/client/client.ts';
import { unreadAfter } from '../../../protocol/client/message/content.ts';
import { localOutbox } from '../../../protocol/client/outbox.ts';
import type { ConversationClient, ConversationState } from '../../../protocol/client/types.ts';
import type { VisitorConversation } from '../../../protocol/conversation/conversation.ts';
import type { Message } from '../../../protocol/conversation/message.ts';
import type { Page } from '../../../protocol/page.ts';
import type { Session } from './session.ts';

/** What identifies a conversation that can be opened. */
export type ConversationRef = {
  id: string;
  department: { id: string; name: string };
  widget_customer_id: string | null;
  /** The visitor's own details, where the conversation was just started. */
  widget_customer?: { email: string | null };
};

export type LiveConversation = ConversationRef & {
  client: ConversationClient<VisitorConversation>;
  state: Accessor<ConversationState<VisitorConversation>>;
  /** Messages by agents that the visitor has not seen. */
  unread: Accessor<number>;
  /** Marks everything as seen. */
  see(): void;
};

/** The page of messages right before a seq, in ascending order. */
export function messagesBefore(session: Session, id: string, before: number | string) {
  return session.call<Page<Message>>(`conversations/${id}/messages?before=${before}`);
}

/**
 * Opens a conversation and keeps its socket open.
 *
 * @param departments the departments that the visitor may choose, with names in their language
 */
export function openConversation(
  session: Session,
  ref: ConversationRef,
  departments: () => readonly ConversationRef['department'][],
): LiveConversation {
  const path = `conversations/${ref.id}`;
  const socket = {
    url: `${location.origin.replace('http', 'ws')}/api/widget/${path}/socket`,
    protocols: session.protocols,
  };
  const client: LiveConversation['client'] = createConversationClient<VisitorConversation>({
    ...socket,
    async fallback() {
      const polling = await import('../chat/lazy/polling.ts');
      return polling.default(session, ref.id, socket, () => client.state);
    },
    http: {
      messagesBefore: (before) => messagesBefore(session, ref.id, before),
      check: () => session.call(path),
    },
    outbox: localOutbox(`foyer:outbox:${ref.id}`),
    self: { kind: 'visitor', id: ref.widget_customer_id ?? '', name: null },
  });
  const [state, setState] = createSignal(client.state);
  const [readSeq, setReadSeq] = createSignal(0);
  client.subscribe(setState);
  client.start();

  return {
    ...ref,
    get department() {
      const { conversation, messages } = state();
      const moves = messages.map(({ event }) => event && 'department' in event && event.department);
      const named = [...departments(), ...moves];
      return (
        named.find((candidate) => candidate && candidate.id === conversation?.department_id) ||
        ref.department
      );
    },
    client,
    state,
    unread() {
      const { conversation, messages } = state();
      const mark = Math.max(readSeq(), conversation?.visitor_read_seq ?? 0);
      return unreadAfter(mark, messages);
    },
    see() {
      const last = state().messages.at(-1)?.seq ?? 0;
      setReadSeq(last);
      client.read(last);
    },
  };
}
