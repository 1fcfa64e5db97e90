import { createSignal } from 'solid-js';
import type { Page } from '../../protocol/page.ts';
import { describeError } from '../api/http.ts';

/** A list that is had page by page; what was asked for last is what is shown. */
export function createPaged<Item>() {
  const [items, setItems] = createSignal<readonly Item[] | null>(null);
  const [cursor, setCursor] = createSignal<string | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  let asked = 0;
  let load: (cursor: string | null) => Promise<Page<Item>> = async () => ({
    items: [],
    next_cursor: null,
  });

  async function ask(from: string | null): Promise<void> {
    asked += 1;
    const own = asked;
    setBusy(true);
    setError(null);
    try {
      const page = await load(from);
      if (own !== asked) return;
      setItems(from === null ? page.items : [...(items() ?? []), ...page.items]);
      setCursor(page.next_cursor);
    } catch (failure) {
      if (own === asked) setError(describeError(failure));
    } finally {
      if (own === asked) setBusy(false);
    }
  }

  return {
    items,
    error,
    busy,
    hasMore: () => cursor() !== null,
    /** Another list from its beginning; what was shown stays until it is there. */
    show(next: typeof load): void {
      load = next;
      void ask(null);
    },
    clear(): void {
      asked += 1;
      setItems(null);
      setCursor(null);
      setBusy(false);
    },
    more: () => void ask(cursor()),
    retry: () => void ask(items() === null ? null : cursor()),
  };
}
