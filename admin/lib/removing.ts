import { createSignal } from 'solid-js';
import { describeError } from '../api/http.ts';
import { t } from '../texts/start.ts';
import { showToast } from './toasts.ts';

/** Removes rows of a list (components/list/Rows.tsx), each by its id. A refusal is shown in a toast. */
export function createRemoving() {
  const [ids, setIds] = createSignal<ReadonlySet<string>>(new Set());

  async function run(id: string, work: () => Promise<void>): Promise<void> {
    if (ids().has(id)) return;
    setIds(new Set([...ids(), id]));
    try {
      await work();
    } catch (error) {
      showToast({ tone: 'bad', text: t.saving.notRemoved(describeError(error)) });
    } finally {
      setIds(new Set([...ids()].filter((other) => other !== id)));
    }
  }

  return {
    /** What `Row` takes as `remove`. */
    of: (id: string, work: () => Promise<void>) => ({
      get busy() {
        return ids().has(id);
      },
      run: () => void run(id, work),
    }),
  };
}
