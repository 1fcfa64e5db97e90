import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { initialState, visibleToAgents } from '../../../protocol/conversation/state.ts';

/** A conversation for tests: waiting, unassigned, last heard of at noon. */
export function summary(change: Partial<ConversationSummary> = {}): ConversationSummary {
  const state = initialState({ created_at: '2026-11-12T11:59:00.000Z', department_id: 'd1' });
  return {
    id: 'c1',
    organization_id: 'o1',
    widget_customer_id: 'w1',
    customer_id: null,
    customer: { id: 'w1', full_name: null, email: null },
    previous_conversation_id: null,
    created_at: '2026-11-12T11:59:00.000Z',
    ...visibleToAgents(state),
    last_seq: 1,
    message_count: 1,
    last_message_preview: 'Hello',
    last_message_at: '2026-11-12T12:00:00.000Z',
    last_sender: 'visitor',
    visitor_read_seq: 1,
    waiting_since: '2026-11-12T12:00:00.000Z',
    version: 1,
    ...change,
  };
}

/** A minute of the same hour, as a summary's times are written. */
export const minute = (value: number) => `2026-11-12T12:${String(value).padStart(2, '0')}:00.000Z`;
