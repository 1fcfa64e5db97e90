import { createSignal, onCleanup, onMount } from 'solid-js';
import { withStorage } from '../../lib/storage.ts';

/** Marks that are kept; the oldest go first. */
const MOST = 500;

/**
 * Conversations that this agent marked as unread, to come back to them: in this browser, in all its
 * tabs. That an agent saw a message is told the visitor, and not taken back by it.
 */
export function createMarks(userId: string) {
  const key = `foyer:unread:${userId}`;
  const read = () =>
    withStorage((storage) => (storage.getItem(key) ?? '').split(' ').filter(Boolean), []);
  const [marked, setMarked] = createSignal<readonly string[]>(read());

  function keep(next: readonly string[]): void {
    setMarked(next);
    withStorage((storage) => storage.setItem(key, next.join(' ')), undefined);
  }
  onMount(() => {
    const told = (event: StorageEvent) => event.key === key && setMarked(read());
    addEventListener('storage', told);
    onCleanup(() => removeEventListener('storage', told));
  });

  return {
    has: (id: string) => marked().includes(id),
    add: (id: string) => keep([...marked().filter((one) => one !== id), id].slice(-MOST)),
    /** When it is opened. */
    remove(id: string): void {
      if (marked().includes(id)) keep(marked().filter((one) => one !== id));
    },
  };
}

export type Marks = ReturnType<typeof createMarks>;
