import { onCleanup, onMount } from 'solid-js';
import { createStore } from 'solid-js/store';
import { type Draft, isSameDraft, loadDraft, mergeDraft, saveDraft, watchDraft } from './drafts.ts';

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
    const stored = { ...draft };
    if (saveDraft(userId, conversationId, stored)) base = stored;
  }

  function merge(remote: Draft): void {
    const next = mergeDraft(draft, base, remote);
    base = { ...remote, mode: draft.mode };
    setDraft(next);
    keep();
  }

  onMount(() => {
    addEventListener('pagehide', keep);
    onCleanup(watchDraft(userId, conversationId, merge));
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
