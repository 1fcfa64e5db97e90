import { createEffect, createMemo, createSignal, on } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Page } from '../../../protocol/page.ts';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { describeError, RequestError } from '../../api/http.ts';
import { type CustomerWithConversations, getCustomer } from './api.ts';

const NONE: Page<ConversationSummary> = { items: [], next_cursor: null };

/** A customer with their newest conversations, loaded again when the id changes. */
export function createCustomer(id: () => string) {
  const [loaded, setLoaded] = createSignal<CustomerWithConversations | null>(null);
  const [failure, setFailure] = createSignal<{ notFound: boolean; text: string } | null>(null);

  async function load(): Promise<void> {
    const requested = id();
    setFailure(null);
    try {
      const answer = await getCustomer(requested);
      if (requested === id()) setLoaded(answer);
    } catch (error) {
      if (requested !== id()) return;
      const notFound = error instanceof RequestError && [400, 404].includes(error.status);
      setFailure({ notFound, text: describeError(error) });
    }
  }

  createEffect(
    on(id, () => {
      setLoaded(null);
      void load();
    }),
  );

  /** Changes only when the conversations were loaded again, not when the name changes. */
  const conversations = createMemo<Page<ConversationSummary>>((before) => {
    const current = loaded();
    if (!current) return NONE;
    const { conversations: items, conversations_cursor: next_cursor } = current;
    return before.items === items ? before : { items, next_cursor };
  }, NONE);

  return {
    loaded,
    failure,
    load,
    conversations,
    /** Takes the customer as the server has it after a change. */
    keep(widget_customer: WidgetCustomerRecord): void {
      const current = loaded();
      if (current) setLoaded({ ...current, widget_customer });
    },
  };
}

export type Customer = ReturnType<typeof createCustomer>;
