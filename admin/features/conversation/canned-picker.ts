import { batch, createMemo, createSignal } from 'solid-js';
import type { CannedResponse } from '../../../protocol/resources.ts';
import { describeError } from '../../api/http.ts';
import { listCannedResponses } from '../../api/setup.ts';
import { matching, type Slash, slashAt } from './canned.ts';

/** The picker that a slash opens: what is offered, which one is next, and its keys. */
export function createCannedPicker(onChoose: (response: CannedResponse, slash: Slash) => void) {
  const [all, setAll] = createSignal<readonly CannedResponse[] | null>(null);
  const [error, setError] = createSignal<string | null>(null);
  const [slash, setSlash] = createSignal<Slash | null>(null);
  const [at, setAt] = createSignal(0);
  /** The slash that Escape closed: it stays closed while it is being typed behind. */
  let closedAt: number | null = null;

  const offered = createMemo(() => {
    const current = slash();
    return current ? matching(all() ?? [], current.query) : [];
  });
  const active = () => offered()[at()] ?? null;
  /** Why nothing is offered, where that is worth a word. */
  const note = () => {
    if (slash() === null || offered().length > 0) return null;
    if (all() === null) return error() ?? 'Loading…';
    return all()?.length === 0 ? 'No canned responses yet. They are made in the settings.' : null;
  };

  async function load(): Promise<void> {
    try {
      const fresh = await listCannedResponses();
      setAll(fresh);
      setError(null);
    } catch (failure) {
      setError(describeError(failure));
    }
  }

  /** Looks at the text and the caret after each change of them. */
  function look(text: string, caret: number): void {
    const found = slashAt(text, caret);
    if (found?.from !== closedAt) closedAt = null;
    const next = closedAt === null ? found : null;
    // What others changed meanwhile is there the next time it opens.
    if (next && slash() === null) void load();
    batch(() => {
      if (next?.query !== slash()?.query) setAt(0);
      setSlash(next);
    });
  }

  function close(): void {
    closedAt = slash()?.from ?? null;
    setSlash(null);
  }

  function choose(response: CannedResponse): void {
    const from = slash();
    setSlash(null);
    if (from) onChoose(response, from);
  }

  /** Whether the key was the picker's. */
  function onKeyDown(event: KeyboardEvent): boolean {
    if (slash() === null || event.isComposing) return false;
    const { length } = offered();
    if (event.key === 'Escape' && (length > 0 || note())) {
      close();
      return true;
    }
    // Enter would send the slash while its responses are on their way.
    if (length === 0) return event.key === 'Enter' && all() === null && error() === null;
    if (event.key === 'ArrowDown') setAt((at() + 1) % length);
    else if (event.key === 'ArrowUp') setAt((at() + length - 1) % length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) {
      const response = active();
      if (response) choose(response);
    } else return false;
    return true;
  }

  return { offered, active, note, look, close: () => setSlash(null), choose, onKeyDown };
}

export type CannedPicker = ReturnType<typeof createCannedPicker>;
