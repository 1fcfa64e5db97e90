import { onCleanup, onMount } from 'solid-js';
import { createStore } from 'solid-js/store';
import { type Draft, followed, isSameDraft, loadDraft, saveDraft, watchDraft } from './drafts.ts';

/** Milliseconds without a keystroke after which a draft is kept. */
const PAUSE = 200;

/**
 * What an agent types into one conversation, the same in all tabs of the browser: what is sent in
 * one is gone in the others, and what is typed in one shows in the others.
 */
export function createSharedDraft(userId: string, conversationId: string) {
  const [draft, setDraft] = createStore<Draft>({ ...loadDraft(userId, conversationId) });
  /** As this tab last kept it, or saw it kept by another. */
  let base: Draft = { ...draft };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function keep(): void {
    clearTimeout(timer);
    // What is not changed here is not kept again: another tab may have sent it since.
    if (isSameDraft(draft, base)) return;
    const kept = { ...draft };
    if (saveDraft(userId, conversationId, kept)) base = kept;
  }

  function follow(there: Draft): void {
    const next = followed(draft, base, there);
    base = { ...there, mode: draft.mode };
    setDraft(next);
    keep();
  }

  onMount(() => {
    addEventListener('pagehide', keep);
    onCleanup(watchDraft(userId, conversationId, follow));
  });
  onCleanup(() => {
    removeEventListener('pagehide', keep);
    keep();
  });

  return {
    draft,
    setDraft,
    keep,
    keepSoon(): void {
      clearTimeout(timer);
      timer = setTimeout(keep, PAUSE);
    },
  };
}
