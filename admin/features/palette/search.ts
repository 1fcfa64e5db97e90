import { type Accessor, createEffect, createSignal, onCleanup } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { describeError } from '../../api/http.ts';
import { listConversations } from '../conversation/api.ts';
import { findCustomers } from '../customers/api.ts';

/** Milliseconds without a keystroke before the server is searched. */
const PAUSE = 160;
/** How many results of each kind are shown. */
const MAX_RESULTS = 6;

type SearchResults = {
  conversations: readonly ConversationSummary[];
  customers: readonly WidgetCustomerRecord[];
};

const NOTHING: SearchResults = { conversations: [], customers: [] };

/** The server's results for the query. A new query cancels the previous search. */
export function createSearch(typed: Accessor<string>) {
  const [results, setResults] = createSignal(NOTHING);
  const [busy, setBusy] = createSignal(false);
  const [error, setError] = createSignal<string | null>(null);

  async function search(q: string, cancel: AbortSignal): Promise<void> {
    try {
      const [open, customers] = await Promise.all([
        listConversations({ q, status: 'open', limit: String(MAX_RESULTS) }, cancel),
        findCustomers(q, MAX_RESULTS, cancel),
      ]);
      if (cancel.aborted) return;
      setResults({ conversations: open.items, customers: customers.items });
      setError(null);
    } catch (failure) {
      if (!cancel.aborted) setError(describeError(failure));
    } finally {
      if (!cancel.aborted) setBusy(false);
    }
  }

  createEffect(() => {
    const q = typed().trim();
    setError(null);
    setBusy(q !== '');
    if (q === '') setResults(NOTHING);
    if (q === '') return;
    const cancel = new AbortController();
    const timer = setTimeout(() => void search(q, cancel.signal), PAUSE);
    onCleanup(() => {
      clearTimeout(timer);
      cancel.abort();
    });
  });

  return { results, busy, error };
}
