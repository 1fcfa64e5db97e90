import { onCleanup, onMount } from 'solid-js';
import { createStore } from 'solid-js/store';
import { type Draft, isSameDraft, loadDraft, mergeDraft, saveDraft, watchDraft } from './drafts.ts';

/** Milliseconds without a keystroke after which a draft is stored. */
const PAUSE = 200;

/**
 * The draft of one conversation, shared by all tabs of the browser: what is typed in one tab shows
 * in the others, and what is sent in one is cleared in the others.
 */
export function createSharedDraft(userId: string, conversationId: string) {
  const [draft, setDraft] = createStore<Draft>({ ...loadDraft(userId, conversationId) });
  /** The draft as last stored by this tab or read from another. */
  let base: Draft = { ...draft };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function keep(): void {
    clearTimeout(timer);
    // An unchanged draft is not stored again, since another tab may have sent it.
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
