import { createSignal, onCleanup } from 'solid-js';
import { describeError, RequestError } from '../api/http.ts';

/** Milliseconds for which “Saved” is shown. */
const SHOWN_FOR = 4_000;

type State = { of: string; at: 'saving' | 'saved' } | { of: string; at: 'refused'; text: string };

/**
 * Saves single choices as they are made, each by its name, and says so beside it
 * (components/SaveMark.tsx). The newest choice of a name wins.
 */
export function createAutosave() {
  const [state, setState] = createSignal<State | null>(null);
  let runs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  /** Runs the request. Returns whether it succeeded. */
  async function save(of: string, work: () => Promise<unknown>): Promise<boolean> {
    runs += 1;
    const run = runs;
    clearTimeout(timer);
    setState({ of, at: 'saving' });
    try {
      await work();
      if (run === runs) {
        setState({ of, at: 'saved' });
        timer = setTimeout(() => setState(null), SHOWN_FOR);
      }
      return true;
    } catch (error) {
      const [field] = error instanceof RequestError ? Object.values(error.fields ?? {}) : [];
      if (run === runs) setState({ of, at: 'refused', text: field ?? describeError(error) });
      return false;
    }
  }

  const find = (of: string) => {
    const current = state();
    return current?.of === of ? current : null;
  };
  return { save, find, isSaving: () => state()?.at === 'saving' };
}

export type Autosave = ReturnType<typeof createAutosave>;
