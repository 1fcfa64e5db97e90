import { type Accessor, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Page } from '../../../protocol/page.ts';
import { describeError } from '../../api/http.ts';
import { olderConversations } from './api.ts';

/** A customer's conversations: the newest, and older ones on request. */
export function createOlder(
  customerId: Accessor<string>,
  newest: Accessor<Page<ConversationSummary> | null>,
) {
  const [older, setOlder] = createSignal<readonly ConversationSummary[]>([]);
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<string | null>(null);
  let requests = 0;

  // The newest were loaded again, or the customer changed: older ones load from the new cursor.
  createEffect(
    on([customerId, newest], () => {
      requests += 1;
      setOlder([]);
      setCursor(newest()?.next_cursor ?? null);
      setBusy(false);
      setError(null);
    }),
  );

  async function load(): Promise<void> {
    const from = cursor();
    if (from === null || busy()) return;
    const request = requests;
    setBusy(true);
    setError(null);
    try {
      const page = await olderConversations(customerId(), from);
      if (request !== requests) return;
      setOlder([...older(), ...page.items]);
      setCursor(page.next_cursor);
    } catch (failure) {
      if (request === requests) setError(describeError(failure));
    } finally {
      if (request === requests) setBusy(false);
    }
  }

  return {
    all: createMemo(() => [...(newest()?.items ?? []), ...older()]),
    hasOlder: () => cursor() !== null,
    load,
    busy,
    error,
  };
}

export type Older = ReturnType<typeof createOlder>;
