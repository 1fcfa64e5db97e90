import { createSignal } from 'solid-js';
import type { Page } from '../../protocol/page.ts';
import { describeError } from '../api/http.ts';

/** A list that loads page by page. Only the last request is shown. */
export function createPaged<Item>() {
  const [items, setItems] = createSignal<readonly Item[] | null>(null);
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  let requests = 0;
  let load: (cursor: string | null) => Promise<Page<Item>> = async () => ({
    items: [],
    next_cursor: null,
  });

  async function loadPage(from: string | null): Promise<void> {
    requests += 1;
    const request = requests;
    setBusy(true);
    setError(null);
    try {
      const page = await load(from);
      if (request !== requests) return;
      setItems(from === null ? page.items : [...(items() ?? []), ...page.items]);
      setCursor(page.next_cursor);
    } catch (failure) {
      if (request === requests) setError(describeError(failure));
    } finally {
      if (request === requests) setBusy(false);
    }
  }

  return {
    items,
    error,
    busy,
    hasMore: () => cursor() !== null,
    /** Loads another list from its start. The current one stays until it has loaded. */
    show(next: typeof load): void {
      load = next;
      void loadPage(null);
    },
    clear(): void {
      requests += 1;
      setItems(null);
      setCursor(null);
      setBusy(false);
    },
    more: () => void loadPage(cursor()),
    retry: () => void loadPage(items() === null ? null : cursor()),
  };
}
