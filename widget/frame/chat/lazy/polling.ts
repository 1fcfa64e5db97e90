import { createPolling, type PollingOptions } from '../../../../protocol/client/polling.ts';
import type { ConversationState, Transport } from '../../../../protocol/client/types.ts';
import type { VisitorConversation } from '../../../../protocol/conversation/conversation.ts';
import type { Message } from '../../../../protocol/conversation/message.ts';
import type { VisitorConversationItem } from '../../../../protocol/conversation/visitor-conversation.ts';
import type { Page } from '../../../../protocol/page.ts';
import type { Session } from '../../state/session.ts';

/** The agent who joined last according to these messages. */
function joinedIn(messages: readonly Message[]): VisitorConversation['assignee'] | undefined {
  const event = messages.findLast((message) => message.event?.type === 'joined')?.event;
  return event?.type === 'joined' ? event.agent : undefined;
}

/**
 * A visitor's conversation over HTTP alone, where no socket opens.
 *
 * @param currentState the client's state, for fields that HTTP does not return
 */
export default function pollConversation(
  session: Session,
  id: string,
  socket: Pick<PollingOptions, 'url' | 'protocols'>,
  currentState: () => ConversationState<VisitorConversation>,
): Transport {
  const path = `conversations/${id}`;
  return createPolling({
    ...socket,
    messagesAfter: (after) => session.call<Page<Message>>(`${path}/messages?after=${after}`),
    post: ({ id, body }) =>
      session.call(`${path}/messages`, { method: 'POST', body: { id, body } }),
    async head(added) {
      const { conversation, messages } = currentState();
      const { conversation: item } = await session.call<{ conversation: VisitorConversationItem }>(
        path,
      );
      return {
        id,
        department_id: item.department_id,
        status: item.status,
        closed_reason: item.closed_reason,
        closed_at: item.closed_at,
        assignee: joinedIn(added) ?? joinedIn(messages) ?? conversation?.assignee ?? null,
        last_seq: added.at(-1)?.seq ?? messages.at(-1)?.seq ?? 0,
        rating: conversation?.rating ?? null,
        visitor_read_seq: conversation?.visitor_read_seq ?? 0,
        agent_read_seq: conversation?.agent_read_seq ?? 0,
      };
    },
  });
}
